package dev.realmform.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.realmform.model.Problem;
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
        if (problem.startsWith("found character")) {
            return Problem.invalid("not YAML: a value cannot start with this character", place.toString(),
                    "Quote the value.");
        }
        if (problem.contains("mapping values are not allowed")) {
            return Problem.invalid("not YAML: a second colon on one line, or a wrong indentation", place.toString(),
                    "Quote a text that holds a colon and a space, or correct the indentation.");
        }
        if (problem.contains("could not find expected ':'")) {
            return Problem.invalid("not YAML: a line that is neither a key nor part of a value", place.toString(),
                    "Add the colon behind the key, or correct the indentation.");
        }
        if (context.contains("flow")) {
            return Problem.invalid("not YAML: a [ or { is not closed, or a comma is missing", place.toString(),
                    "It starts at line " + place(file, start.or(() -> mark)).source().line() + ". Close it.");
        }
        if (problem.contains("block end")) {
            return Problem.invalid("not YAML: this line is not indented like the lines around it", place.toString(),
                    "Correct the indentation.");
        }
        return Problem.invalid("not YAML" + (context.isEmpty() ? "" : ", found " + context), place.toString(),
                "Correct the line.");
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
        } else if (message.startsWith("Unexpected character")) {
            what = "not JSON: " + message.replaceAll("(?s)^U(nexpected character \\(.*?\\))\\):.*", "u$1)");
        } else if (message.startsWith("Unrecognized token")) {
            what = "not JSON: a value is a text in quotes, a number, true, false or null";
        } else if (message.contains("nesting depth")) {
            what = "the file nests too deeply";
        } else if (message.contains("control character") || message.contains("CTRL-CHAR")) {
            what = "not JSON: a control character in a text";
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
