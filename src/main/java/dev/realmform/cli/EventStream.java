package dev.realmform.cli;

import dev.realmform.apply.ApplyEvent;
import dev.realmform.apply.ApplyResult;
import dev.realmform.apply.Watcher;
import dev.realmform.json.Json;
import dev.realmform.model.Action;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Value;

/** What happens in an apply as JSON, one object a line. The first line says which format it is. */
final class EventStream implements Watcher {

    private static final String VERSION = "1.0";

    private final Shell shell;

    EventStream(Shell shell) {
        this.shell = shell;
        line("version",
                Value.EMPTY_MAP.with("realmform", Value.text(Version.TEXT)).with("events", Value.text(VERSION)));
    }

    void planned(Plan plan) {
        line("change_summary", counts(plan.counts()).with("message", Value.text(plan.counts().summary())));
    }

    @Override
    public void on(ApplyEvent event) {
        Value.MapOf about = Value.EMPTY_MAP.with("address", Value.text(event.change().address().toString()))
                .with("action", Value.text(Action.of(event.change()).word()));
        switch (event) {
            case ApplyEvent.Started ignored -> line("apply_start", about);
            case ApplyEvent.Succeeded done -> line("apply_complete", about
                    .with("elapsed_ms", Value.num(done.took().toMillis()))
                    .with("found", Value.bool(done.found())));
            case ApplyEvent.Failed failed -> line("apply_errored", about
                    .with("elapsed_ms", Value.num(failed.took().toMillis()))
                    .with("error", problem(failed.problem())));
            case ApplyEvent.Skipped skipped -> line("apply_skipped",
                    about.with("because", Value.text(ResultOutput.why(skipped.because()))));
        }
    }

    void ended(ApplyResult result) {
        line("apply_summary", counts(result.counts()).with("failed", Value.num(result.failed().size()))
                .with("not_started", Value.num(result.skipped().size()))
                .with("interrupted", Value.bool(result.interrupted()))
                .with("message", Value.text(result.summary())));
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
        shell.out()
                .println(Json.compact(fields.with("type", Value.text(type))
                        .with("timestamp", Value.text(shell.clock().instant().toString())), Json.Secrets.HIDE));
        shell.out().flush();
    }
}
