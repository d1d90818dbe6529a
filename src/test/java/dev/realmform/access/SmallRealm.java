package dev.realmform.access;

import dev.realmform.model.Address;
import dev.realmform.model.Reach;
import dev.realmform.model.RealmAccess;
import dev.realmform.model.RealmAccess.Account;
import dev.realmform.model.RealmAccess.Standing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A realm for a test, said in a few words: groups by path, roles as {@code name} or {@code client/name}. */
final class SmallRealm {

    private final Map<Address, Set<Address>> has = new HashMap<>();
    private final TreeMap<Address, Account> accounts = new TreeMap<>();
    private final Set<Address> roles = new HashSet<>();
    private final Set<Address> groups = new HashSet<>();

    /** What somebody has. */
    final class Holder {

        private final Address address;

        Holder(Address address) {
            this.address = address;
        }

        Holder has(String... names) {
            for (String name : names) {
                Address role = named(name);
                roles.add(role);
                tie(address, role);
            }
            return this;
        }

        Holder in(String... paths) {
            for (String path : paths) {
                tie(address, group(path).address);
            }
            return this;
        }
    }

    Holder user(String name) {
        return user(name, Standing.ENABLED);
    }

    Holder user(String name, Standing standing) {
        Address user = Address.of("user", "r", name);
        accounts.put(user, new Account(name, standing));
        return new Holder(user);
    }

    Holder group(String path) {
        Address group = groupAt(path);
        if (groups.add(group) && path.lastIndexOf('/') > 0) {
            tie(group, group(path.substring(0, path.lastIndexOf('/'))).address);
        }
        return new Holder(group);
    }

    Holder role(String name) {
        roles.add(named(name));
        return new Holder(named(name));
    }

    private void tie(Address from, Address to) {
        has.computeIfAbsent(from, unseen -> new HashSet<>()).add(to);
    }

    static Address groupAt(String path) {
        List<String> key = new ArrayList<>(List.of("r"));
        key.addAll(List.of(path.substring(1).split("/")));
        return new Address("group", key);
    }

    static Address realmRole(String name) {
        return Address.of("realm-role", "r", name);
    }

    static Address clientRole(String client, String name) {
        return Address.of("client-role", "r", client, name);
    }

    private static Address named(String name) {
        int slash = name.indexOf('/');
        return slash < 0 ? realmRole(name) : clientRole(name.substring(0, slash), name.substring(slash + 1));
    }

    RealmAccess access() {
        return new RealmAccess("r", has, accounts, new TreeSet<>(roles), new TreeSet<>(groups),
                realmRole("default-roles-r"));
    }

    List<Reach> reaching(String thing) {
        RealmAccess access = access();
        return new Reaching(access, Asked.of(thing, access.roles(), Optional.empty()).orElseThrow()).everybody();
    }
}
