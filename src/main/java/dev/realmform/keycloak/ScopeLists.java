package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Path;
import dev.realmform.model.Reference;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.Overlay;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The client scopes that a client has: those that are in each token, and those that have to be asked for. */
final class ScopeLists {

    static final String DEFAULTS = "defaultClientScopes";
    static final String OPTIONALS = "optionalClientScopes";

    static final List<String> BOTH = List.of(DEFAULTS, OPTIONALS);

    private ScopeLists() {}

    static Set<Reference> references(Resource client) {
        Set<Reference> references = new HashSet<>();
        for (String field : BOTH) {
            client.value()
                    .get(field)
                    .map(RoleNames::asked)
                    .orElse(List.of())
                    .forEach(scope -> references.add(new Reference(
                            ClientScopeType.address(client.address().root(), scope), Path.of(field))));
        }
        return references;
    }

    /** The body of a POST without lists in part: those join the ones that the realm gives. */
    static Value.MapOf whole(Value.MapOf body, Value.MapOf desired) {
        Value.MapOf whole = body;
        for (String field : BOTH) {
            whole = Overlay.isPartial(desired.get(field).orElse(Value.NULL)) ? whole.without(field) : whole;
        }
        return whole;
    }

    /** What a new client takes of lists in part, once it has those of the realm. */
    static List<Call> partly(Address client, Value.MapOf desired) {
        List<Call> deletes = new ArrayList<>();
        List<Call> puts = new ArrayList<>();
        for (String field : BOTH) {
            if (desired.get(field).orElse(Value.NULL) instanceof Value.MapOf partial && Overlay.isPartial(partial)) {
                partial.texts(Overlay.REMOVE).forEach(scope -> deletes.add(Call.delete(way(client, field, scope))));
                partial.texts(Overlay.ADD).forEach(scope -> puts.add(Call.put(way(client, field, scope))));
            }
        }
        deletes.addAll(puts);
        return deletes;
    }

    /** A PUT of the client ignores its scopes. One that moves from default to optional has to go first. */
    static List<Call> calls(Address client, Value.MapOf before, Value.MapOf after) {
        List<Call> calls = new ArrayList<>();
        for (String field : BOTH) {
            Sets.between(before, after, Path.of(field))
                    .removed()
                    .forEach(scope -> calls.add(Call.delete(way(client, field, scope))));
        }
        for (String field : BOTH) {
            Sets.between(before, after, Path.of(field))
                    .added()
                    .forEach(scope -> calls.add(Call.put(way(client, field, scope))));
        }
        return calls;
    }

    private static Way way(Address client, String field, String scope) {
        String endpoint = field.equals(DEFAULTS) ? "default-client-scopes" : "optional-client-scopes";
        return ClientType.at(client).then(endpoint).id(ClientScopeType.address(client.root(), scope));
    }

    /** The server takes both lists, and keeps a scope of both as a default one (26.7.3). */
    static void refuseTwice(Pieces.Member client, Value.MapOf body, Pieces pieces) {
        List<String> defaults = body.texts(DEFAULTS);
        body.texts(OPTIONALS)
                .stream()
                .filter(defaults::contains)
                .distinct()
                .forEach(scope -> pieces.problem(
                        "the scope " + scope + " is both a default and an optional one of the client " + client.name(),
                        client.origin().at(OPTIONALS), "A client has it either way: take it out of one list."));
    }
}
