package dev.realmform.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A target, and whether it was reached. */
record Verdict(String target, String measured, boolean reached) {

    private static final Duration START = Duration.ofMillis(600);
    private static final Duration VERSION = Duration.ofMillis(300);

    static List<Verdict> of(Duration version, List<Result> results) {
        List<Verdict> verdicts = new ArrayList<>();
        verdicts.add(within("realmform version: at most 0.3 s", version, VERSION));
        results.forEach(result -> verdicts.addAll(of(result)));
        return verdicts;
    }

    private static List<Verdict> of(Result result) {
        String what = result.kind().name() + ", " + result.task().text() + ": ";
        List<Verdict> verdicts = new ArrayList<>(switch (result.task()) {
            case APPLY -> fasterThanSinglePosts(what, result).stream().toList();
            case PLAN -> ofPlan(what, result);
            case CHANGE -> List.of(new Verdict(what + "writes for these two alone",
                    result.log().writes().size() + " writes, " + result.strayWrites().size() + " stray",
                    result.strayWrites().isEmpty() && !result.log().writes().isEmpty()));
        });
        if (result.kind().targets().onTheFloor()) {
            verdicts.add(within(what + "at most the floor + 0.6 s", result.best(), result.floor().best().plus(START)));
        }
        result.kind()
                .targets()
                .megabytes()
                .ifPresent(most -> verdicts.add(new Verdict(
                        what + "at most " + most + " MB", result.peakMegabytes() + " MB",
                        result.peakMegabytes() > 0 && result.peakMegabytes() <= most)));
        return verdicts;
    }

    private static Optional<Verdict> fasterThanSinglePosts(String what, Result result) {
        return result.singlePosts()
                .filter(_ -> result.kind().targets().beatsSinglePosts())
                .map(single -> within(what + "faster than single POSTs", result.best(), single.best()));
    }

    private static List<Verdict> ofPlan(String what, Result result) {
        List<Verdict> verdicts = new ArrayList<>();
        int writes = result.log().writes().size();
        verdicts.add(new Verdict(what + "no write", writes + " writes", writes == 0));
        verdicts.add(within(what + "at most 1.5 × floor + 0.6 s", result.best(),
                result.floor().best().multipliedBy(3).dividedBy(2).plus(START)));
        result.kind()
                .targets()
                .planRequests()
                .ifPresent(most -> verdicts.add(new Verdict(
                        what + "at most " + most + " requests", String.valueOf(result.log().size()),
                        result.log().size() <= most)));
        return verdicts;
    }

    private static Verdict within(String target, Duration measured, Duration limit) {
        return new Verdict(target, seconds(measured) + " of " + seconds(limit) + " s",
                measured.compareTo(limit) <= 0);
    }

    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.2f", time.toNanos() / 1e9);
    }
}
