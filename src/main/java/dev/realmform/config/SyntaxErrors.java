package dev.realmform.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.realmform.model.Problem;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * What the parsers complain about, in words for people.
 *
 * <p>The parsers' own messages quote the text around the mistake, which may be a password; so none of them is passed on whole.
 */
final class SyntaxErrors {

    /**
     * What is said in place of a complaint of the scanner.
     *
     * @param context what its context holds, such as "while scanning a tag"
     * @param problem what its problem holds
     */
    private record Complaint(String context, String problem, String what, String remedy) {

        boolean fits(String actualContext, String actualProblem) {
            return actualContext.contains(context) && actualProblem.contains(problem);
        }
    }

    private static final List<Complaint> COMPLAINTS = List.of(
            new Complaint("", "found character", "a value cannot start with this character", "Quote the value."),
            new Complaint("", "mapping values are not allowed",
                    "a second colon on one line, or a wrong indentation",
                    "Quote a text that holds a colon and a space, or correct the indentation."),
            new Complaint("", "could not find expected ':'", "a line that is neither a key nor part of a value",
                    "Add the colon behind the key, or correct the indentation."),
            new Complaint("", "block end", "this line is not indented like the lines around it",
                    "Correct the indentation."),
            new Complaint("", "sequence entries are not allowed", "a list item cannot stand here",
                    "Put the dash on a line of its own, indented like the items around it; quote a text that starts with"
                            + " a dash."),
            new Complaint("", "mapping keys are not allowed", "a question mark cannot stand here",
                    "Quote a text that starts with one."),
            new Complaint("", "<document start>", "the document has ended before this line",
                    "Indent it like the keys above it, or begin the next document with --- on a line of its own."),
            new Complaint("double-quoted", "escape", "this escape does not exist in double quotes",
                    "Write \\\\ for a backslash, or put the text in single quotes."),
            new Complaint("quoted scalar", "document separator", "a --- or ... inside of a text in quotes",
                    "Add the closing quote before it."),
            new Complaint("block scalar", "", "what stands behind | or > is no text yet",
                    "Begin the text on the next line, indented."),
            new Complaint("scanning an a", "", "a text that starts with & or *", "Quote the value."),
            new Complaint("tag", "", "a text that starts with an exclamation mark", "Quote the value."),
            new Complaint("", "undefined tag handle", "a text that starts with an exclamation mark",
                    "Quote the value."),
            new Complaint("directive", "", "a line that starts with a percent sign", "Quote the text, or indent it."),
            new Complaint("", "directive", "a second line with %YAML", "Remove it."),
            new Complaint("", "incompatible YAML document", "another version than 1", "Remove the line with %YAML."),
            new Complaint("block node", "expected the node content", "the value is missing or cannot stand here",
                    "Write the value behind the colon, quoted if it starts with a special character."));

    private SyntaxErrors() {}

    static Problem of(SourceFile file, JsonProcessingException error) {
        if (error.getCause() instanceof MarkedYAMLException marked) {
            return ofYaml(file, marked);
        }
        if (error.getCause() instanceof ReaderException reader) {
            return ofCharacter(file, reader);
        }
        JsonLocation at = error.getLocation() == null ? JsonLocation.NA : error.getLocation();
        Place place = Place.of(file.name(), Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()));
        String message = Optional.ofNullable(error.getOriginalMessage()).orElse("");
        return file.isJson() ? ofJson(message, place) : ofToken(message, place);
    }

    private static Problem ofYaml(SourceFile file, MarkedYAMLException error) {
        String problem = Optional.ofNullable(error.getProblem()).orElse("");
        String context = Optional.ofNullable(error.getContext()).orElse("");
        Optional<Mark> mark = Optional.ofNullable(error.getProblemMark());
        Optional<Mark> start = Optional.ofNullable(error.getContextMark());
        Place place = place(file, mark.or(() -> start));
        if (problem.contains("(TAB)") || indentedWithTab(file, place.source().line())) {
            return Problem.invalid("a tab stands where only spaces may", place.toString(),
                    "YAML is indented with spaces: replace the tabs.");
        }
        if (context.contains("quoted scalar") && problem.contains("end of stream")) {
            return Problem.invalid("a text in quotes is not closed", place(file, start.or(() -> mark)).toString(),
                    "Add the closing quote.");
        }
        if (context.contains("flow")) {
            return Problem.invalid("not YAML: a [ or { is not closed, or a comma is missing", place.toString(),
                    "It starts at line " + place(file, start.or(() -> mark)).source().line() + ". Close it.");
        }
        return COMPLAINTS.stream()
                .filter(one -> one.fits(context, problem))
                .findFirst()
                .map(one -> Problem.invalid("not YAML: " + one.what(), place.toString(), one.remedy()))
                .orElseGet(() -> Problem.invalid("not YAML" + (context.isEmpty() ? "" : ", found " + context),
                        place.toString(), "Correct the line."));
    }

    private static boolean indentedWithTab(SourceFile file, int line) {
        String text = file.text().lines().skip(Math.max(0, line - 1L)).findFirst().orElse("");
        String indentation = text.substring(0, text.length() - text.stripLeading().length());
        return indentation.contains("\t");
    }

    private static Place place(SourceFile file, Optional<Mark> mark) {
        return Place.of(file.name(), mark.map(Mark::getLine).orElse(0) + 1, mark.map(Mark::getColumn).orElse(0) + 1);
    }

    /** A character that YAML does not allow. The reader counts code points from the start. */
    private static Problem ofCharacter(SourceFile file, ReaderException error) {
        String before = file.text()
                .codePoints()
                .limit(Math.max(0, error.getPosition()))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
        int column = before.length() - before.lastIndexOf('\n');
        return Problem.invalid(
                "the control character U+" + String.format("%04X", error.getCodePoint()) + " is not text",
                Place.of(file.name(), line, column).toString(),
                "Remove it, or write it as \\x… in a text in double quotes.");
    }

    private static Problem ofJson(String message, Place place) {
        String what;
        if (message.startsWith("Unexpected end-of-input")) {
            what = "not JSON: the file ends before everything is closed";
        } else if (message.contains("control character") || message.contains("CTRL-CHAR")) {
            what = "not JSON: a control character";
        } else if (message.startsWith("Unexpected character")) {
            what = "not JSON: unexpected character"
                    + message.replaceAll("(?s)^Unexpected character \\((.*?)\\(code.*", " $1")
                            .stripTrailing();
        } else if (message.startsWith("Unrecognized token")) {
            what = "not JSON: a value is a text in quotes, a number, true, false or null";
        } else if (message.contains("nesting depth")) {
            what = "the file nests too deeply";
        } else {
            what = "not JSON";
        }
        return Problem.invalid(what, place.toString(),
                "Correct it; a comment is no JSON either.");
    }

    private static Problem ofToken(String message, Place place) {
        String what = message.startsWith("Expected a field name") ? "a key must be a plain text"
                : "not YAML: a value that cannot be read";
        return Problem.invalid(what, place.toString(), "Correct the line.");
    }
}
