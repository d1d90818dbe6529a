package dev.realmform.cli;

import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.plan.PlanRequest;
import dev.realmform.render.StateText;
import dev.realmform.state.Event;
import dev.realmform.state.Journal;
import dev.realmform.state.State;
import dev.realmform.state.StateLock;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes a lost state again from the files and the server. */
@Command(name = "rebuild", description = {
    "Make a lost state again: what the files declare and the server has. Keycloak is only read.",
    "Everything is adopted, so nothing is ever deleted because of it, unless --created claims it."},
        customSynopsis = "realmform state rebuild -f FILE [OPTIONS]")
final class StateRebuildCommand extends RealmformCommand {

    @Option(names = "--created", paramLabel = "ADDRESS,...", split = ",", hideParamSyntax = true, order = 1,
            description = {"What realmform created: it is deleted when it leaves the file. Addresses, with * for any"
                    + " text: client/retail/pay-*; or all."})
    List<String> created = List.of();

    @Option(names = "--auto-approve", order = 2, description = "Do not ask about --created.")
    boolean autoApprove;

    @Option(names = "--lock-timeout", paramLabel = "TIME", order = 3,
            description = "How long to wait for another run that holds the state: 30s, 5m (default: 0).")
    String lockTimeout = "0";

    @ArgGroup(validate = false, heading = "%nFiles:%n", order = 20)
    FileOptions files = new FileOptions();
    @ArgGroup(validate = false, heading = "%nState:%n", order = 30)
    StateOptions state = new StateOptions();
    @ArgGroup(validate = false, heading = "%nServer:%n", order = 40)
    ServerOptions server = new ServerOptions();

    StateRebuildCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode run() {
        try (Workplace workplace = Workplace.open(new HeadStart(speaking(), server, HeadStart.Way.LOGIN), files, state,
                ChartPrograms.of(shell(), files));
                Hold hold = Hold.take(speaking(),
                        () -> workplace.lock(Times.parse("--lock-timeout", lockTimeout), "state rebuild"))) {
            if (workplace.hasState()) {
                throw Problem.refused("there is a state at " + workplace.store().name() + ", so none is lost", "",
                        "Look at it with realmform state list. To begin anew all the same, move it away first.")
                        .asException();
            }
            Survey.Found found = workplace.survey(PlanRequest.Inside.REFUSE, Targets.NONE);
            Rebuilt rebuilt = Rebuilt.of(found, workplace.provider(), shell().random(), created);
            if (!rebuilt.unknown().isEmpty()) {
                throw new ProblemException(rebuilt.unknown());
            }
            if (!rebuilt.claimed().isEmpty()) {
                claim(rebuilt);
            }
            hold.carrying();
            return store(workplace, hold.lock(), found, rebuilt);
        }
    }

    private void claim(Rebuilt rebuilt) {
        rebuilt.claimed().forEach(address -> shell().err().println("  " + address));
        (autoApprove ? Approval.GIVEN : Approval.ASK).obtain(shell(), "These " + rebuilt.claimed().size()
                + " will count as created by realmform: what leaves the file is deleted, with all that is in it.",
                "Say --auto-approve.");
    }

    private ExitCode store(Workplace workplace, StateLock lock, Survey.Found found, Rebuilt rebuilt) {
        State base = found.state().forRun(workplace.fileNames(), found.server());
        try (Journal journal = lock.journal(base, List.of())) {
            journal.append(rebuilt.entries()
                    .entrySet()
                    .stream()
                    .map(entry -> (Event) new Event.Done(entry.getKey(), entry.getValue()))
                    .toList());
            State now = journal.fold();
            shell().out().print(StateText.list(now.resources(), speaking().look()));
            int adopted = rebuilt.entries().size() - rebuilt.claimed().size();
            shell().out()
                    .println("State rebuilt: " + adopted + " adopted, " + rebuilt.claimed().size()
                            + " claimed as created, " + rebuilt.missing() + " declared and not there, "
                            + rebuilt.different()
                            + " with other values than declared. Nothing was sent to Keycloak.");
            if (rebuilt.missing() + rebuilt.different() > 0) {
                shell().out().println("realmform plan shows what is missing and what differs.");
            }
        }
        return ExitCode.DONE;
    }
}
