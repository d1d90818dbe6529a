package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.RealmAccess;
import dev.realmform.model.RealmAccess.Account;
import dev.realmform.model.RealmAccess.Standing;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Who has what in a realm document as an export has it: all of it, with the users that are in it. Asks no server. */
public final class DocumentAccess {

    private static final String NAME = "name";

    private final String realm;
    private final Value.MapOf document;
    private final Map<Address, Set<Address>> has = new HashMap<>();
    private final SortedMap<Address, Account> accounts = new TreeMap<>();
    private final Set<Address> roles = new HashSet<>();
    private final Set<Address> groups = new HashSet<>();

    private DocumentAccess(Value.MapOf document) {
        this.document = document;
        this.realm = document.text("realm").orElse("");
    }

    /** What the document says. */
    public static RealmAccess of(Value.MapOf document) {
        return new DocumentAccess(document).read();
    }

    private RealmAccess read() {
        maps(document.map("roles").list("realm")).forEach(role -> role(realmRole(role.text(NAME).orElse("")), role));
        Value.MapOf byClient = document.map("roles").map("client");
        byClient.fields()
                .keySet()
                .forEach(client -> maps(byClient.list(client))
                        .forEach(role -> role(clientRole(client, role.text(NAME).orElse("")), role)));
        maps(document.list("groups")).forEach(group -> group(List.of(realm), group));
        maps(document.list("users")).forEach(this::user);
        // Some are only named: by whoever has them.
        has.values()
                .forEach(held -> held.stream().filter(node -> !node.type().equals(GroupType.NAME)).forEach(roles::add));
        return new RealmAccess(realm, has, accounts, new TreeSet<>(roles), new TreeSet<>(groups),
                realmRole(document.map("defaultRole")
                        .text(NAME)
                        .orElse(DefaultRole.name(realm))));
    }

    private Address realmRole(String name) {
        return Address.of(RealmRoleType.NAME, realm, name);
    }

    private Address clientRole(String client, String name) {
        return Address.of(ClientRoleType.NAME, realm, client, name);
    }

    private void role(Address role, Value.MapOf body) {
        roles.add(role);
        granted(role, body.map("composites").texts("realm"), body.map("composites").map("client"));
    }

    private void granted(Address to, List<String> ofRealm, Value.MapOf byClient) {
        ofRealm.forEach(name -> tie(to, realmRole(name)));
        byClient.fields()
                .keySet()
                .forEach(client -> byClient.texts(client).forEach(name -> tie(to, clientRole(client, name))));
    }

    private void tie(Address from, Address to) {
        has.computeIfAbsent(from, unseen -> new HashSet<>()).add(to);
    }

    private void group(List<String> around, Value.MapOf body) {
        List<String> key = new ArrayList<>(around);
        key.add(body.text(NAME).orElse(""));
        Address group = new Address(GroupType.NAME, key);
        groups.add(group);
        AccessSteps.around(group).ifPresent(outer -> tie(group, outer));
        granted(group, body.texts(RoleGrants.REALM_ROLES), body.map(RoleGrants.CLIENT_ROLES));
        maps(body.list("subGroups")).forEach(inner -> group(key, inner));
    }

    private void user(Value.MapOf body) {
        String username = UserType.canonicalName(body.text("username").orElse(""));
        Address user = body.text(ServiceAccountType.CLIENT_ID)
                .map(client -> ServiceAccountType.address(realm, client))
                .orElseGet(() -> UserType.address(realm, username));
        accounts.put(user, new Account(username, body.isTrue("enabled") ? Standing.ENABLED : Standing.DISABLED));
        granted(user, body.texts(RoleGrants.REALM_ROLES), body.map(RoleGrants.CLIENT_ROLES));
        body.texts(GroupPaths.FIELD).forEach(path -> tie(user, group(path)));
    }

    /** Exports do not mark slashes inside names: the group that is there and is written that way is meant. */
    private Address group(String path) {
        Address plain = GroupPath.address(realm, path);
        return groups.contains(plain) ? plain
                : groups.stream()
                        .filter(group -> ("/" + String.join("/", group.key().subList(1, group.key().size())))
                                .equals(path))
                        .findFirst()
                        .orElse(plain);
    }

    private static List<Value.MapOf> maps(List<Value> items) {
        return items.stream().filter(Value.MapOf.class::isInstance).map(Value.MapOf.class::cast).toList();
    }
}
