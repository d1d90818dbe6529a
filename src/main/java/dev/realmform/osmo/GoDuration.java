package dev.realmform.osmo;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans of time as programs in Go read them: {@code 1h30m}, {@code 4m}, {@code 45s}. */
final class GoDuration {

    private static final Pattern PART = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)(ms|h|m|s)");
    private static final Pattern ALL = Pattern.compile("(?:" + PART.pattern() + ")+|0");

    private GoDuration() {}

    static String text(Duration time) {
        String text = (time.toHours() > 0 ? time.toHours() + "h" : "")
                + (time.toMinutesPart() > 0 ? time.toMinutesPart() + "m" : "")
                + (time.toSecondsPart() > 0 ? time.toSecondsPart() + "s" : "");
        return text.isEmpty() ? "0s" : text;
    }

    static Optional<Duration> parse(String text) {
        if (!ALL.matcher(text).matches()) {
            return Optional.empty();
        }
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            long unit = switch (part.group(2)) {
                case "h" -> 3_600_000;
                case "m" -> 60_000;
                case "s" -> 1_000;
                default -> 1;
            };
            sum = sum.plusMillis(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit)).longValue());
        }
        return Optional.of(sum);
    }
}
