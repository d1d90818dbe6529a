package dev.realmform.render;

import dev.realmform.model.Address;
import dev.realmform.model.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The end of an apply that did not carry out everything: what failed, what was not started and why, what to do next.
 * The
 * last line is the summary, where the eye ends.
 */
public final class ApplyText {

    /** Changes that were not started, named for each reason, above which they are counted. */
    private static final int MOST_NAMED = 8;

    private ApplyText() {}

    /** A change that has not been made, or not wholly. */
    public record Failure(Address address, Problem problem) {}

    /** A change that was never started; {@code why} as it is read behind "not started": {@code client/a/b failed}. */
    public record NotStarted(Address address, String why) {}

    /**
     * The text, with a line break at its end.
     *
     * @param summary the last line: what was done, by count
     * @param next    the command that goes on from here, and what it will find
     */
    public static String incomplete(String summary, List<Failure> failures, List<NotStarted> notStarted, String next,
            Look look) {
        Layout layout = new Layout(look);
        List<String> parts = new ArrayList<>();
        failures.stream().map(failure -> failure(failure, look)).forEach(parts::add);
        StringBuilder left = new StringBuilder();
        byReason(notStarted).forEach((why, addresses) -> left.append(layout.line(waiting(why, addresses, look))));
        parts.add(left.toString());
        parts.add(layout.line(Line.of(0, Tone.PLAIN, look.glyphs().prose(next)))
                + Tone.ERROR.paint(look, look.glyphs().prose(summary)) + "\n");
        return String.join("\n", parts.stream().filter(part -> !part.isEmpty()).toList());
    }

    /** A problem that names no place is placed at the resource that failed. */
    private static String failure(Failure failure, Look look) {
        Problem problem = failure.problem();
        String address = failure.address().toString();
        String where = problem.where().isEmpty() || problem.where().equals(address)
                ? address
                : address + "  " + problem.where();
        return ErrorText.render(
                List.of(new Problem(problem.kind(), problem.what(), where, problem.remedy(), problem.cause())), look);
    }

    private static Map<String, List<Address>> byReason(List<NotStarted> notStarted) {
        Map<String, List<Address>> byReason = new LinkedHashMap<>();
        notStarted.forEach(left -> byReason.computeIfAbsent(left.why(), why -> new ArrayList<>()).add(left.address()));
        return byReason;
    }

    private static Line waiting(String why, List<Address> addresses, Look look) {
        int shown = look.isFull() || addresses.size() <= MOST_NAMED + 1 ? addresses.size() : MOST_NAMED;
        String names = String.join(", ", addresses.subList(0, shown)
                .stream()
                .map(address -> look.glyphs().escape(address.toString()))
                .toList());
        String more = shown < addresses.size()
                ? ", %s %d more".formatted(look.glyphs().ellipsis(), addresses.size() - shown)
                : "";
        return Line.of(0, Tone.WARNING, "not started, since %s: %s%s".formatted(look.glyphs().prose(why), names, more));
    }
}
