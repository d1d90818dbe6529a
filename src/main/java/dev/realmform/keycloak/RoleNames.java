package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Path;
import dev.realmform.model.Reference;
import dev.realmform.model.Value;
import dev.realmform.provider.Overlay;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Roles by name, as composites, groups and users hold them: a set of realm roles, and a set of client roles for each
 * client.
 */
final class RoleNames {

    private RoleNames() {}

    /** The members that a declared set asks for: all of it, or what it adds. */
    static List<String> asked(Value set) {
        return switch (set) {
            case Value.MapOf partial when Overlay.isPartial(partial) -> partial.texts(Overlay.ADD);
            case Value.ListOf list -> Value.EMPTY_MAP.with("set", list).texts("set");
            default -> List.of();
        };
    }

    /** The references in a set of realm roles at a path. */
    static Set<Reference> realmRoles(String realm, Value set, Path at) {
        Set<Reference> references = new HashSet<>();
        asked(set).forEach(role -> references.add(new Reference(Address.of(RealmRoleType.NAME, realm, role), at)));
        return references;
    }

    /** The references in a map from client to a set of its roles at a path. */
    static Set<Reference> clientRoles(String realm, Value.MapOf byClient, Path at) {
        Set<Reference> references = new HashSet<>();
        byClient.fields().forEach((client, set) -> {
            references.add(new Reference(Address.of(ClientType.NAME, realm, client), at.then(client)));
            asked(set).forEach(role -> references.add(
                    new Reference(Address.of(ClientRoleType.NAME, realm, client, role), at.then(client))));
        });
        return references;
    }

    /** Live realm roles under the names that they have in the file. */
    static Value realmRoles(Renames renames, String realm, Iterable<String> live) {
        SortedSet<String> names = new TreeSet<>();
        live.forEach(role -> names.add(renames.now(Address.of(RealmRoleType.NAME, realm, role)).name()));
        return Value.texts(names);
    }

    /** Live client roles under the names that they have in the file. */
    static Value.MapOf clientRoles(Renames renames, String realm, Map<String, ? extends Iterable<String>> live) {
        SortedMap<String, Value> byClient = new TreeMap<>();
        live.forEach((client, roles) -> {
            SortedSet<String> names = new TreeSet<>();
            roles.forEach(
                    role -> names.add(renames.now(Address.of(ClientRoleType.NAME, realm, client, role)).name()));
            byClient.put(renames.now(Address.of(ClientType.NAME, realm, client)).name(), Value.texts(names));
        });
        return new Value.MapOf(byClient);
    }

    /** The body that names a role in mappings and composites: Keycloak looks at the id, for mappings at the name too. */
    static Value.MapOf body(Address role) {
        return Value.EMPTY_MAP.with("id", Way.idOf(role)).with("name", Value.text(role.name()));
    }
}
