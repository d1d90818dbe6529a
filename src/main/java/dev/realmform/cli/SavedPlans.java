package dev.realmform.cli;

import dev.realmform.config.DesiredState;
import dev.realmform.config.Loader;
import dev.realmform.json.PlanFile;
import dev.realmform.json.SavedPlan;
import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Value;
import dev.realmform.plan.PlanRequest;
import dev.realmform.render.TerminalPlan;
import dev.realmform.state.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Plans that are kept, and carried out later if they still do the same. */
final class SavedPlans {

    private SavedPlans() {}

    static SavedPlan of(Shell shell, Workplace workplace, Survey.Found found, SavedInputs.Planning planning) {
        SavedPlan.Made made = new SavedPlan.Made(Version.TEXT, shell.clock().instant(), workplace.desired().files(),
                workplace.hasState() ? found.state().lineage() : "", found.state().serial());
        return SavedPlan.of(made, found.server(), SavedInputs.of(workplace, planning),
                found.request().desired(), found.planned().plan());
    }

    static void keep(SavedPlan plan, Path file) {
        new DurableFile(file).replace(PlanFile.write(plan).getBytes(StandardCharsets.UTF_8));
    }

    static SavedPlan read(Shell shell, Path file) {
        return PlanFile.read(bytes(shell, file), file.toString());
    }

    static byte[] bytes(Shell shell, Path file) {
        try {
            return Files.readAllBytes(shell.folder().resolve(file));
        } catch (IOException e) {
            throw Problem.invalid("the plan cannot be read", file.toString(),
                    "Name a file that was made with: realmform plan --out FILE.").causedBy(e).asException();
        }
    }

    /** Plans again from what the plan holds; goes on if that does the same, and shows what differs if not. */
    static ExitCode apply(Speaking speaking, Path file, ServerOptions server, StateOptions state, WriteOptions write,
            Newcomers newcomers, Optional<EventStream> events) {
        SavedPlan saved = read(speaking.shell(), file);
        Map<String, String> settings = new TreeMap<>(server.settings());
        settings.put("state.file", Optional.ofNullable(state.state)
                .orElseGet(() -> saved.inputs().options().text("state").orElse("")));
        DesiredState desired = SavedInputs.reopened(saved, speaking.shell(), settings);
        SavedInputs.Planning planning = SavedInputs.Planning.of(saved);
        write.cascade |= planning.cascade();
        Loader.Loaded loaded = new Loader.Loaded(desired, List.of(), Value.EMPTY_MAP, Map.of());
        try (Workplace workplace = Workplace.open(new HeadStart(speaking, server, HeadStart.Way.LOGIN), loaded,
                state)) {
            Writing writing = new Writing(speaking, workplace, write, PlanRequest.Aim.DESIRED, planning.targets(),
                    newcomers, events);
            return writing.locked(hold -> {
                Survey.Found found = workplace.survey(Workplace.inside(write.cascade), planning.targets());
                if (!saved.doesTheSameAs(found.planned().plan())) {
                    // A secret that is missing makes another plan too, and nobody changed anything then.
                    new MissingSecrets(workplace.provider(), found.request()).refuse();
                    throw stale(speaking, workplace, saved, found);
                }
                return writing.approved(writing.expected(found), hold);
            });
        }
    }

    private static RuntimeException stale(Speaking speaking, Workplace workplace, SavedPlan saved, Survey.Found found) {
        Plan again = found.planned().plan();
        List<Change> different = again.changes().stream().filter(change -> !saved.foresees(change)).toList();
        List<String> differences = new ArrayList<>();
        if (!different.isEmpty()) {
            Plan shown = new Plan(different, again.waitsFor(), again.unchanged(), List.of());
            speaking.shell()
                    .err()
                    .print(TerminalPlan.render(shown, new PlanOutput(speaking, workplace).heading(found),
                            speaking.look()));
            differences.add("what differs stands above");
        }
        String gone = saved.plan()
                .changes()
                .stream()
                .map(Change::address)
                .filter(address -> again.change(address).isEmpty())
                .map(Address::toString)
                .collect(Collectors.joining(", "));
        if (!gone.isEmpty()) {
            differences.add("no longer to do: " + gone);
        }
        return new Problem(Problem.Kind.STALE,
                "the saved plan is stale: planned again, it would do something else (" + String.join("; ", differences)
                        + ")",
                "", "Somebody changed the server, the state or a secret since. Plan again, and review that plan.",
                Optional.empty()).asException();
    }
}
