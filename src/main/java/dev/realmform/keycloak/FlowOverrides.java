package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Path;
import dev.realmform.model.Reference;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The flows that a client has in place of the realm's: by alias for people, by id on the wire. */
final class FlowOverrides {

    /** The field of a client that holds them. */
    static final String NAME = "authenticationFlowBindingOverrides";

    private FlowOverrides() {}

    static Set<Reference> references(Resource client) {
        Set<Reference> references = new HashSet<>();
        client.value().map(NAME).fields().forEach((use, flow) -> {
            if (flow instanceof Value.Text(String alias)) {
                references.add(new Reference(FlowType.address(client.address().root(), alias), Path.of(NAME, use)));
            }
        });
        return references;
    }

    /** Exports of old servers hold empty ones, other files blank ones; to the server both are none. */
    static Value.MapOf tidy(Value.MapOf client) {
        return client.get(NAME).orElse(Value.NULL) instanceof Value.MapOf overrides
                ? client.with(NAME, overrides.each((use, flow) -> Optional.of(flow)
                        .filter(alias -> !(alias instanceof Value.Text(String text) && text.isBlank()))))
                : client;
    }

    private static Value.MapOf each(Value.MapOf client, UnaryOperator<String> other) {
        return client.get(NAME).orElse(Value.NULL) instanceof Value.MapOf overrides
                ? client.with(NAME, overrides.each((use, flow) -> Optional.of(flow instanceof Value.Text(String text)
                        ? Value.text(other.apply(text))
                        : flow)))
                : client;
    }

    /** A live client, if its flows matter; costs a request for the flows. */
    static Value.MapOf byAlias(Reader reader, Wanted wanted, Found found, Address client, Value.MapOf raw) {
        if (raw.map(NAME).isEmpty() || !wanted.asks(client, NAME)) {
            return raw;
        }
        Map<String, String> aliases = aliases(reader.objects(wanted.realm(), "authentication", "flows"));
        return each(raw, id -> aliases.containsKey(id)
                ? found.renames().now(FlowType.address(wanted.realm(), aliases.get(id))).name()
                : id);
    }

    /** A client of a file that is an export: it has the ids of the flows in the same file. */
    static Value.MapOf ofDocument(Value.MapOf document, Value.MapOf client) {
        if (client.map(NAME).isEmpty()) {
            return client;
        }
        List<Value.MapOf> flows = document.list("authenticationFlows")
                .stream()
                .filter(Value.MapOf.class::isInstance)
                .map(Value.MapOf.class::cast)
                .toList();
        Map<String, String> aliases = aliases(flows);
        document.map("authenticationFlows")
                .fields()
                .forEach((alias, flow) -> {
                    if (flow instanceof Value.MapOf body) {
                        body.text("id").ifPresent(id -> aliases.put(id, alias));
                    }
                });
        return each(client, id -> aliases.getOrDefault(id, id));
    }

    private static Map<String, String> aliases(List<Value.MapOf> flows) {
        Map<String, String> aliases = new HashMap<>();
        flows.forEach(flow -> flow.text("id")
                .ifPresent(id -> aliases.put(id, flow.text("alias").orElse(id))));
        return aliases;
    }

    /** The body of a client as the server takes it. */
    static Value.MapOf byId(Address client, Value.MapOf body) {
        return body.get(NAME).orElse(Value.NULL) instanceof Value.MapOf overrides
                ? body.with(NAME, overrides.each((use, flow) -> Optional.of(
                        flow instanceof Value.Text(String alias) && !alias.isEmpty()
                                ? Way.idOf(FlowType.address(client.root(), alias))
                                : flow)))
                : body;
    }
}
