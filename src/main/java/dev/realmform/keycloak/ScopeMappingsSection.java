package dev.realmform.keycloak;

import dev.realmform.model.Origin;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Scope mappings as a realm document holds them, by role: {@code scopeMappings} lists the holders of realm roles,
 * {@code clientScopeMappings} those of client roles, under the client whose roles they are. Turned round: by holder.
 */
final class ScopeMappingsSection {

    static final String REALM = "scopeMappings";
    private static final String CLIENT = "clientScopeMappings";

    static final Set<String> SECTIONS = Set.of(REALM, CLIENT);

    private static final String ROLES = "roles";

    private final ScopeMappingsType.Holder holder;
    private final Pieces pieces;
    private final SortedMap<String, Mappings> byHolder = new TreeMap<>();

    private ScopeMappingsSection(ScopeMappingsType.Holder holder, Pieces pieces) {
        this.holder = holder;
        this.pieces = pieces;
    }

    /** What one holder has, in the fields of {@link RoleGrants}. */
    record Mappings(Value.MapOf value, Origin origin) {}

    /** The mappings of all holders of one kind. Entries without a holder are problems, told for clients only. */
    static SortedMap<String, Mappings> of(Value.MapOf document, Origin origin, ScopeMappingsType.Holder holder,
            Pieces pieces) {
        ScopeMappingsSection section = new ScopeMappingsSection(holder, pieces);
        section.entries(document.list(REALM), origin.at(REALM), Optional.empty());
        document.map(CLIENT)
                .fields()
                .forEach((client, entries) -> section.entries(
                        entries instanceof Value.ListOf list ? list.items() : List.of(), origin.at(CLIENT).at(client),
                        Optional.of(client)));
        return section.byHolder;
    }

    private void entries(List<Value> entries, Origin at, Optional<String> client) {
        for (int i = 0; i < entries.size(); i++) {
            Origin origin = at.at(String.valueOf(i));
            if (!(entries.get(i) instanceof Value.MapOf entry)) {
                continue;
            }
            entry.text(holder.key()).ifPresent(name -> entry(name, entry, origin, client));
            if (holder == ScopeMappingsType.Holder.CLIENT && !entry.has("client") && !entry.has("clientScope")) {
                pieces.problem("a scope mapping names no holder", origin, "Give it a client or a clientScope.");
            }
        }
    }

    private void entry(String name, Value.MapOf entry, Origin origin, Optional<String> client) {
        Mappings before = byHolder.getOrDefault(name, new Mappings(Value.EMPTY_MAP, Origin.of(origin.source())));
        Value roles = entry.get(ROLES).orElse(Value.NULL);
        boolean twice = client.map(id -> before.value().map(RoleGrants.CLIENT_ROLES).has(id))
                .orElse(before.value().has(RoleGrants.REALM_ROLES));
        if (twice) {
            pieces.problem("the scope mappings of " + name + " are declared twice", origin,
                    "Put the roles of both into one list.");
            return;
        }
        Value.MapOf value = client
                .map(id -> before.value()
                        .with(RoleGrants.CLIENT_ROLES, before.value().map(RoleGrants.CLIENT_ROLES).with(id, roles)))
                .orElseGet(() -> before.value().with(RoleGrants.REALM_ROLES, roles));
        byHolder.put(name, new Mappings(value, origin(before.origin(), origin.at(ROLES), client)));
    }

    private static Origin origin(Origin before, Origin roles, Optional<String> client) {
        if (client.isEmpty()) {
            return with(before, RoleGrants.REALM_ROLES, roles);
        }
        Origin ofClients = before.below().getOrDefault(RoleGrants.CLIENT_ROLES, Origin.of(roles.source()));
        return with(before, RoleGrants.CLIENT_ROLES, with(ofClients, client.get(), roles));
    }

    private static Origin with(Origin origin, String field, Origin below) {
        Map<String, Origin> more = new HashMap<>(origin.below());
        more.put(field, below);
        return new Origin(origin.source(), more);
    }

    /** The other way round. */
    static void paste(ScopeMappingsType.Holder holder, Resource live, Sheet document) {
        String name = live.address().name();
        Value.MapOf who = Value.EMPTY_MAP.with(holder.key(), Value.text(name));
        String item = holder.key() + '/' + name;
        List<Value> ofRealm = live.value().list(RoleGrants.REALM_ROLES);
        if (!ofRealm.isEmpty()) {
            document.at(REALM).item(item).put(who.with(ROLES, new Value.ListOf(ofRealm)));
        }
        Value.MapOf ofClients = live.value().map(RoleGrants.CLIENT_ROLES);
        for (String client : ofClients.fields().keySet()) {
            document.at(List.of(CLIENT, client))
                    .item(item)
                    .put(who.with(ROLES, new Value.ListOf(ofClients.list(client))));
        }
    }
}
