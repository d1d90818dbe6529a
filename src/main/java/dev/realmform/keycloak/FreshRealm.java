package dev.realmform.keycloak;

import dev.realmform.json.Json;
import dev.realmform.model.Path;
import dev.realmform.model.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What each new realm has by itself, and each new object in it: what an export need not say. It stands in
 * {@code fresh-realm.json}, as Keycloak 26.7.3 makes it; a test compares the two. Of another version what differs is in the export, and
 * does no harm there.
 */
final class FreshRealm {

    /** The name of the realm in the file. */
    static final String REALM = "fresh-realm";

    /** Stands for all members of their kind that a new realm does not have. */
    static final String ANY = "*";

    private static final String DEFAULT_ROLES = "default-roles-";
    private static final String FLOWS = "authenticationFlows";

    /** Lists whose items are declared one by one. */
    private static final Set<String> BY_ITEM = Set.of(ComponentSection.NAME, "scopeMappings", "clientScopeMappings");

    private static final String CLIENTS = "clients";
    private static final String SCOPES = "clientScopes";

    /** Where members stand that each realm brings along. */
    private static final List<Path> MEMBERS = List.of(Path.of(CLIENTS), Path.of(SCOPES), Path.of("roles", "realm"),
            Path.of("requiredActions"), Path.of(FLOWS));

    private FreshRealm() {}

    /** What a document says beyond a new realm of that name. */
    static Value.MapOf without(String realm, Value.MapOf document) {
        Value.MapOf fresh = suited(document, (Value.MapOf) named(read(), realm));
        SortedMap<String, Value> left = new TreeMap<>();
        document.fields().forEach((section, value) -> {
            Comparison comparison = new Comparison(section.equals(FLOWS), BY_ITEM.contains(section),
                    section.equals(UserProfileType.SECTION));
            Optional<Value> other = fresh.get(section);
            Optional<Value> kept = other.isEmpty() ? Optional.of(value) : comparison.left(value, other.get());
            kept.ifPresent(own -> left.put(section, own));
        });
        left.computeIfPresent(CLIENTS, (section, clients) -> inPairs((Value.MapOf) clients, document.map(CLIENTS)));
        return new Value.MapOf(left);
    }

    /** A client that is made with one of its lists of scopes has nothing in the other (26.7.3): who says one says both. */
    private static Value.MapOf inPairs(Value.MapOf clients, Value.MapOf live) {
        return clients.each((id, client) -> {
            Value.MapOf own = (Value.MapOf) client;
            if (own.has(ScopeLists.DEFAULTS) == own.has(ScopeLists.OPTIONALS)) {
                return Optional.of(own);
            }
            for (String list : ScopeLists.BOTH) {
                own = own.with(list, live.map(id).get(list).orElse(new Value.ListOf(List.of())));
            }
            return Optional.of(own);
        });
    }

    /** What a new realm of that name has and a document does not: a file cannot say that, and a copy of the realm has it. */
    static List<String> lacking(String realm, Value.MapOf document) {
        Value.MapOf fresh = (Value.MapOf) named(read(), realm);
        List<String> lacking = new ArrayList<>();
        for (Path members : MEMBERS) {
            lacking(document, fresh, members, lacking);
        }
        for (String scope : fresh.map(SCOPES).fields().keySet()) {
            if (document.map(SCOPES).has(scope)) {
                lacking(document, fresh, Path.of(SCOPES, scope, Mappers.NAME), lacking);
            }
        }
        return lacking;
    }

    private static void lacking(Value.MapOf document, Value.MapOf fresh, Path at, List<String> lacking) {
        Value there = document.at(at).orElse(Value.EMPTY_MAP);
        if (fresh.at(at).orElse(Value.EMPTY_MAP) instanceof Value.MapOf members && there instanceof Value.MapOf own) {
            members.fields()
                    .keySet()
                    .stream()
                    .filter(name -> !name.equals(ANY) && !own.has(name))
                    .forEach(name -> lacking.add(at.then(name).toString()));
        }
    }

    /** A new client has the scopes that its realm gives: in a realm that gives others, each client has to say its own. */
    private static Value.MapOf suited(Value.MapOf document, Value.MapOf fresh) {
        Value.MapOf clients = fresh.map(CLIENTS);
        boolean asUsual = RealmBindingsType.SCOPES.keySet()
                .stream()
                .allMatch(list -> document.get(list).equals(fresh.get(list)));
        return asUsual ? fresh
                : fresh.with(CLIENTS,
                        clients.with(ANY, clients.map(ANY).without(ScopeLists.DEFAULTS, ScopeLists.OPTIONALS)));
    }

    private static Value.MapOf read() {
        try (InputStream file = FreshRealm.class.getResourceAsStream("fresh-realm.json")) {
            return (Value.MapOf) Json
                    .parse(new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With the name of a realm in place of the one in the file. */
    private static Value named(Value value, String realm) {
        return switch (value) {
            case Value.Text(String text) -> Value.text(named(text, realm));
            case Value.ListOf(List<Value> items) ->
                new Value.ListOf(items.stream().map(item -> named(item, realm)).toList());
            case Value.MapOf map -> {
                SortedMap<String, Value> fields = new TreeMap<>();
                map.fields().forEach((name, field) -> fields.put(named(name, realm), named(field, realm)));
                yield new Value.MapOf(fields);
            }
            default -> value;
        };
    }

    private static String named(String text, String realm) {
        boolean isRole = text.startsWith(DEFAULT_ROLES);
        return text.replace(REALM, isRole ? realm.toLowerCase(Locale.ROOT) : realm);
    }

    /**
     * How a section is compared.
     *
     * @param whole  members that differ are kept whole: the steps of a flow are read together
     * @param byItem lists lose the items that are the same, and are else kept whole
     * @param emptied rules that a named item of a list has in a new realm and has lost are said to be empty
     */
    private record Comparison(boolean whole, boolean byItem, boolean emptied) {

        /** What of a value is not as in a new realm; empty if all is. */
        Optional<Value> left(Value live, Value fresh) {
            if (live.equals(fresh)) {
                return Optional.empty();
            }
            if (live instanceof Value.MapOf map && fresh instanceof Value.MapOf known) {
                return fields(map, known);
            }
            if (byItem && live instanceof Value.ListOf(List<Value> items)
                    && fresh instanceof Value.ListOf(List<Value> there)) {
                List<Value> own = new ArrayList<>(items);
                own.removeAll(there);
                return own.isEmpty() ? Optional.empty() : Optional.of(new Value.ListOf(own));
            }
            return Optional.of(emptied ? emptied(live, fresh) : live);
        }

        private static Value emptied(Value live, Value fresh) {
            if (!(live instanceof Value.ListOf(List<Value> items))
                    || !(fresh instanceof Value.ListOf(List<Value> there))) {
                return live;
            }
            Map<Optional<String>, Value.MapOf> byName = new HashMap<>();
            there.forEach(item -> byName.put(name(item), item instanceof Value.MapOf map ? map : Value.EMPTY_MAP));
            return new Value.ListOf(items.stream().map(item -> {
                Value own = item;
                for (String rule : byName.getOrDefault(name(item), Value.EMPTY_MAP).fields().keySet()) {
                    own = own instanceof Value.MapOf map && !map.has(rule) ? map.with(rule, Value.NULL) : own;
                }
                return own;
            }).toList());
        }

        private static Optional<String> name(Value item) {
            return item instanceof Value.MapOf map ? map.text("name") : Optional.empty();
        }

        private Optional<Value> fields(Value.MapOf live, Value.MapOf fresh) {
            SortedMap<String, Value> own = new TreeMap<>();
            live.fields().forEach((name, value) -> {
                Optional<Value> there = fresh.get(name);
                Optional<Value> template = there.isPresent() ? Optional.empty() : fresh.get(ANY);
                if (whole && there.isPresent()) {
                    there.filter(same -> !same.equals(value)).ifPresent(ignored -> own.put(name, value));
                } else if (there.isPresent()) {
                    left(value, there.get()).ifPresent(kept -> own.put(name, kept));
                } else {
                    own.put(name, template.map(known -> left(value, known).orElse(Value.EMPTY_MAP)).orElse(value));
                }
            });
            return own.isEmpty() ? Optional.empty() : Optional.of(new Value.MapOf(own));
        }
    }
}
