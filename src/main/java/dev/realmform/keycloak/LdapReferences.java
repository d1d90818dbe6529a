package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Path;
import dev.realmform.model.Reference;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import java.util.HashSet;
import java.util.Set;

/** What the mappers of an LDAP federation name: groups, roles and clients of the realm. */
final class LdapReferences {

    private LdapReferences() {}

    static Set<Reference> of(Resource mapper) {
        Set<Reference> references = new HashSet<>();
        String realm = mapper.address().root();
        Value.MapOf config = mapper.value().map(Components.CONFIG);
        switch (mapper.value().text(Components.PROVIDER).orElse("")) {
            case "group-ldap-mapper" -> group(realm, config, "groups.path", references);
            case "hardcoded-ldap-group-mapper" -> group(realm, config, "group", references);
            case "hardcoded-ldap-role-mapper" -> role(realm, config, references);
            case "role-ldap-mapper" -> config.text("client.id")
                    .filter(client -> !client.isEmpty())
                    .ifPresent(client -> add(ClientType.address(realm, client), "client.id", references));
            default -> {
                // Of other mappers nothing is known.
            }
        }
        return references;
    }

    private static void group(String realm, Value.MapOf config, String key, Set<Reference> references) {
        config.text(key)
                .filter(path -> path.startsWith("/") && path.length() > 1)
                .ifPresent(
                        path -> references.add(GroupPath.reference(realm, path, Path.of(Components.CONFIG, key))));
    }

    private static void role(String realm, Value.MapOf config, Set<Reference> references) {
        config.text("role")
                .filter(role -> !role.isEmpty())
                .ifPresent(role -> references.add(RoleText.reference(realm, role, Path.of(Components.CONFIG, "role"))));
    }

    private static void add(Address to, String key, Set<Reference> references) {
        references.add(new Reference(to, Path.of(Components.CONFIG, key)));
    }
}
