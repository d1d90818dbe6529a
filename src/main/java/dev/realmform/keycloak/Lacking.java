package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.Provider;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What an older server does not know: it would answer 400, or take it and drop it without a word. A field is left aside with a
 * warning, so that one file serves servers of several versions; a whole object is refused, for whoever declares a permission or a
 * group counts on it. Where nobody tells the version, everything is sent, and the server itself answers.
 */
final class Lacking {

    private Lacking() {}

    /** @param version of the server, asked for only if something declared is not known to all */
    static Provider.Accepted accepted(SortedMap<Address, Resource> declared,
            Supplier<Optional<ServerVersion>> version) {
        SortedMap<Address, SortedMap<Path, String>> doubtful = doubtful(declared);
        Optional<ServerVersion> server = doubtful.isEmpty() ? Optional.empty() : version.get();
        if (server.isEmpty()) {
            return new Provider.Accepted(declared, List.of());
        }
        SortedMap<Address, Resource> kept = new TreeMap<>(declared);
        List<Plan.Notice> notices = new ArrayList<>();
        doubtful.forEach((address, fields) -> fields.forEach((field, last) -> {
            if (server.get().isUpTo(last)) {
                kept.computeIfPresent(address, (same, resource) -> {
                    if (!isNothing(resource.value().at(field))) {
                        notices.add(new Plan.Notice.About(address,
                                field + " is left aside: " + server.get() + " does not know it"));
                    }
                    return resource.withValue(without(resource.value(), field.segments()));
                });
            }
        }));
        return new Provider.Accepted(kept, notices);
    }

    /** What a server that does not know the field does anyway: there is nothing, it is off. Exports of old servers say so. */
    private static boolean isNothing(Optional<Value> value) {
        return value.filter(said -> !(said instanceof Value.Null) && !said.equals(Value.bool(false))).isEmpty();
    }

    /** What is declared and not known to all, with the newest version that does not know it. */
    private static SortedMap<Address, SortedMap<Path, String>> doubtful(SortedMap<Address, Resource> declared) {
        SortedMap<Address, SortedMap<Path, String>> doubtful = new TreeMap<>();
        declared.forEach((address, resource) -> {
            SortedMap<Path, String> fields = new TreeMap<>(Comparator.comparing(Path::toString));
            lacked(address).forEach((pattern, last) -> find(resource.value(), List.of(pattern.split("\\.", -1)),
                    List.of()).forEach(path -> fields.put(path, last)));
            if (!fields.isEmpty()) {
                doubtful.put(address, fields);
            }
        });
        return doubtful;
    }

    /** What there is at a path in which {@code *} is any name. */
    static List<Path> find(Value.MapOf value, List<String> pattern, List<String> above) {
        List<Path> found = new ArrayList<>();
        value.fields().forEach((name, below) -> {
            if (!pattern.getFirst().equals("*") && !pattern.getFirst().equals(name)) {
                return;
            }
            List<String> path = new ArrayList<>(above);
            path.add(name);
            if (pattern.size() == 1) {
                found.add(Path.of(path.toArray(String[]::new)));
            } else if (below instanceof Value.MapOf map) {
                found.addAll(find(map, pattern.subList(1, pattern.size()), path));
            }
        });
        return found;
    }

    static Value.MapOf without(Value.MapOf value, List<String> path) {
        return path.size() == 1 ? value.without(path.getFirst())
                : value.with(path.getFirst(),
                        without(value.map(path.getFirst()), path.subList(1, path.size())));
    }

    private static Map<String, String> lacked(Address address) {
        return KeycloakProvider.known(address).map(KeycloakType::lackedUpTo).orElse(Map.of());
    }

    /** Whether a server does not know a field. */
    static boolean lacks(Address address, String field, ServerVersion server) {
        String last = lacked(address).get(field);
        return last != null && server.isUpTo(last);
    }

    /** Refuses what a server has nothing of. */
    static List<Problem> review(Plan plan, Reader reader) {
        List<Problem> problems = new ArrayList<>();
        for (Change change : plan.changes()) {
            if (change instanceof Change.Create create) {
                KeycloakType type = KeycloakProvider.type(create);
                type.refusedBefore()
                        .flatMap(what -> reader.version()
                                .filter(server -> server.isBefore(type.since().orElseThrow()))
                                .map(server -> missing(create, server, what, type.since().orElseThrow())))
                        .ifPresent(problems::add);
            }
        }
        return problems;
    }

    private static Problem missing(Change.Create create, ServerVersion server, String what, String since) {
        return Problem.invalid(server + " has no " + what + ", and " + create.address() + " is one",
                create.desired().source().exact(),
                "Take it out, or take a newer server: they came with " + since + ".");
    }
}
