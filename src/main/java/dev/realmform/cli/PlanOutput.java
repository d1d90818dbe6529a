package dev.realmform.cli;

import dev.realmform.model.Plan;
import dev.realmform.plan.Drift;
import dev.realmform.render.DriftText;
import dev.realmform.render.Heading;
import dev.realmform.render.TerminalPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shows plans and drift, and keeps plans. */
record PlanOutput(Speaking speaking, Workplace workplace) {

    /** Prints the plan. */
    void show(Survey.Found found) {
        speaking.shell().out().print(text(found));
        speaking.shell().out().flush();
    }

    /** Prints the plan on stderr, where stdout belongs to a machine and a person is to be asked. */
    void showAside(Survey.Found found) {
        speaking.shell().err().print(text(found));
    }

    private String text(Survey.Found found) {
        return TerminalPlan.render(found.planned().plan(), heading(found), speaking.look());
    }

    /** Prints what has drifted. */
    void show(Survey.Found found, Drift drift) {
        speaking.shell()
                .out()
                .print(DriftText.render(drift.plan(), drift.alsoChanged(), heading(found), speaking.look()));
        speaking.shell().out().flush();
    }

    /** With a word on a state that is not there yet. */
    Survey.Found noted(Survey.Found found) {
        return workplace.hasState() ? found
                : found.with(withNotices(found.planned().plan(), List.of(
                        new Plan.Notice.General("There is no state yet at " + workplace.store().name() + "."))));
    }

    /** With what speaks against an apply as warnings: a report that is read without stderr must not look approved. */
    Survey.Found withRefusals(Survey.Found found) {
        return found.with(withNotices(found.planned().plan(), found.planned()
                .problems()
                .stream()
                .map(problem -> new Plan.Notice.Warning(Optional.empty(), "cannot be applied: " + problem.what()))
                .toList()));
    }

    private static Plan withNotices(Plan plan, List<? extends Plan.Notice> more) {
        List<Plan.Notice> notices = new ArrayList<>(plan.notices());
        notices.addAll(more);
        return plan.noting(notices);
    }

    /** What comments of this realm at this server are found by. */
    String marker() {
        return workplace.server()
                .map(server -> String.join(", ", workplace.desired().realms()) + " at " + server.admin().address())
                .orElseGet(() -> "cluster " + clusterName().orElse(""));
    }

    /** {@code realm osmo at https://sso.example.com · cluster prod}, as far as there is either. */
    String subject() {
        List<String> parts = new ArrayList<>();
        workplace.server()
                .map(server -> (workplace.desired().realms().size() == 1 ? "realm " : "realms ")
                        + String.join(", ", workplace.desired().realms()) + " at " + server.admin().address())
                .ifPresent(parts::add);
        clusterName().ifPresent(name -> parts.add("cluster " + name));
        return String.join(" · ", parts);
    }

    private Optional<String> clusterName() {
        return workplace.provider().cluster().opened().map(ClusterConnection::name);
    }

    Heading heading(Survey.Found found) {
        String state = workplace.hasState() ? " · state serial " + found.state().serial() : "";
        return new Heading(subject() + state, workplace.desired().files());
    }
}
