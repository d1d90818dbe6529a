package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Origin;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Reference;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What client profiles and client policies have in common: each lies in a list which a PUT replaces whole, beside the global
 * ones, which nobody can change; each holds a list of parts, that a provider carries out in this order.
 *
 * @param section  of a realm document
 * @param list     the field of the section, and the endpoint below {@code client-policies}
 * @param globals  the field of the answer that holds the global ones
 * @param parts    the field of a member that holds its parts
 * @param part     the field of a part that names its provider
 * @param provider the kind of these providers
 */
record PolicyList(String section, String list, String globals, String parts, String part, String provider) {

    private static final String ENDPOINT = "client-policies";
    static final String CONFIGURATION = "configuration";

    /** The server answers 500 to an executor without settings, and keeps a condition without them so (26.7.3). */
    Value.MapOf tidy(Value.MapOf member) {
        List<Value> tidied = new ArrayList<>();
        member.list(parts)
                .forEach(item -> tidied.add(item instanceof Value.MapOf map && !isObject(map)
                        ? map.with(CONFIGURATION, Value.EMPTY_MAP)
                        : item));
        return tidied.isEmpty() ? member : member.with(parts, new Value.ListOf(tidied));
    }

    private static boolean isObject(Value.MapOf part) {
        return part.get(CONFIGURATION).filter(Value.MapOf.class::isInstance).isPresent();
    }

    void read(KeycloakType type, Reader reader, Wanted wanted, Found found) {
        Value.MapOf answer = reader
                .objectAsked(Map.of("include-global-" + list, "true"), wanted.realm(), ENDPOINT, list)
                .orElse(Value.EMPTY_MAP);
        Set<String> names = wanted.names(type.name());
        for (String field : List.of(list, globals)) {
            for (Value item : answer.list(field)) {
                if (item instanceof Value.MapOf member
                        && (wanted.all(type) || names.contains(member.text("name").orElse("")))) {
                    found.add(type, Address.of(type.name(), wanted.realm(), member.text("name").orElse("")), member,
                            Optional.empty(), field.equals(globals));
                }
            }
        }
    }

    /** One PUT of the list as it is by then, with this member laid over it, or without it. */
    List<Call> calls(Schema schema, Change change) {
        if (change instanceof Change.Forget) {
            return Call.none();
        }
        Address address = change.address();
        Optional<Address> formerly = change instanceof Change.Update update ? update.renamedFrom() : Optional.empty();
        Value.MapOf body = change instanceof Change.Delete
                ? Value.EMPTY_MAP
                : Wire.body(schema, Wire.planned(change).value()).with("name", Value.text(address.name()));
        Way way = Way.realm(address.root()).then(ENDPOINT, list);
        return List.of(Call.put(way, body).reading(new Again.Member(list, formerly.orElse(address).name())));
    }

    /** Parts of providers that the server does not have: it would refuse the whole list. */
    List<Problem> review(String type, Plan plan, Reader reader) {
        List<Problem> problems = new ArrayList<>();
        for (Change change : plan.changes()) {
            boolean unmakes = change instanceof Change.Delete || change instanceof Change.Forget;
            if (!unmakes && change.address().type().equals(type)) {
                change.declared().ifPresent(declared -> problems.addAll(review(change, declared, reader)));
            }
        }
        return problems;
    }

    private List<Problem> review(Change change, Resource declared, Reader reader) {
        List<Problem> problems = new ArrayList<>();
        Set<String> known = new HashSet<>();
        change.before().ifPresent(live -> live.value().list(parts).forEach(item -> known.add(provider(item))));
        List<Value> items = declared.value().list(parts);
        for (int i = 0; i < items.size(); i++) {
            String name = provider(items.get(i));
            if (!known.contains(name) && new ServerProviders(reader).lacks(provider, name)) {
                Path at = Path.of(parts, String.valueOf(i), part);
                problems.add(Problem.invalid(
                        "the server has no " + part + " " + name + ", and " + change.address() + " asks for it",
                        declared.origin().at(at).exact() + "  " + at,
                        "Correct the name, or install what provides it on the server first."));
            }
        }
        return problems;
    }

    /** What the parts of a member name. */
    Set<Reference> references(Resource member) {
        return SettingReferences.ofPolicyParts(member.address().root(), member.value(), parts, part);
    }

    private String provider(Value item) {
        return item instanceof Value.MapOf map ? map.text(part).orElse("") : "";
    }

    /** The declared members; those that the server itself makes are left aside. */
    void cut(KeycloakType type, String realm, Value.MapOf document, Origin origin, Pieces pieces) {
        Value.MapOf declared = document.map(section);
        for (Pieces.Member member : pieces.members(declared, origin.at(section), list, "name")) {
            Address address = Address.of(type.name(), realm, member.name());
            if (type.isBuiltIn(address)) {
                pieces.leaveAside(member.name());
            } else {
                pieces.add(type, address, member.body(), member.origin());
            }
        }
        declared.list(globals).forEach(global -> pieces.leaveAside(globals));
    }
}
