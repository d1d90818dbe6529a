package dev.realmform.keycloak;

import dev.realmform.keycloak.admin.Method;
import dev.realmform.keycloak.admin.NeededRole;
import dev.realmform.keycloak.admin.Request;
import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Origin;
import dev.realmform.model.Reference;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.Field;
import dev.realmform.provider.Overlay;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What a resource type says about itself, asked with the object of its contract test, every field of it filled.
 *
 * @param document the contract's realm document
 * @param sample   that object
 */
record TypeFacts(KeycloakType type, Value.MapOf document, Resource sample) {

    private static final String REALM = "retail";

    static List<TypeFacts> all() {
        return TypeContract.all().stream().map(TypeFacts::of).toList();
    }

    private static TypeFacts of(TypeContract contract) {
        KeycloakType type = KeycloakProvider.TYPES.stream()
                .filter(one -> one.name().equals(contract.type()))
                .findFirst()
                .orElseThrow();
        Value.MapOf document = (Value.MapOf) dev.realmform.json.Json.parse(contract.document(REALM, contract.fields()));
        Resource sample = resources(document).stream()
                .filter(resource -> resource.address().type().equals(type.name()))
                .max(java.util.Comparator.comparingInt(resource -> resource.value().fields().size()))
                .orElseThrow(() -> new AssertionError("the contract of " + type.name() + " has none"));
        return new TypeFacts(type, document, sample);
    }

    private static List<Resource> resources(Value.MapOf document) {
        return new RealmDocument().expand(document, Origin.NONE).resources();
    }

    String name() {
        return type.name();
    }

    /** Where in a file it stands: the innermost place without which it is not declared, its own names in angle brackets. */
    List<String> place() {
        List<String> path = new ArrayList<>();
        Optional<String> deeper = deciding(path);
        while (deeper.isPresent()) {
            path.add(deeper.get());
            deeper = deciding(path);
        }
        return path.stream().map(segment -> isName(segment) ? "*" : segment).toList();
    }

    /** The sections of a document from which it is taken. */
    SortedSet<String> sections() {
        return new TreeSet<>(type.sections());
    }

    private boolean isName(String segment) {
        return sample.address().key().contains(segment)
                || sample.address().key().contains(segment.replaceFirst("^/", ""));
    }

    private Optional<String> deciding(List<String> path) {
        return at(document, path) instanceof Value.MapOf map
                ? map.fields().keySet().stream().filter(key -> decides(path, key)).findFirst()
                : Optional.empty();
    }

    private boolean decides(List<String> path, String key) {
        boolean ofTheRealm = path.isEmpty() && key.equals("realm");
        return !ofTheRealm && resources(without(document, path, key)).stream()
                .noneMatch(resource -> resource.address().equals(sample.address()));
    }

    private static Value at(Value value, List<String> path) {
        Value at = value;
        for (String segment : path) {
            at = at instanceof Value.MapOf map ? map.get(segment).orElse(Value.NULL) : Value.NULL;
        }
        return at;
    }

    private static Value.MapOf without(Value.MapOf map, List<String> path, String key) {
        if (path.isEmpty()) {
            return map.without(key);
        }
        Value below = without(map.map(path.getFirst()), path.subList(1, path.size()), key);
        return map.with(path.getFirst(), below);
    }

    /** The fields, with the way to them, of which something is true; free keys are {@code *}. */
    List<String> fields(Predicate<Field> fact) {
        List<String> paths = new ArrayList<>();
        collect("", type.schema().root(), fact, paths);
        return paths;
    }

    private static void collect(String at, Field field, Predicate<Field> fact, List<String> paths) {
        if (!at.isEmpty() && fact.test(field)) {
            paths.add(at);
        }
        String before = at.isEmpty() ? "" : at + ".";
        new TreeMap<>(field.fields()).forEach((name, below) -> {
            // Flows hold flows: once says it.
            if (!List.of(at.split("\\.")).contains(name)) {
                collect(before + name, below, fact, paths);
            }
        });
        field.members().ifPresent(member -> collect(before + "*", member, fact, paths));
    }

    /** The types that its fields name, but for what it lies in. */
    SortedSet<String> refersTo() {
        SortedSet<String> types = new TreeSet<>();
        for (Reference reference : type.references(sample)) {
            if (!isAround(reference.to())) {
                reference.any().forEach(address -> types.add(address.type()));
            }
        }
        return types;
    }

    private boolean isAround(Address address) {
        Optional<Address> around = type.container(sample.address());
        while (around.isPresent()) {
            if (around.get().equals(address)) {
                return true;
            }
            around = KeycloakProvider.container(around.get());
        }
        return false;
    }

    /** The roles that making it takes, or, of what comes with something else, filling it. */
    SortedSet<String> rolesToApply() {
        return roles(false);
    }

    /** The roles that looking at all that takes. */
    SortedSet<String> rolesToPlan() {
        return roles(true);
    }

    private SortedSet<String> roles(boolean reading) {
        Resource planned = sample.withValue(Overlay.alone(type.schema(), sample.value()));
        SortedSet<String> roles = new TreeSet<>();
        for (Call call : type.calls(new Change.Create(sample, planned))) {
            List<String> path = call.path().segments().stream().map(Shown::of).toList();
            boolean own = !reading || !path.isEmpty();
            Request request = new Request(reading ? Method.GET : call.method(), path, new TreeMap<>(), Optional.empty(),
                    true);
            if (own) {
                roles.add(NeededRole.of(request));
            }
        }
        return plain(roles);
    }

    /** Where a path leaves open which role it takes, that which is needed anyway. */
    private static SortedSet<String> plain(SortedSet<String> roles) {
        SortedSet<String> plain = new TreeSet<>();
        for (String role : roles) {
            String[] either = role.split(" \\(| for ", 3);
            plain.add(either.length == 3 && roles.contains(either[1]) ? either[1] : either[0]);
        }
        return plain;
    }
}
