package dev.realmform.cli;

import dev.realmform.apply.ApplyResult;
import dev.realmform.apply.Interrupt;
import dev.realmform.model.Change;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import dev.realmform.plan.PlanRequest;
import dev.realmform.provider.Field;
import dev.realmform.provider.Schema;
import dev.realmform.state.StateLock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** The way of the commands that write: lock, plan, show, ask, carry out, tell. */
record Writing(Speaking speaking, Workplace workplace, WriteOptions options, PlanRequest.Aim aim) {

    ExitCode run() {
        Duration patience = Times.parse("--lock-timeout", options.lockTimeout);
        try (StateLock lock = workplace.store().lock(patience, States.holder(speaking.shell(), command()))) {
            Survey.Found found = workplace.survey(aim, Workplace.inside(options.cascade));
            if (!options.json) {
                new PlanOutput(speaking, workplace).show(found);
            }
            return approved(found, lock);
        }
    }

    /** Carries out the plan if nothing speaks against it and the person agrees. */
    ExitCode approved(Survey.Found found, StateLock lock) {
        List<Problem> problems = refusals(found);
        if (!problems.isEmpty()) {
            speaking.problems(problems);
            return ExitCode.of(problems);
        }
        if (!found.planned().plan().isEmpty()) {
            options.approval().obtain(speaking.shell(), question());
        }
        return carryOut(found, lock);
    }

    private String command() {
        return aim == PlanRequest.Aim.NOTHING ? "destroy" : "apply";
    }

    private String question() {
        return aim == PlanRequest.Aim.NOTHING
                ? "Do you really want to destroy all of this? There is no undo."
                : "Do you want to carry out this plan?";
    }

    ExitCode carryOut(Survey.Found found, StateLock lock) {
        Carrying carrying = new Carrying(speaking.shell(), workplace.provider(),
                new TreeSet<>(workplace.desired().files()),
                workplace.connection().concurrency());
        Plan plan = found.planned().plan();
        ApplyResult result;
        try (Interrupts interrupts = new Interrupts(speaking.shell());
                ProgressOutput progress = new ProgressOutput(speaking, plan.changes().size())) {
            Interrupt interrupt = interrupts.listen();
            if (options.json) {
                EventStream events = new EventStream(speaking.shell());
                events.planned(plan);
                result = carrying.carryOut(found, lock, events, interrupt);
                events.ended(result);
            } else {
                result = carrying.carryOut(found, lock, progress, interrupt);
            }
        }
        return new ResultOutput(speaking, command(), options.json).show(result);
    }

    /** What speaks against carrying the plan out. */
    List<Problem> refusals(Survey.Found found) {
        List<Problem> problems = new ArrayList<>(found.planned().problems());
        Plan plan = found.planned().plan();
        int destroyed = plan.counts().destroy();
        if (aim == PlanRequest.Aim.DESIRED && destroyed > options.maxDestroy) {
            problems.add(Problem.refused(
                    "this plan destroys " + destroyed + " resources, and the limit is " + options.maxDestroy,
                    "", "If that is meant, say --max-destroy " + destroyed + "."));
        }
        for (Resource resource : found.request().desired().values()) {
            missingSecrets(resource, needed(resource, plan), "", problems);
        }
        return problems;
    }

    /** Without what only a creation looks at, if it is none: an initial password is asked for once. */
    private Value.MapOf needed(Resource resource, Plan plan) {
        boolean made = plan.change(resource.address())
                .filter(change -> change instanceof Change.Create || change instanceof Change.Replace)
                .isPresent();
        Value.MapOf value = resource.value();
        if (!made) {
            Schema schema = workplace.provider().type(resource.address().type()).orElseThrow().schema();
            for (String name : resource.value().fields().keySet()) {
                value = schema.root().at(name).is(Field.Trait.CREATE_ONLY) ? value.without(name) : value;
            }
        }
        return value;
    }

    private static void missingSecrets(Resource resource, Value value, String path, List<Problem> problems) {
        switch (value) {
            case Secret secret when !secret.isGiven() -> problems.add(Problem.invalid(
                    secret.reference() + " of " + resource.address() + " has not been given to this run",
                    resource.source().exact() + "  " + path.substring(1),
                    "Set the variable or file that realmform.secrets names for it; a plan can do without, an apply cannot."));
            case Value.MapOf map -> map.fields()
                    .forEach(
                            (name, below) -> missingSecrets(resource, below, path + "." + name, problems));
            case Value.ListOf list -> {
                for (int i = 0; i < list.items().size(); i++) {
                    missingSecrets(resource, list.items().get(i), path + "[" + i + "]", problems);
                }
            }
            case Secret ignored -> {
            }
            case Value.Null ignored -> {
            }
            case Value.Bool ignored -> {
            }
            case Value.Num ignored -> {
            }
            case Value.Text ignored -> {
            }
            case Value.Unknown ignored -> {
            }
            case Value.Hidden ignored -> {
            }
        }
    }

}
