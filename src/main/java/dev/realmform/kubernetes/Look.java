package dev.realmform.kubernetes;

import dev.realmform.model.Address;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.LiveState.LiveObject;
import dev.realmform.provider.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * One look at a cluster: the objects of a scope as they are, and what the server would make of those that are declared. What
 * goes wrong with one object is told with what goes wrong with the others.
 */
final class Look {

    private static final int NAMED = 5;
    private static final int NOT_LISTED = 405;

    /** What the server itself keeps about others, and takes away with them. */
    private static final Set<String> TRACES = Set.of("Event", "Endpoints", "EndpointSlice", "PodMetrics",
            "ControllerRevision");

    private final ClusterPort cluster;
    private final Refs refs;
    private final DryRuns dryRuns;
    private final Scope scope;

    private final Map<Address, LiveObject> objects = new ConcurrentSkipListMap<>();
    private final Map<Address, Plan.Notice> notices = new ConcurrentSkipListMap<>();
    private final Map<Address, Problem> problems = new ConcurrentSkipListMap<>();
    private final NavigableSet<Address> untried = new ConcurrentSkipListSet<>();

    Look(ClusterPort cluster, DryRuns dryRuns, Scope scope) {
        this.cluster = cluster;
        this.refs = new Refs(cluster);
        this.dryRuns = dryRuns;
        this.scope = scope;
    }

    /** @throws ProblemException with all that could not be read or that the server would refuse */
    void take() {
        NavigableSet<Address> wanted = new TreeSet<>(scope.declared().keySet());
        wanted.addAll(scope.owned().keySet());
        for (Address address : List.copyOf(wanted)) {
            namespace(address).ifPresent(wanted::add);
        }
        Parallel.each(wanted, this::read);
        check();
        Parallel.each(scope.declared().values(), this::tryOut);
        check();
        for (Address going : scope.going()) {
            if (going.type().equals(ObjectType.NAMESPACE) && objects.containsKey(going)) {
                contents(going);
            }
        }
        check();
    }

    Map<Address, LiveObject> objects() {
        return objects;
    }

    List<Plan.Notice> notices() {
        List<Plan.Notice> all = new ArrayList<>(notices.values());
        if (!untried.isEmpty()) {
            String names = String.join(", ", untried.stream().limit(NAMED).map(Address::toString).toList());
            String more = untried.size() > NAMED ? " and " + (untried.size() - NAMED) + " more" : "";
            all.add(new Plan.Notice.General("this login may only read, so " + names + more
                    + " were compared by their declared fields alone: a weaker comparison, which does not know the"
                    + " server's defaults and rules"));
        }
        return all;
    }

    private void check() {
        if (!problems.isEmpty()) {
            throw new ProblemException(List.copyOf(problems.values()));
        }
    }

    private static Optional<Address> namespace(Address address) {
        String name = Manifests.namespace(address);
        return name.isEmpty() ? Optional.empty() : Optional.of(Address.of(ObjectType.NAMESPACE, name));
    }

    private String where(Address address) {
        return Optional.ofNullable(scope.declared().get(address))
                .map(resource -> resource.source().exact())
                .filter(place -> !place.isEmpty())
                .orElse(address.toString());
    }

    private void read(Address address) {
        Optional<Resource> declared = Optional.ofNullable(scope.declared().get(address));
        Optional<ObjectRef> ref = refs.of(address, declared.map(Resource::value).orElse(Value.EMPTY_MAP));
        if (ref.isEmpty()) {
            declared.filter(ignored -> !isBroughtAlong(address))
                    .ifPresent(resource -> problems.put(address,
                            Problem.invalid("the cluster knows no kind " + KnownKinds.kind(address.type()) + " in "
                                    + resource.value().text("apiVersion").orElse(""), where(address),
                                    "Install what brings it, or correct apiVersion and kind.")));
            return;
        }
        if (declared.isPresent() && !isInPlace(address, ref.get().kind().namespaced())) {
            return;
        }
        switch (cluster.get(ref.get())) {
            case ClusterAnswer.Done(Value.MapOf object) -> {
                objects.put(address, live(address, object));
                goesAway(address, object).ifPresent(problem -> problems.put(address, problem));
            }
            case ClusterAnswer.Refused refused when refused.status() == Refusals.NOT_FOUND -> {
            }
            case ClusterAnswer.Refused refused when Refusals.lacksRight(refused) && isOnlyAround(address) ->
                objects.put(address, new LiveObject(Resource.live(address, Value.EMPTY_MAP), Optional.empty(), true,
                        Optional.empty()));
            case ClusterAnswer.Refused refused -> problems.put(address,
                    Refusals.of(refused, address + " cannot be read", where(address)));
            case ClusterAnswer.Trouble(Problem problem) -> problems.put(address, problem);
        }
    }

    /** What is on its way out takes along what is written to it now. */
    private Optional<Problem> goesAway(Address address, Value.MapOf object) {
        Value.MapOf metadata = object.map(Manifests.METADATA);
        boolean needed = isDeclared(address)
                || scope.declared()
                        .keySet()
                        .stream()
                        .anyMatch(one -> namespace(one).filter(address::equals).isPresent());
        if (!needed || !metadata.has("deletionTimestamp")) {
            return Optional.empty();
        }
        List<String> holders = metadata.texts("finalizers");
        return Optional.of(Problem.failed(address + " is on its way out, since "
                + metadata.text("deletionTimestamp").orElse("")
                + (holders.isEmpty() ? "" : "; it waits for " + String.join(", ", holders)), where(address),
                "Wait until it is gone, and plan again: then it is made anew. kubectl describe shows what keeps it."));
    }

    private boolean isDeclared(Address address) {
        return Optional.ofNullable(scope.declared().get(address))
                .filter(resource -> !resource.directives().delete())
                .isPresent();
    }

    /** A namespace that is none of ours, and may not be looked at, is taken to be there: a dry run in it tells. */
    private boolean isOnlyAround(Address address) {
        return address.type().equals(ObjectType.NAMESPACE) && !scope.declared().containsKey(address)
                && !scope.owned().containsKey(address);
    }

    /** Whether a definition in the same files brings the kind. */
    private boolean isBroughtAlong(Address address) {
        Optional<Resource> definition = scope.declared()
                .values()
                .stream()
                .filter(resource -> Definitions.isOne(resource) && Definitions.type(resource).equals(address.type()))
                .findFirst();
        definition.ifPresent(brought -> {
            if (isInPlace(address, Definitions.isNamespaced(brought))) {
                about(address, "created after its CustomResourceDefinition, fields not checked");
            }
        });
        return definition.isPresent();
    }

    private boolean isInPlace(Address address, boolean namespaced) {
        if (namespaced == address.key().size() > 1) {
            return true;
        }
        problems.put(address, Problem.invalid(namespaced
                ? address + " lies in a namespace, and none is named"
                : address + " lies in no namespace, and one is named", where(address),
                namespaced ? "Add metadata.namespace, or cluster.namespace for all."
                        : "Take metadata.namespace out; where cluster.namespace is set, write namespace: \"\"."));
        return false;
    }

    private static LiveObject live(Address address, Value.MapOf object) {
        return new LiveObject(Resource.live(address, Manifests.canonical(address, object)),
                Optional.of(Manifests.uid(object)).filter(uid -> !uid.isEmpty()), ObjectType.isMadeByTheServer(address),
                Optional.empty());
    }

    private void tryOut(Resource written) {
        Address address = written.address();
        Optional<Value.MapOf> live = Optional.ofNullable(objects.get(address)).map(object -> object.resource().value());
        Resource desired = live.map(value -> Holes.kept(written, value)).orElse(written);
        Optional<ObjectRef> ref = refs.declared(desired);
        if (ref.isEmpty() || desired.directives().delete()) {
            return;
        }
        Optional<Address> namespace = namespace(address);
        if (namespace.isPresent() && !objects.containsKey(namespace.get())) {
            about(address, "created after " + namespace.get() + ", fields not checked");
            return;
        }
        Trial trial = new Trial(cluster, ref.get(), desired, live);
        switch (trial.result()) {
            case Trial.Result.Tried(DryRuns.DryRun answer) -> {
                dryRuns.put(address, answer);
                answer.conflicts().forEach(conflict -> about(address, conflict.text()));
            }
            case Trial.Result.NotAllowed(Optional<DryRuns.DryRun> weaker, boolean grants) -> {
                if (grants) {
                    about(address,
                            "this login may not give the rights that it gives: compared by its declared fields alone");
                } else {
                    untried.add(address);
                }
                weaker.ifPresent(answer -> dryRuns.put(address, answer));
            }
            case Trial.Result.Wrong(Problem problem) -> problems.put(address, problem);
        }
    }

    private void about(Address address, String text) {
        notices.merge(address, new Plan.Notice.About(address, text),
                (one, other) -> new Plan.Notice.About(address, one.text() + "; " + other.text()));
    }

    /** What else lies in a namespace that is to go, without what goes with something else in it. */
    private void contents(Address namespace) {
        Parallel.each(cluster.inNamespaces(), kind -> {
            switch (cluster.list(kind, namespace.name(), "")) {
                case ClusterAnswer.Done(Value.MapOf list) -> Manifests.items(list)
                        .stream()
                        .filter(item -> isOnItsOwn(kind, item))
                        .forEach(item -> {
                            Address address = Manifests.address(kind.apiVersion(), kind.name(), item);
                            objects.putIfAbsent(address, live(address, item));
                        });
                case ClusterAnswer.Refused refused when refused.status() == Refusals.FORBIDDEN
                        || refused.status() == Refusals.NOT_FOUND || refused.status() == NOT_LISTED ->
                    about(namespace, "it is not known whether there are any " + kind.plural() + " in it");
                case ClusterAnswer.Refused refused -> problems.put(namespace, Refusals.of(refused,
                        "what lies in " + namespace + " cannot be listed", namespace.toString()));
                case ClusterAnswer.Trouble(Problem problem) -> problems.put(namespace, problem);
            }
        });
    }

    private static boolean isOnItsOwn(Kind kind, Value.MapOf item) {
        return item.map(Manifests.METADATA).list("ownerReferences").isEmpty() && !TRACES.contains(kind.name());
    }
}
