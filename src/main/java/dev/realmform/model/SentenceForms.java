package dev.realmform.model;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The forms of a {@link Sentence}, as the schema of files has them too. Names of groups may hold blanks, those of users may not. */
final class SentenceForms {

    private static final Pattern NOBODY = Pattern.compile("nobody(?: outside (?<who>/.*\\S))? has (?<thing>\\S.*)");
    private static final Pattern ONLY = Pattern
            .compile("only (?<who>[^\\s,]+(?: *, *[^\\s,]+)*) ha(?:s|ve) (?<thing>\\S.*)");
    private static final Pattern EVERYBODY = Pattern.compile("everybody in (?<who>/.*\\S) has (?<thing>\\S.*)");
    private static final Pattern CAN = Pattern.compile("(?<who>[^\\s,]+) can(?<not>not)? (?<thing>\\S.*)");

    private static final Pattern COMMA = Pattern.compile(" *, *");
    private static final Pattern BEFORE_PATH = Pattern.compile(" *, *(?=/)");

    private SentenceForms() {}

    static Optional<Sentence> parse(String text) {
        String line = text.strip();
        return nobody(line).or(() -> only(line)).or(() -> everybody(line)).or(() -> can(line));
    }

    private static Optional<Sentence> nobody(String line) {
        return matching(NOBODY, line).map(match -> new Sentence.NobodyOutside(
                Optional.ofNullable(match.group("who")).map(groups -> listed(groups, BEFORE_PATH)).orElse(List.of()),
                match.group("thing")));
    }

    private static Optional<Sentence> only(String line) {
        return matching(ONLY, line)
                .map(match -> new Sentence.Only(listed(match.group("who"), COMMA), match.group("thing")));
    }

    private static Optional<Sentence> everybody(String line) {
        return matching(EVERYBODY, line)
                .map(match -> new Sentence.EverybodyIn(listed(match.group("who"), BEFORE_PATH), match.group("thing")));
    }

    private static Optional<Sentence> can(String line) {
        return matching(CAN, line).map(match -> match.group("not") == null
                ? new Sentence.Can(match.group("who"), match.group("thing"))
                : new Sentence.Cannot(match.group("who"), match.group("thing")));
    }

    private static Optional<Matcher> matching(Pattern form, String line) {
        return Optional.of(form.matcher(line)).filter(Matcher::matches);
    }

    private static List<String> listed(String text, Pattern between) {
        return between.splitAsStream(text).toList();
    }
}
