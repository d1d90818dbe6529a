package dev.realmform.plan;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Edit;
import dev.realmform.model.Owned;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.LiveState.LiveObject;
import dev.realmform.provider.Overlay;
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
            declared.forEach(desired -> make(desired, hashed));
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
                    .filter(desired -> request.live().find(desired.address()).isPresent())
                    .filter(desired -> owned(desired).filter(Owned::hasHashOfSecret).isPresent())
                    .toList()
                    .parallelStream()
                    .collect(Collectors.toConcurrentMap(Resource::address, this::against));
        }

        private Desire against(Resource desired) {
            Resource live = request.live().find(desired.address()).orElseThrow().resource();
            return Desire.against(live, desired, types.apply(desired.address().type()).schema(), owned(desired));
        }

        private Optional<Owned> owned(Resource desired) {
            return request.owned(desired.address()).or(() -> desired.directives().was().flatMap(request::owned));
        }

        private void make(Resource desired, Map<Address, Desire> hashed) {
            ResourceType type = types.apply(desired.address().type());
            Optional<LiveObject> live = request.live().find(desired.address());
            if (live.isEmpty()) {
                Resource planned = desired.withValue(Overlay.alone(type.schema(), desired.value()));
                changes.put(desired.address(), new Change.Create(desired, planned));
                return;
            }
            refuseTwoNames(desired, live.get());
            Desire desire = Optional.ofNullable(hashed.get(desired.address())).orElseGet(() -> against(desired));
            change(type, desired, live.get(), desire);
        }

        private void change(ResourceType type, Resource desired, LiveObject object, Desire desire) {
            Resource live = object.resource();
            Optional<Owned> owned = owned(desired);
            desire.holes()
                    .forEach(hole -> about(desired.address(), hole + ": secret, not given here; compared at apply"));
            Value.MapOf planned = type.propose(desire.resource(), live).value();
            if (owned.isPresent()) {
                Release release = Release.of(type, desired, live.value(), planned, owned.get());
                planned = release.planned();
                release.unmanaged().forEach(path -> about(desired.address(), path + ": no longer managed"));
            }
            List<Edit> edits = Diff.between(type.schema(), live.value(), planned);
            Resource becomes = live.withValue(planned);
            Optional<Address> formerly = object.formerly();
            List<Path> immutable = edits.stream()
                    .map(Edit::path)
                    .filter(path -> type.isImmutable(desired.address(), path))
                    .toList();
            if (!immutable.isEmpty()) {
                replace(type, desired, live, becomes, edits, immutable);
            } else if (owned.isEmpty() && formerly.isEmpty()) {
                changes.put(desired.address(), new Change.Adopt(live, desired, becomes, edits));
            } else if (edits.isEmpty() && formerly.isEmpty()) {
                matching.put(desired.address(), desired);
            } else {
                changes.put(desired.address(), new Change.Update(live, desired, becomes, edits, formerly));
            }
        }

        private void replace(ResourceType type, Resource desired, Resource live, Resource becomes, List<Edit> edits,
                List<Path> because) {
            boolean replaceable = type.mayBeReplaced(desired);
            if (!replaceable) {
                problems.add(Problem.refused(
                        because.getFirst() + " of " + desired.address() + " cannot be changed in place",
                        desired.origin().at(because.getFirst()).exact(),
                        type.insteadOfChanging()));
            }
            Resource anew = desired.withValue(Overlay.alone(type.schema(), desired.value()));
            changes.put(desired.address(),
                    new Change.Replace(live, desired, replaceable ? anew : becomes, edits, because));
        }

        private void refuseTwoNames(Resource desired, LiveObject live) {
            desired.directives()
                    .was()
                    .filter(was -> live.formerly().isEmpty() && request.live().find(was).isPresent())
                    .ifPresent(was -> problems.add(Problem.refused(
                            "both " + was + " and " + desired.address()
                                    + " are live, so the one cannot become the other",
                            desired.source().exact(), "Remove $was, or delete one of the two.")));
        }

        private void about(Address address, String text) {
            notices.add(new Plan.Notice.About(address, text));
        }

        private Problem cycle(List<Address> path) {
            String where = Optional.ofNullable(request.desired().get(path.getFirst()))
                    .map(r -> r.source().exact())
                    .orElse("");
            return Problem.invalid(
                    "resources wait for each other: "
                            + String.join(" → ", path.stream().map(Address::toString).toList()),
                    where,
                    "Take one of these references out.");
        }
    }
}
