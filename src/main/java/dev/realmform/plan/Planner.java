package dev.realmform.plan;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Owned;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.provider.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Desired × live × owned → {@link Plan}. A pure function: nothing is read or written here. */
public final class Planner {

    private final Function<String, ResourceType> types;

    /** The types by the first part of an address; every address in a request has one. */
    public Planner(Function<String, ResourceType> types) {
        this.types = types;
    }

    public Planned plan(PlanRequest request) {
        return new Run(request).planned();
    }

    /** The same request about some resources only, and what has to be made or unmade before them. */
    public PlanRequest narrowed(PlanRequest request, Set<Address> targets) {
        return request.within(Extent.Only.of(new Needs(request, types, plan(request).plan()).of(targets)));
    }

    private final class Run {

        private final PlanRequest request;
        private final SortedMap<Address, Change> changes = new TreeMap<>();
        private final SortedMap<Address, Resource> matching = new TreeMap<>();
        private final List<Plan.Notice> notices = new ArrayList<>();
        private final List<Problem> problems = new ArrayList<>();

        Run(PlanRequest request) {
            this.request = Concealed.of(request);
        }

        Planned planned() {
            Holes holes = new Holes(request);
            List<Resource> declared = request.desired()
                    .values()
                    .stream()
                    .filter(desired -> !desired.directives().delete() && request.extent().includes(desired.address()))
                    .map(holes::filled)
                    .toList();
            Map<Address, Desire> hashed = hashed(declared);
            declared.parallelStream()
                    .map(desired -> Comparison.of(request, type(desired), desired, hashed))
                    .toList()
                    .forEach(this::take);
            Removals removals = new Removals(request, types, changes);
            removals.collect();
            notices.addAll(removals.notices());
            problems.addAll(removals.problems());
            problems.addAll(new ReferenceCheck(request, types, changes).problems());
            Graph graph = new Graph(request, types, changes);
            SortedMap<Address, Set<Address>> waitsFor = graph.waitsFor();
            List<Change> ordered = switch (Order.of(waitsFor)) {
                case Order.Ordered(List<Address> addresses) -> addresses.stream()
                        .flatMap(address -> Stream.ofNullable(changes.get(address)))
                        .toList();
                case Order.Cycle(List<Address> path) -> {
                    problems.add(cycle(path));
                    yield new ArrayList<>(changes.values());
                }
            };
            notices.addAll(request.live().notices());
            return new Planned(new Plan(ordered, waitsFor, matching.size(), notices), problems, matching);
        }

        /**
         * Those that hold a secret which only its slow hash tells: to recognise one takes a tenth of a second, so all processors
         * do it at once.
         */
        private Map<Address, Desire> hashed(List<Resource> declared) {
            return declared.stream()
                    .filter(desired -> request.owned(desired).filter(Owned::hasHashOfSecret).isPresent())
                    .filter(desired -> request.live().find(desired.address()).isPresent())
                    .toList()
                    .parallelStream()
                    .collect(Collectors.toConcurrentMap(Resource::address, this::against));
        }

        private Desire against(Resource desired) {
            return Comparison.desire(request, type(desired), desired,
                    request.live().find(desired.address()).orElseThrow());
        }

        private ResourceType type(Resource desired) {
            return types.apply(desired.address().type());
        }

        private void take(Comparison comparison) {
            Resource desired = comparison.desired();
            if (comparison.change().isPresent()) {
                changes.put(desired.address(), comparison.change().get());
            } else {
                matching.put(desired.address(), desired);
            }
            notices.addAll(comparison.notices());
            problems.addAll(comparison.problems());
        }

        private Problem cycle(List<Address> path) {
            String where = Optional.ofNullable(request.desired().get(path.getFirst()))
                    .map(r -> r.source().exact())
                    .orElse("");
            return Problem.invalid(
                    "resources wait for each other: "
                            + String.join(" → ", path.stream().map(Address::toString).toList()),
                    where,
                    insteadOf(path));
        }

        private String insteadOf(List<Address> cycle) {
            for (int i = 1; i < cycle.size(); i++) {
                Change change = changes.get(cycle.get(i - 1));
                ResourceType type = types.apply(cycle.get(i - 1).type());
                if (change != null && type.follows(change).contains(cycle.get(i))) {
                    return type.insteadOfFollowing();
                }
            }
            return "Take one of these references out.";
        }
    }
}
