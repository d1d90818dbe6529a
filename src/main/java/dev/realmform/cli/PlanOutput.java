package dev.realmform.cli;

import dev.realmform.model.Plan;
import dev.realmform.plan.Drift;
import dev.realmform.render.DriftText;
import dev.realmform.render.Heading;
import dev.realmform.render.TerminalPlan;
import java.util.ArrayList;
import java.util.List;

/** Shows plans and drift, and keeps plans. */
record PlanOutput(Speaking speaking, Workplace workplace) {

    /** Prints the plan. */
    void show(Survey.Found found) {
        Plan plan = found.planned().plan();
        Plan shown = workplace.hasState() ? plan
                : withNote(plan, "There is no state yet at " + workplace.store().name() + ".");
        speaking.shell().out().print(TerminalPlan.render(shown, heading(found), speaking.look()));
        speaking.shell().out().flush();
    }

    /** Prints what has drifted. */
    void show(Survey.Found found, Drift drift) {
        speaking.shell()
                .out()
                .print(DriftText.render(drift.plan(), drift.alsoChanged(), heading(found), speaking.look()));
        speaking.shell().out().flush();
    }

    private static Plan withNote(Plan plan, String text) {
        List<Plan.Notice> notices = new ArrayList<>(plan.notices());
        notices.add(new Plan.Notice.General(text));
        return new Plan(plan.changes(), plan.waitsFor(), plan.unchanged(), notices);
    }

    Heading heading(Survey.Found found) {
        String realms = String.join(", ", workplace.desired().realms());
        String state = workplace.hasState() ? " · state serial " + found.state().serial() : "";
        return new Heading((workplace.desired().realms().size() == 1 ? "realm " : "realms ") + realms + " at "
                + workplace.connection().admin().address() + state, workplace.desired().files());
    }
}
