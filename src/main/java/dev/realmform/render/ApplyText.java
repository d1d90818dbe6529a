package dev.realmform.render;

import dev.realmform.apply.ApplyEvent;
import dev.realmform.apply.ApplyResult;
import dev.realmform.model.Address;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The end of an apply. If it did not carry out everything: what failed, of what nobody knows how far it came, what was not
 * started and why, what to do next. The
 * last line is the summary, where the eye ends.
 */
public final class ApplyText {

    /** Changes that were not started, named for each reason, above which they are counted. */
    private static final int MOST_NAMED = 8;

    private ApplyText() {}

    /**
     * The text, with a line break at its end.
     *
     * @param next what to do after an apply that is not complete: the command that goes on from here
     */
    public static String render(ApplyResult result, String next, Look look) {
        if (result.isComplete()) {
            return Tone.GOOD.paint(look, result.summary()) + "\n";
        }
        Layout layout = new Layout(look);
        List<String> parts = new ArrayList<>();
        result.failed()
                .stream()
                .collect(Collectors.groupingBy(ApplyText::cause, LinkedHashMap::new, Collectors.toList()))
                .values()
                .forEach(alike -> parts.add(failure(alike, look)));
        StringBuilder left = new StringBuilder();
        List<Address> unclear = result.failed()
                .stream()
                .filter(ApplyEvent.Failed::partly)
                .map(failed -> failed.change().address())
                .toList();
        if (!unclear.isEmpty()) {
            left.append(
                    layout.line(named("done in part, or not known to be done; the next apply looks", unclear, look)));
        }
        byReason(result.skipped()).forEach((why, addresses) -> left.append(layout.line(waiting(why, addresses, look))));
        parts.add(left.toString());
        parts.add(layout.line(Line.of(0, Tone.PLAIN, look.glyphs().prose(next)))
                + Tone.ERROR.paint(look, result.summary()) + "\n");
        return String.join("\n", parts.stream().filter(part -> !part.isEmpty()).toList());
    }

    /** What several have failed of is told once. */
    private static List<Object> cause(ApplyEvent.Failed failed) {
        return List.of(failed.problem().kind(), failed.problem().what(), failed.problem().remedy());
    }

    private static String failure(List<ApplyEvent.Failed> alike, Look look) {
        if (alike.size() == 1 || look.isFull()) {
            return alike.stream().map(failed -> failure(failed, look)).collect(Collectors.joining("\n"));
        }
        Problem problem = alike.getFirst().problem();
        String names = names(alike.stream().map(failed -> failed.change().address()).toList(), look);
        boolean samePlace = alike.stream().allMatch(failed -> failed.problem().where().equals(problem.where()));
        return ErrorText.render(
                List.of(new Problem(problem.kind(), problem.what(),
                        samePlace && !problem.where().isEmpty() ? names + "  " + problem.where() : names,
                        problem.remedy(), problem.cause())),
                look);
    }

    /** A problem that names no place is placed at the resource that failed, and where that is declared. */
    private static String failure(ApplyEvent.Failed failed, Look look) {
        Problem problem = failed.problem();
        String address = failed.change().address().toString();
        String where = problem.where().isEmpty() || problem.where().equals(address)
                ? failed.change()
                        .declared()
                        .map(Resource::source)
                        .filter(source -> !source.isNone())
                        .map(source -> source.exact() + "  " + address)
                        .orElse(address)
                : address + "  " + problem.where();
        return ErrorText.render(
                List.of(new Problem(problem.kind(), problem.what(), where, problem.remedy(), problem.cause())), look);
    }

    private static Map<String, List<Address>> byReason(List<ApplyEvent.Skipped> skipped) {
        Map<String, List<Address>> byReason = new LinkedHashMap<>();
        skipped.forEach(left -> byReason.computeIfAbsent(why(left.because()), why -> new ArrayList<>())
                .add(left.change().address()));
        return byReason;
    }

    private static String why(ApplyEvent.Because because) {
        return switch (because) {
            case ApplyEvent.Because.NeededFailed(Address failed) -> failed + " failed";
            case ApplyEvent.Because.Interrupted ignored -> "the run was interrupted";
            case ApplyEvent.Because.Outage ignored -> "no call gets through to the server any more";
            case ApplyEvent.Because.NotRecordable ignored -> "what happens could not be recorded any more";
        };
    }

    private static Line waiting(String why, List<Address> addresses, Look look) {
        return named("not started, since " + look.glyphs().escape(why), addresses, look);
    }

    private static Line named(String what, List<Address> addresses, Look look) {
        return Line.of(0, Tone.WARNING, "%s: %s".formatted(what, look.glyphs().escape(names(addresses, look))));
    }

    private static String names(List<Address> addresses, Look look) {
        int shown = look.isFull() || addresses.size() <= MOST_NAMED + 1 ? addresses.size() : MOST_NAMED;
        String names = String.join(", ", addresses.subList(0, shown).stream().map(Address::toString).toList());
        return shown < addresses.size()
                ? names + ", %s %d more".formatted(look.glyphs().ellipsis(), addresses.size() - shown)
                : names;
    }
}
