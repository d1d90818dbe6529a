package dev.realmform.cli;

import dev.realmform.apply.ApplyResult;
import dev.realmform.apply.Interrupt;
import dev.realmform.apply.Watcher;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.plan.PlanRequest;
import dev.realmform.provider.Provider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The way of the commands that write: lock, plan, show, ask, carry out, tell. */
record Writing(Speaking speaking, Workplace workplace, WriteOptions options, PlanRequest.Aim aim,
        Targets targets, Newcomers newcomers, Optional<EventStream> events) {

    ExitCode run() {
        return locked(hold -> {
            Survey.Found planned = workplace.survey(aim, Workplace.inside(options.cascade), targets);
            boolean isShown = events.isEmpty() || options.approval() == Approval.ASK;
            Survey.Found found = expected(isShown ? workplace.reviewed(planned) : planned);
            PlanOutput output = new PlanOutput(speaking, workplace);
            if (events.isEmpty()) {
                output.show(output.noted(found));
            } else if (isShown) {
                output.showAside(output.noted(found));
            }
            return approved(found, hold);
        });
    }

    /** Who unmakes everything expects nothing any more. */
    Survey.Found expected(Survey.Found found) {
        return aim == PlanRequest.Aim.NOTHING ? found
                : workplace.expected(found, options.allowFailedExpectations);
    }

    /** Does the work under the lock; a signal leaves neither behind half done. */
    ExitCode locked(Function<Hold, ExitCode> work) {
        Duration patience = Times.parse("--lock-timeout", options.lockTimeout);
        try (Hold hold = Hold.take(speaking, () -> workplace.lock(patience, command()),
                problems -> events.ifPresent(stream -> stream.ended(problems)))) {
            return work.apply(hold);
        }
    }

    /** Carries out the plan if nothing speaks against it and the person agrees. */
    ExitCode approved(Survey.Found found, Hold hold) {
        List<Problem> problems = refusals(found);
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        if (!found.planned().plan().isEmpty()) {
            newcomers.warn(found.planned().plan());
            options.approval().obtain(speaking.shell(), question());
        }
        return carryOut(found, hold);
    }

    private String command() {
        return aim == PlanRequest.Aim.NOTHING ? "destroy" : "apply";
    }

    private String question() {
        return aim == PlanRequest.Aim.NOTHING
                ? "Do you really want to destroy all of this? There is no undo."
                : "Do you want to carry out this plan?";
    }

    ExitCode carryOut(Survey.Found found, Hold hold) {
        events.ifPresent(stream -> stream.planned(found.planned().plan()));
        Worlds worlds = workplace.provider();
        ApplyResult result = worlds.arrival()
                .filter(Arrival::isAwaited)
                .map(arrival -> new FirstRun(arrival, hold.carrying(), part -> carried(part, hold), () -> again(found),
                        event -> events.ifPresent(stream -> stream.on(event))).carryOut(found))
                .orElseGet(() -> carried(found, hold));
        events.ifPresent(stream -> stream.carriedOut(result));
        ExitCode code = new ResultOutput(speaking, ResultOutput.again(command()), options.json).show(result);
        if (result.isComplete() && aim == PlanRequest.Aim.DESIRED) {
            workplace.succeed();
        }
        if (!targets.isEmpty()) {
            speaking.note(targets.reminder());
        }
        return code;
    }

    private ApplyResult carried(Survey.Found found, Hold hold) {
        return workplace.server()
                .filter(server -> !workplace.provider().awaitsKeycloak())
                .map(server -> newcomers.carrying(found.planned().plan(), server.provider(),
                        provider -> walk(workplace.provider().through(provider), found, hold)))
                .orElseGet(() -> walk(workplace.provider(), found, hold));
    }

    /** Planned again, now that Keycloak answers, with what only that can tell. */
    private Survey.Found again(Survey.Found before) {
        workplace.lookAgain();
        Survey.Found found = expected(workplace.survey(aim, Workplace.inside(options.cascade), targets));
        List<Problem> problems = refusals(found);
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        List<Plan.Notice> known = before.planned().plan().notices();
        found.planned()
                .plan()
                .notices()
                .stream()
                .filter(notice -> notice instanceof Plan.Notice.Warning && !known.contains(notice))
                .forEach(notice -> speaking.warn(notice.text()));
        return found;
    }

    private ApplyResult walk(Provider provider, Survey.Found found, Hold hold) {
        Carrying carrying = new Carrying(speaking.shell(), provider, workplace.fileNames(),
                workplace.atOnce(), _ -> true);
        Plan plan = found.planned().plan();
        Interrupt interrupt = hold.carrying();
        try (ProgressOutput progress = new ProgressOutput(speaking, plan.changes().size())) {
            return carrying.carryOut(found, hold.lock(), events.<Watcher>map(stream -> stream).orElse(progress),
                    interrupt);
        }
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
        problems.addAll(new MissingSecrets(workplace.provider(), found.request()).problems());
        return problems;
    }
}
