package dev.realmform.plan;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Owned;
import dev.realmform.model.Reference;
import dev.realmform.model.Resource;
import dev.realmform.provider.ResourceType;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Which change waits for which. Edges come from references: making follows what it needs, or what that lies in; unmaking waits
 * until everything that needed it has let go. And from what only one may have ({@link Handover}).
 */
record Graph(PlanRequest request, Function<String, ResourceType> types, SortedMap<Address, Change> changes) {

    SortedMap<Address, Set<Address>> waitsFor() {
        SortedMap<Address, Set<Address>> edges = new TreeMap<>();
        changes.keySet().forEach(address -> edges.put(address, new TreeSet<>()));
        // Each adds to its own edges.
        List.copyOf(changes.values())
                .parallelStream()
                .forEach(change -> change.declared().ifPresent(desired -> afterItsNeeds(desired, edges)));
        for (Change change : changes.values()) {
            if (change instanceof Change.Delete(Resource live, Change.Delete.DeleteReason ignored, Optional<Address> goesWith)) {
                goesWith.ifPresent(container -> edge(edges, live.address(), container));
            }
            change.declared()
                    .filter(ignored -> change.writes())
                    .ifPresent(desired -> following(desired, change, edges));
            if (!(change instanceof Change.Create)) {
                lettingGo(change, edges);
            }
        }
        request.standsOn()
                .forEach((address, grounds) -> grounds.forEach(ground -> standing(address, ground, edges)));
        new Handover(types, changes).addTo(edges);
        return edges;
    }

    /** What stands on something is made after it, and goes before it. */
    private void standing(Address address, Address ground, SortedMap<Address, Set<Address>> edges) {
        if (changes.get(ground) instanceof Change.Delete delete) {
            edge(edges, delete.goesWith().orElse(ground), address);
        } else if (changes.containsKey(ground)) {
            edge(edges, address, ground);
        }
    }

    private void afterItsNeeds(Resource desired, SortedMap<Address, Set<Address>> edges) {
        ResourceType type = types.apply(desired.address().type());
        for (Reference reference : type.references(desired)) {
            afterItsNeed(desired, reference.to(), type, edges);
            reference.or().forEach(to -> afterItsNeed(desired, to, type, edges));
        }
        if (!Leaves.haveUnknown(desired.value())) {
            return;
        }
        Leaves.of(desired.value()).values().forEach(value -> {
            if (value instanceof dev.realmform.model.Value.Unknown unknown && changes.containsKey(unknown.source())) {
                edge(edges, desired.address(), unknown.source());
            }
        });
    }

    private void following(Resource desired, Change change, SortedMap<Address, Set<Address>> edges) {
        ResourceType type = types.apply(desired.address().type());
        for (Address before : type.follows(change)) {
            Change followed = changes.get(before);
            if (followed != null && type.awaits(desired, followed)) {
                edge(edges, desired.address(), before);
            }
        }
    }

    /** What is referred to and not changed may still come with what it lies in, as a new realm brings its own scopes and roles. */
    private void afterItsNeed(Resource desired, Address to, ResourceType type, SortedMap<Address, Set<Address>> edges) {
        Change needed = changes.get(to);
        if (needed == null) {
            types.apply(to.type()).container(to).ifPresent(container -> afterItsNeed(desired, container, type, edges));
        } else if (makes(needed) || type.awaits(desired, needed)) {
            edge(edges, desired.address(), to);
        }
    }

    /** Whether others can only refer to the resource once the change has been made. */
    private static boolean makes(Change change) {
        return switch (change) {
            case Change.Create ignored -> true;
            case Change.Replace ignored -> true;
            case Change.Update update -> update.renamedFrom().isPresent();
            case Change.Delete ignored -> false;
            case Change.Adopt ignored -> false;
            case Change.Forget ignored -> false;
        };
    }

    /** A deletion waits for changes of those that refer to the resource as long as they have not been made. */
    private void lettingGo(Change change, SortedMap<Address, Set<Address>> edges) {
        for (Address used : used(change)) {
            if (changes.get(used) instanceof Change.Delete delete) {
                Address sent = delete.goesWith().orElse(used);
                if (!goesWith(change, sent)) {
                    edge(edges, sent, change.address());
                }
            }
        }
    }

    private Set<Address> used(Change change) {
        Set<Address> used = new HashSet<>();
        change.before()
                .ifPresent(live -> types.apply(live.address().type())
                        .references(live)
                        .stream()
                        .map(Reference::any)
                        .forEach(used::addAll));
        Optional.ofNullable(request.owned().get(change.address())).map(Owned::needs).ifPresent(used::addAll);
        return used;
    }

    private static boolean goesWith(Change change, Address container) {
        return change instanceof Change.Delete delete && delete.goesWith().isPresent()
                && delete.goesWith().get().equals(container);
    }

    private static void edge(SortedMap<Address, Set<Address>> edges, Address from, Address to) {
        Set<Address> waits = edges.get(from);
        if (waits != null && !from.equals(to)) {
            waits.add(to);
        }
    }
}
