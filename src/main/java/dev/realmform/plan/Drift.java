package dev.realmform.plan;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Edit;
import dev.realmform.model.Fingerprint;
import dev.realmform.model.Owned;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The part of a plan where the live side moved since the last apply. What only the file changed is pending, not drift.
 *
 * @param plan        the changes that would undo the drift
 * @param alsoChanged fields where the file moved as well
 */
public record Drift(Plan plan, SortedMap<Address, Set<Path>> alsoChanged) {

    /** Keeps of a plan what the state says has moved on the live side. */
    public static Drift of(Plan plan, SortedMap<Address, Owned> owned) {
        List<Change> drifted = new ArrayList<>();
        SortedMap<Address, Set<Path>> alsoChanged = new TreeMap<>();
        for (Change change : plan.changes()) {
            Optional<Owned> entry = Optional.ofNullable(owned.get(change.address()));
            Optional<Change> kept = switch (change) {
                case Change.Create create -> entry.map(ignored -> create);
                case Change.Update update -> entry.flatMap(known -> moved(update, known, alsoChanged));
                case Change.Replace replace -> entry.map(ignored -> replace);
                case Change.Delete delete -> Optional.of(delete)
                        .filter(gone -> gone.why() == Change.Delete.DeleteReason.NOT_DECLARED)
                        .map(Change.class::cast);
                case Change.Adopt ignored -> Optional.empty();
                case Change.Forget ignored -> Optional.empty();
            };
            kept.ifPresent(drifted::add);
        }
        return new Drift(new Plan(drifted, plan.waitsFor(), plan.unchanged(), plan.notices()), alsoChanged);
    }

    private static Optional<Change> moved(Change.Update update, Owned entry,
            SortedMap<Address, Set<Path>> alsoChanged) {
        Value.MapOf desired = update.desired().value();
        Value.MapOf live = update.live().value();
        List<Edit> edits = new ArrayList<>();
        for (Edit edit : update.edits()) {
            Map<Path, Owned.Mark> marks = under(entry.fields(), edit.path());
            if (marks.entrySet().stream().anyMatch(mark -> hasMoved(mark, live))) {
                edits.add(edit);
                if (marks.entrySet().stream().anyMatch(mark -> differs(mark, desired))) {
                    alsoChanged.computeIfAbsent(update.address(), ignored -> new TreeSet<>()).add(edit.path());
                }
            }
        }
        return edits.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Change.Update(update.live(), update.desired(), update.planned(), edits, Optional.empty()));
    }

    private static Map<Path, Owned.Mark> under(SortedMap<Path, Owned.Mark> fields, Path path) {
        SortedMap<Path, Owned.Mark> marks = new TreeMap<>();
        fields.forEach((at, mark) -> {
            if (at.startsWith(path) || path.startsWith(at)) {
                marks.put(at, mark);
            }
        });
        return marks;
    }

    /** A secret of which nothing is kept was compared with the server: it differs, and the server is taken to have moved. */
    private static boolean hasMoved(Map.Entry<Path, Owned.Mark> mark, Value.MapOf live) {
        return mark.getValue().print().equals(Fingerprint.NONE) || differs(mark, live);
    }

    private static boolean differs(Map.Entry<Path, Owned.Mark> mark, Value.MapOf side) {
        Fingerprint print = mark.getValue().print();
        Value value = declaredOrLive(side, mark.getKey()).orElse(Value.NULL);
        return !print.equals(Fingerprint.NONE) && !(value instanceof Value.Hidden) && !print.matches(value);
    }

    private static Optional<Value> declaredOrLive(Value.MapOf side, Path path) {
        return Optional.ofNullable(Leaves.of(side).get(path)).or(() -> Leaves.at(side, path));
    }
}
