package dev.realmform.plan;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Plan;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.ResourceType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What of a whole plan has to go along with some of its changes: what they wait for, and what a deletion takes along. Something
 * inside a container that goes in the whole plan, but is not kept, goes by itself.
 */
public final class Needs {

    private final PlanRequest request;
    private final Function<String, ResourceType> types;
    private final SortedMap<Address, Change> changes = new TreeMap<>();

    Needs(PlanRequest request, Function<String, ResourceType> types, Plan whole) {
        this.request = request;
        this.types = types;
        whole.changes().forEach(change -> changes.put(change.address(), change));
    }

    /** The targets, and all that has to be in a plan with them. */
    Set<Address> of(Set<Address> targets) {
        Set<Address> kept = new TreeSet<>(targets);
        changes.keySet().stream().filter(address -> isWrittenIn(address, targets, types)).forEach(kept::add);
        int before;
        do {
            before = kept.size();
            SortedMap<Address, Change> apart = apart(kept);
            follow(kept, new Graph(request, types, apart).waitsFor(), targets);
        } while (kept.size() > before);
        return kept;
    }

    /** What is declared in the block of a target, and is a resource of its own. */
    private static boolean isWrittenIn(Address address, Set<Address> targets, Function<String, ResourceType> types) {
        ResourceType type = types.apply(address.type());
        return type.comesWithContainer() && type.container(address).filter(targets::contains).isPresent();
    }

    /** The changes, with deletions that go with a container only if that is kept; what is inside it is kept too. */
    private SortedMap<Address, Change> apart(Set<Address> kept) {
        SortedMap<Address, Change> apart = new TreeMap<>(changes);
        for (Change change : changes.values()) {
            if (change instanceof Change.Delete(Resource live, Change.Delete.DeleteReason why, Optional<Address> with)
                    && with.isPresent()) {
                Optional<Address> container = keptContainer(live.address(), kept);
                apart.put(live.address(), new Change.Delete(live, why, container));
                container.ifPresent(ignored -> kept.add(live.address()));
            }
        }
        return apart;
    }

    private Optional<Address> keptContainer(Address address, Set<Address> kept) {
        Optional<Address> outermost = Optional.empty();
        Optional<Address> container = types.apply(address.type()).container(address);
        while (container.isPresent()) {
            if (kept.contains(container.get()) && changes.get(container.get()) instanceof Change.Delete) {
                outermost = container;
            }
            container = types.apply(container.get().type()).container(container.get());
        }
        return outermost;
    }

    /** What is only let go of in the state neither makes nor unmakes anything. */
    private void follow(Set<Address> kept, Map<Address, Set<Address>> waitsFor, Set<Address> targets) {
        Deque<Address> open = new ArrayDeque<>(kept);
        while (!open.isEmpty()) {
            for (Address needed : waitsFor.getOrDefault(open.removeFirst(), Set.of())) {
                boolean writes = !(changes.get(needed) instanceof Change.Forget) || targets.contains(needed);
                if (writes && kept.add(needed)) {
                    open.addLast(needed);
                }
            }
        }
    }

    /**
     * All that declared resources can come to need: what they refer to, and what that refers to. With the live state of these
     * alone, a plan for the targets is the same as with all of it.
     *
     * @return empty if that cannot be told without the live state
     */
    public static Optional<Set<Address>> declared(SortedMap<Address, Resource> desired, Set<Address> targets,
            Function<String, ResourceType> types) {
        Set<Address> needed = new TreeSet<>(targets);
        desired.keySet().stream().filter(address -> isWrittenIn(address, targets, types)).forEach(needed::add);
        Deque<Address> open = new ArrayDeque<>(needed);
        while (!open.isEmpty()) {
            Resource resource = desired.get(open.removeFirst());
            if (resource == null) {
                continue;
            }
            if (resource.directives().delete() || Leaves.of(resource.value())
                    .values()
                    .stream()
                    .anyMatch(Value.Unknown.class::isInstance)) {
                return Optional.empty();
            }
            types.apply(resource.address().type())
                    .references(resource)
                    .stream()
                    .flatMap(reference -> reference.any().stream())
                    .filter(needed::add)
                    .forEach(open::addLast);
        }
        return desired.keySet().containsAll(targets) ? Optional.of(needed) : Optional.empty();
    }
}
