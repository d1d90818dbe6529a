package dev.realmform.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them, in files and on the command line: {@code 30s}, {@code 500ms}, {@code 1.5m}; a bare number is seconds. */
public final class Durations {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(?:\\.([0-9]{1,3}))?(ms|s|m)?");

    private Durations() {}

    /** What a text says, in whole milliseconds; empty if it is no duration. */
    public static Optional<Duration> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long unit = switch (Optional.ofNullable(matcher.group(3)).orElse("s")) {
            case "ms" -> 1;
            case "m" -> 60_000;
            default -> 1_000;
        };
        String fraction = Optional.ofNullable(matcher.group(2)).orElse("");
        long thousandths = Long.parseLong((fraction + "000").substring(0, 3));
        return Optional.of(Duration.ofMillis(Long.parseLong(matcher.group(1)) * unit + thousandths * unit / 1_000));
    }
}
