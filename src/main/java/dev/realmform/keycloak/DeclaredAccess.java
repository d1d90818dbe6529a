package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Path;
import dev.realmform.model.RealmAccess;
import dev.realmform.model.RealmAccess.Account;
import dev.realmform.model.RealmAccess.Standing;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who has what by what files declare: what a realm would hold that is made of them and that nobody has logged in to. Asks no
 * server.
 */
public final class DeclaredAccess {

    private final String realm;
    private final Map<Address, Set<Address>> has = new HashMap<>();
    private final SortedMap<Address, Account> accounts = new TreeMap<>();
    private final Set<Address> roles = new HashSet<>();
    private final Set<Address> groups = new HashSet<>();

    private DeclaredAccess(String realm) {
        this.realm = realm;
    }

    /** What the declared resources of a realm say. */
    public static RealmAccess of(String realm, Collection<Resource> declared) {
        DeclaredAccess access = new DeclaredAccess(realm);
        declared.stream()
                .filter(resource -> resource.address().root().equals(realm) && !resource.directives().delete())
                .forEach(access::read);
        return access.access().awaiting(KeycloakProvider.awaited(declared));
    }

    private RealmAccess access() {
        Address standard = Address.of(RealmRoleType.NAME, realm, DefaultRole.name(realm));
        accounts.keySet().forEach(user -> tie(user, standard));
        Set<Address> named = new HashSet<>();
        has.values().forEach(named::addAll);
        named.stream().filter(node -> !node.type().equals(GroupType.NAME)).forEach(roles::add);
        return new RealmAccess(realm, has, accounts, new TreeSet<>(roles), new TreeSet<>(groups), standard);
    }

    private void read(Resource resource) {
        Address address = resource.address();
        switch (address.type()) {
            case RealmRoleType.NAME, ClientRoleType.NAME -> {
                roles.add(address);
                granted(resource, RoleBodies.REALM, RoleBodies.CLIENT);
            }
            case GroupType.NAME -> {
                group(address);
                granted(resource, Path.of(RoleGrants.REALM_ROLES), Path.of(RoleGrants.CLIENT_ROLES));
            }
            case UserType.NAME, ServiceAccountType.NAME -> user(resource);
            case GroupMembersType.NAME -> asked(resource, Path.of(GroupMembersType.MEMBERS))
                    .forEach(user -> tie(UserType.address(realm, user), GroupMembersType.group(address)));
            default -> {
            }
        }
    }

    private void group(Address group) {
        if (groups.add(group)) {
            AccessSteps.around(group).ifPresent(outer -> {
                tie(group, outer);
                group(outer);
            });
        }
    }

    private void user(Resource resource) {
        Address user = resource.address();
        boolean account = user.type().equals(ServiceAccountType.NAME);
        boolean enabled = account || resource.value().isTrue("enabled");
        accounts.put(user,
                new Account(account ? UserType.canonicalName(ServiceAccountType.PREFIX + user.name()) : user.name(),
                        enabled ? Standing.ENABLED : Standing.DISABLED));
        granted(resource, Path.of(RoleGrants.REALM_ROLES), Path.of(RoleGrants.CLIENT_ROLES));
        asked(resource, Path.of(GroupPaths.FIELD)).forEach(path -> tie(user, GroupPath.address(realm, path)));
    }

    private void granted(Resource resource, Path ofRealm, Path ofClients) {
        Address to = resource.address();
        asked(resource, ofRealm).forEach(role -> tie(to, Address.of(RealmRoleType.NAME, realm, role)));
        if (resource.value().at(ofClients).orElse(Value.NULL) instanceof Value.MapOf byClient) {
            byClient.fields()
                    .keySet()
                    .forEach(client -> asked(resource, ofClients.then(client))
                            .forEach(role -> tie(to, Address.of(ClientRoleType.NAME, realm, client, role))));
        }
    }

    private static List<String> asked(Resource resource, Path path) {
        return RoleNames.asked(resource.value().at(path).orElse(Value.NULL));
    }

    private void tie(Address from, Address to) {
        has.computeIfAbsent(from, unseen -> new HashSet<>()).add(to);
    }
}
