package dev.realmform.cli;

import dev.realmform.model.Problem;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations on the command line: {@code 30s}, {@code 500ms}, {@code 2m}; a bare number is seconds. */
final class Times {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,6})(?:\\.([0-9]{1,3}))?(ms|s|m)?");

    private Times() {}

    static Duration parse(String option, String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new Problem(Problem.Kind.USAGE, option + " is no time: " + text, "", "Write 30s, 500ms or 2m.",
                    Optional.empty()).asException();
        }
        long unit = switch (Optional.ofNullable(matcher.group(3)).orElse("s")) {
            case "ms" -> 1;
            case "m" -> 60_000;
            default -> 1_000;
        };
        String fraction = Optional.ofNullable(matcher.group(2)).orElse("");
        long thousandths = Long.parseLong((fraction + "000").substring(0, 3));
        return Duration.ofMillis(Long.parseLong(matcher.group(1)) * unit + thousandths * unit / 1_000);
    }
}
