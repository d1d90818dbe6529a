package dev.realmform.plan;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Edit;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Resource;
import dev.realmform.model.ServerIdentity;
import dev.realmform.model.Value;
import dev.realmform.provider.LiveState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A value that is made anew, and its way to all who have it: what holds it by reference changes after its source, and what is
 * started anew comes after all of those. Pure: nothing is read or written here.
 */
public final class Renewal {

    private static final LiveState NOTHING = new LiveState(Collections.emptySortedMap(),
            new ServerIdentity("", Collections.emptySortedMap()), List.of());

    private Renewal() {}

    /** The declared resources that hold a field of another one by reference. */
    public static SortedSet<Address> holders(SortedMap<Address, Resource> declared, Address source, String field) {
        Holes holes = new Holes(declared, NOTHING);
        SortedSet<Address> holders = new TreeSet<>();
        declared.forEach((address, resource) -> {
            boolean holds = Leaves.of(resource.value())
                    .values()
                    .stream()
                    .anyMatch(value -> value instanceof Value.Unknown hole && hole.field().equals(field)
                            && holes.source(hole).filter(source::equals).isPresent());
            if (holds && !address.equals(source)) {
                holders.add(address);
            }
        });
        return holders;
    }

    /** All changes of a plan that some of them wait for, directly or not. */
    public static List<Change> before(Plan plan, Set<Address> some) {
        Set<Address> needed = new HashSet<>();
        Deque<Address> open = new ArrayDeque<>(some);
        while (!open.isEmpty()) {
            plan.waitsFor()
                    .getOrDefault(open.removeFirst(), Set.of())
                    .stream()
                    .filter(needed::add)
                    .forEach(open::addLast);
        }
        return plan.changes().stream().filter(change -> needed.contains(change.address())).toList();
    }

    /** A resource with values of the future in some places. */
    public static Resource with(Resource resource, SortedMap<Path, ? extends Value> values) {
        Value.MapOf value = resource.value();
        for (Map.Entry<Path, ? extends Value> one : values.entrySet()) {
            value = Leaves.with(value, one.getKey(), one.getValue());
        }
        return resource.withValue(value);
    }

    /** A change by which, beside whatever else it does, some values become others. */
    public static Change.Update of(Change.Update change, SortedMap<Path, ? extends Value> anew) {
        List<Edit> edits = new ArrayList<>(change.edits());
        edits.removeIf(edit -> anew.containsKey(edit.path()));
        anew.forEach((path, value) -> edits.add(change.live()
                .value()
                .at(path)
                .<Edit>map(before -> new Edit.Set(path, before, value))
                .orElseGet(() -> new Edit.Add(path, value))));
        edits.sort(Comparator.comparing(Edit::path));
        return new Change.Update(change.live(), change.desired(), with(change.planned(), anew), edits,
                change.renamedFrom());
    }

    /**
     * The plan of all of it.
     *
     * @param source   the change that makes the value
     * @param found    a plan with the changes of the holders in it; its others are left out
     * @param restarts what is started anew
     */
    public static Plan plan(Change source, Plan found, Set<Address> holders,
            Collection<? extends Change> restarts) {
        List<Change> changes = new ArrayList<>(List.of(source));
        SortedMap<Address, Set<Address>> waitsFor = new TreeMap<>();
        Set<Address> before = new HashSet<>(Set.of(source.address()));
        for (Change change : found.changes()) {
            if (holders.contains(change.address())) {
                Set<Address> needed = new HashSet<>(found.waitsFor(change));
                needed.retainAll(holders);
                needed.add(source.address());
                waitsFor.put(change.address(), needed);
                changes.add(change);
                before.add(change.address());
            }
        }
        for (Change restart : restarts) {
            waitsFor.put(restart.address(), before);
            changes.add(restart);
        }
        return new Plan(changes, waitsFor, 0, List.of());
    }
}
