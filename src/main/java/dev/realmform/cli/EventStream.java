package dev.realmform.cli;

import dev.realmform.apply.ApplyEvent;
import dev.realmform.apply.ApplyResult;
import dev.realmform.apply.Watcher;
import dev.realmform.json.Json;
import dev.realmform.model.Action;
import dev.realmform.model.Change;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Value;
import java.util.List;
import java.util.Optional;

/**
 * What happens in an apply as JSON, one object a line: {@code schema/events.schema.json}. The first line says which format it
 * is, the last one is {@code apply_summary}, however the run ends; a stream without it was cut off.
 */
final class EventStream implements Watcher {

    private static final String VERSION = "1.0";

    private final Shell shell;
    private Optional<ApplyResult> result = Optional.empty();

    EventStream(Shell shell) {
        this.shell = shell;
        line("version",
                Value.EMPTY_MAP.with("realmform", Value.text(Version.TEXT)).with("events", Value.text(VERSION)));
    }

    /** What is going to be done, before anything is. */
    void planned(Plan plan) {
        plan.changes().forEach(change -> line("planned_change", about(change)));
        for (Plan.Notice notice : plan.notices()) {
            if (notice instanceof Plan.Notice.Warning(var about, String text)) {
                Value.MapOf fields = Value.EMPTY_MAP.with("severity", Value.text("warning"))
                        .with("what",
                                Value.text(text));
                line("diagnostic", about
                        .map(address -> fields.with("address", Value.text(address.toString())))
                        .orElse(fields));
            }
        }
        line("change_summary", counts(plan.counts()).with("message", Value.text(plan.counts().summary())));
    }

    private static Value.MapOf about(Change change) {
        return Value.EMPTY_MAP.with("address", Value.text(change.address().toString()))
                .with("action", Value.text(Action.of(change).word()));
    }

    @Override
    public void on(ApplyEvent event) {
        Value.MapOf about = about(event.change());
        switch (event) {
            case ApplyEvent.Started ignored -> line("apply_start", about);
            case ApplyEvent.Succeeded done -> line("apply_complete", about
                    .with("elapsed_ms", Value.num(done.took().toMillis()))
                    .with("found", Value.bool(done.found())));
            case ApplyEvent.Failed failed -> line("apply_errored", about
                    .with("elapsed_ms", Value.num(failed.took().toMillis()))
                    .with("partly", Value.bool(failed.partly()))
                    .with("error", problem(failed.problem())));
            case ApplyEvent.Skipped skipped -> line("apply_skipped",
                    about.with("because", Value.text(ResultOutput.why(skipped.because()))));
        }
    }

    /** What came of the plan. Told in the last line: until the lock is free, something may still go wrong. */
    void carriedOut(ApplyResult carried) {
        result = Optional.of(carried);
    }

    /** The last line of a run in which nothing went wrong but what its changes have told. */
    void ended(ExitCode code) {
        result.ifPresent(carried -> summary(carried.isComplete() ? "complete"
                : carried.interrupted() ? "interrupted" : "incomplete", code, carried.summary()));
    }

    /** The last lines of a run that came to no such end: it was refused, or something failed around it. */
    void ended(List<Problem> problems) {
        problems.forEach(problem -> line("diagnostic",
                problem(problem).with("severity", Value.text("error"))));
        ExitCode code = ExitCode.of(problems);
        summary(code == ExitCode.INTERRUPTED ? "interrupted" : "failed", code, problems.getFirst().what());
    }

    private void summary(String outcome, ExitCode code, String message) {
        Plan.Counts done = result.map(ApplyResult::counts).orElse(new Plan.Counts(0, 0, 0, 0, 0));
        boolean interrupted = code == ExitCode.INTERRUPTED || result.filter(ApplyResult::interrupted).isPresent();
        line("apply_summary", counts(done)
                .with("failed", Value.num(result.map(carried -> carried.failed().size()).orElse(0)))
                .with("not_started", Value.num(result.map(carried -> carried.skipped().size()).orElse(0)))
                .with("interrupted", Value.bool(interrupted))
                .with("outcome", Value.text(outcome))
                .with("exit_code", Value.num(code.number()))
                .with("message", Value.text(message)));
    }

    private static Value.MapOf counts(Plan.Counts counts) {
        return Value.EMPTY_MAP.with("adopt", Value.num(counts.adopt()))
                .with("add", Value.num(counts.add()))
                .with("change", Value.num(counts.change()))
                .with("destroy", Value.num(counts.destroy()))
                .with("forget", Value.num(counts.forget()));
    }

    private static Value.MapOf problem(Problem problem) {
        return Value.EMPTY_MAP.with("what", Value.text(problem.what()))
                .with("where", Value.text(problem.where()))
                .with("remedy", Value.text(problem.remedy()));
    }

    private void line(String type, Value.MapOf fields) {
        shell.data()
                .println(Json.compact(fields.with("type", Value.text(type))
                        .with("timestamp", Value.text(shell.clock().instant().toString())), Json.Secrets.HIDE));
        shell.out().flush();
    }
}
