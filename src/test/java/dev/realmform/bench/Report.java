package dev.realmform.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What was measured, as Markdown that is also to be read on a terminal. */
record Report(String machine, int rounds, Duration version, List<Result> results) {

    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE");

    String text() {
        List<String> lines = new ArrayList<>();
        lines.add(machine + ".");
        lines.add("Rounds: " + rounds + ".");
        lines.add("");
        lines.addAll(table(
                List.of("realm", "run", "s, best (median)", "whole process s", "GET", "POST", "PUT", "DELETE", "login",
                        "peak MB",
                        "floor s", "× floor", "single POSTs s"),
                results.stream().map(this::row).toList()));
        lines.add("");
        lines.add("`version`: " + Verdict.seconds(version) + " s.");
        lines.add("");
        lines.addAll(table(List.of("target", "measured", ""), Verdict.of(version, results)
                .stream()
                .map(verdict -> List.of(verdict.target(), verdict.measured(), verdict.reached() ? "yes" : "**no**"))
                .toList()));
        lines.add("");
        lines.addAll(table(List.of("realm", "run", "floor, seconds by connections", "single POSTs"),
                results.stream().map(Report::trials).toList()));
        lines.add("");
        lines.add("Requests of realmform's log:");
        lines.add("");
        results.forEach(result -> lines.add(requests(result)));
        return String.join("\n", lines) + "\n";
    }

    private List<String> row(Result result) {
        List<String> row = new ArrayList<>(List.of(result.kind().name(), result.task().text(),
                Verdict.seconds(result.best()) + " (" + Verdict.seconds(result.median()) + ")",
                Verdict.seconds(result.medianWall())));
        Map<String, Long> admin = result.log()
                .calls()
                .stream()
                .filter(call -> call.target().startsWith("/admin/"))
                .collect(Collectors.groupingBy(RequestLog.Call::method, Collectors.counting()));
        METHODS.forEach(method -> row.add(String.valueOf(admin.getOrDefault(method, 0L))));
        row.add(String.valueOf(result.log().size() - admin.values().stream().mapToLong(Long::longValue).sum()));
        row.add(String.valueOf(result.peakMegabytes()));
        row.add(best(result.floor()));
        row.add(String.format(Locale.ROOT, "%.1f", result.timesFloor()));
        row.add(result.singlePosts().map(Report::best).orElse(""));
        return row;
    }

    private static String best(Trials trials) {
        return Verdict.seconds(trials.best()) + " (" + trials.bestConnections() + ")";
    }

    private static List<String> trials(Result result) {
        return List.of(result.kind().name(), result.task().text(), byConnections(result.floor()),
                result.singlePosts().map(Report::byConnections).orElse(""));
    }

    private static String byConnections(Trials trials) {
        return trials.shortest()
                .entrySet()
                .stream()
                .map(trial -> trial.getKey() + ": " + Verdict.seconds(trial.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String requests(Result result) {
        return "- " + result.kind().name() + ", " + result.task().text() + ": " + result.log()
                .bySort()
                .entrySet()
                .stream()
                .map(sort -> sort.getValue() + " × `" + sort.getKey() + "`")
                .collect(Collectors.joining(", "));
    }

    private static List<String> table(List<String> head, List<List<String>> rows) {
        List<String> lines = new ArrayList<>();
        lines.add(line(head));
        lines.add(line(head.stream().map(_ -> "---").toList()));
        rows.forEach(row -> lines.add(line(row)));
        return lines;
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }
}
