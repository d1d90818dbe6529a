package dev.realmform.render;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Edit;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What has drifted: the blocks of the plan that would undo it, from the live value to the desired one. */
public final class DriftText {

    /** Byte-stable: scripts look for it. */
    public static final String NO_DRIFT = "No drift. The live side is as it was applied.";

    static final String DIRECTION = "The lines read from live to desired: what an apply would do.";

    private DriftText() {}

    /**
     * The text, with a line break at its end.
     *
     * @param plan        what would undo the drift, and nothing else
     * @param alsoChanged fields that changed in the file too
     */
    public static String render(Plan plan, Map<Address, ? extends Set<Path>> alsoChanged, Heading heading, Look look) {
        Layout layout = new Layout(look);
        List<String> parts = new ArrayList<>();
        parts.add(layout.line(Line.of(0, Tone.PLAIN, look.glyphs().prose(heading.text()))));
        parts.add(layout.blocks(new PlanBlocks(plan, heading, look, new OfDrift(alsoChanged)).all()));
        parts.add(plan.isEmpty()
                ? Tone.GOOD.paint(look, NO_DRIFT) + "\n"
                : Tone.HEAD.paint(look, summary(plan)) + "\n"
                        + layout.line(Line.of(0, Tone.QUIET, DIRECTION)));
        return String.join("\n", parts.stream().filter(part -> !part.isEmpty()).toList());
    }

    static String headline(Plan plan) {
        return plan.isEmpty() ? NO_DRIFT : summary(plan);
    }

    /** Byte-stable: {@code Drift: 2 changed, 1 gone, 0 appeared.} */
    private static String summary(Plan plan) {
        Plan.Counts counts = plan.counts();
        long replaced = plan.changes().stream().filter(Change.Replace.class::isInstance).count();
        return "Drift: %d changed, %d gone, %d appeared.".formatted(counts.change() + replaced, counts.add() - replaced,
                counts.destroy() - replaced);
    }

    /** As what has drifted. */
    record OfDrift(Map<Address, ? extends Set<Path>> alsoChanged) implements Voice {

        @Override
        public String about(Change change) {
            return switch (change) {
                case Change.Create ignored -> "is gone";
                case Change.Update ignored -> "has drifted";
                case Change.Replace ignored -> "has drifted";
                case Change.Delete ignored -> "has appeared";
                case Change.Adopt ignored -> "has drifted";
                case Change.Forget ignored -> "is gone";
            };
        }

        @Override
        public String about(Change change, Edit edit) {
            Set<Path> both = alsoChanged.get(change.address());
            return both != null && both.contains(edit.path()) ? "also changed in the file" : "";
        }
    }
}
