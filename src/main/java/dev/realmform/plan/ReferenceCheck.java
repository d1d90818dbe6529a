package dev.realmform.plan;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Path;
import dev.realmform.model.Problem;
import dev.realmform.model.Reference;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.ResourceType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** What the file refers to must be declared or live, and must not be about to go. */
record ReferenceCheck(PlanRequest request, Function<String, ResourceType> types, SortedMap<Address, Change> changes) {

    List<Problem> problems() {
        // Thousands refer to the same realm, roles and groups: what is there is looked up once.
        Set<Address> sound = ConcurrentHashMap.newKeySet();
        return List.copyOf(request.desired().values())
                .parallelStream()
                .filter(desired -> !desired.directives().delete() && request.extent().includes(desired.address()))
                .flatMap(desired -> problems(desired, sound).stream())
                .toList();
    }

    private List<Problem> problems(Resource desired, Set<Address> sound) {
        List<Problem> problems = new ArrayList<>();
        holes(desired, problems);
        List<Reference> doubtful = new ArrayList<>();
        for (Reference reference : types.apply(desired.address().type()).named(desired)) {
            if (!isSound(reference.to(), sound)) {
                doubtful.add(reference);
            }
        }
        doubtful.sort(Comparator.comparing(Reference::at).thenComparing(Reference::to));
        doubtful.forEach(reference -> check(desired, reference, problems));
        return problems;
    }

    private boolean isSound(Address to, Set<Address> sound) {
        if (sound.contains(to)) {
            return true;
        }
        return isThere(to) && !(changes.get(to) instanceof Change.Delete) && sound.add(to);
    }

    /** A value that another resource has once it is applied: somebody has to have it. */
    private void holes(Resource desired, List<Problem> problems) {
        if (!Leaves.haveUnknown(desired.value())) {
            return;
        }
        Holes holes = new Holes(request);
        Leaves.of(desired.value()).forEach((path, value) -> {
            if (value instanceof Value.Unknown unknown && holes.source(unknown).isEmpty()) {
                problems.add(Problem.invalid(
                        "$(ref:" + unknown.source() + "." + unknown.field() + ") of " + desired.address()
                                + " names no resource, or more than one",
                        desired.origin().at(path).exact() + "  " + path,
                        "Write the whole address, as plans print it: client/my-realm/my-client.secret."));
            } else if (value instanceof Value.Unknown unknown && isSecret(holes.source(unknown).orElseThrow(), unknown)
                    && !types.apply(desired.address().type()).schema().at(path).isSecret()) {
                problems.add(Problem.invalid(
                        "$(ref:" + unknown.source() + "." + unknown.field() + ") is a secret and may not stand in "
                                + path + " of " + desired.address(),
                        desired.origin().at(path).exact() + "  " + path,
                        "Whoever may read " + desired.address()
                                + " would see it. Refer to a field that is no secret."));
            }
        });
    }

    private boolean isSecret(Address source, Value.Unknown unknown) {
        return !unknown.field().equals(Value.Unknown.ID)
                && types.apply(source.type()).schema().at(Path.parse(unknown.field())).isSecret();
    }

    private void check(Resource desired, Reference reference, List<Problem> problems) {
        Address to = reference.to();
        String where = desired.origin().at(reference.at()).exact()
                + (reference.at().isRoot() ? "" : "  " + reference.at());
        if (reference.or().stream().anyMatch(this::stays)) {
            return;
        }
        if (changes.get(to) instanceof Change.Delete) {
            problems.add(Problem.invalid(desired.address() + " refers to " + to + ", which this plan deletes", where,
                    "Keep " + to + " in the file, or take the reference out."));
        } else if (!isThere(to)) {
            problems.add(Problem.invalid(
                    to + " is neither declared nor live, and " + desired.address() + " refers to it", where,
                    "Declare it, or take the reference out." + similar(to)));
        }
    }

    private boolean stays(Address to) {
        return isThere(to) && !(changes.get(to) instanceof Change.Delete);
    }

    private boolean isThere(Address to) {
        boolean declared = request.desired().containsKey(to) && !request.desired().get(to).directives().delete();
        return declared || request.live().find(to).isPresent();
    }

    private String similar(Address to) {
        return Similar.to(to, Stream.concat(request.desired().keySet().stream(),
                request.live().objects().keySet().stream())).map(near -> " Similar: " + near + ".").orElse("");
    }
}
