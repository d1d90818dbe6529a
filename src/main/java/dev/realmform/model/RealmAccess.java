package dev.realmform.model;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Who has what in one realm, as far as it was asked for: users have groups and roles, groups the group around them and roles,
 * roles the roles that they are composed of. Whoever has something has all that this has.
 *
 * @param has      what each of them has itself
 * @param accounts the users and service accounts that were met
 * @param roles    all roles of the realm
 * @param groups   the groups that were met
 * @param standard the role that everybody is given who is made
 */
public record RealmAccess(String realm, Map<Address, Set<Address>> has, SortedMap<Address, Account> accounts,
        SortedSet<Address> roles, SortedSet<Address> groups, Address standard) {

    public RealmAccess {
        Map<Address, Set<Address>> copy = new HashMap<>();
        has.forEach((from, to) -> copy.put(from, Set.copyOf(to)));
        has = Map.copyOf(copy);
        accounts = Collections.unmodifiableSortedMap(new TreeMap<>(accounts));
        roles = Collections.unmodifiableSortedSet(new TreeSet<>(roles));
        groups = Collections.unmodifiableSortedSet(new TreeSet<>(groups));
    }

    /** A user, by the name with which he logs in, or a service account. */
    public record Account(String username, Standing standing) {}

    /** Whether somebody may log in, and whether he is there at all. */
    public enum Standing {
        ENABLED, DISABLED,
        /** Declared, and not in the realm yet: waits for the first login. */
        AWAITED
    }

    /** What one has itself. */
    public Set<Address> of(Address node) {
        return has.getOrDefault(node, Set.of());
    }

    /** The user or service account of that name, if it is there or waited for. */
    public Optional<Address> account(String username) {
        return accounts.entrySet()
                .stream()
                .filter(account -> account.getValue().username().equalsIgnoreCase(username))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** The group of that path, if it was met. */
    public Optional<Address> group(String path) {
        return groups.stream().filter(group -> path(group).equals(path)).findFirst();
    }

    /** The path of a group, in which a slash that belongs to a name is written {@code ~/}. */
    public static String path(Address group) {
        return group.key().stream().skip(1).map(name -> "/" + name.replace("/", "~/")).collect(Collectors.joining());
    }

    /** With users of whom it is known that they will come. */
    public RealmAccess awaiting(Set<Address> users) {
        SortedMap<Address, Account> more = new TreeMap<>(accounts);
        users.stream()
                .filter(user -> user.root().equals(realm))
                .forEach(user -> more.putIfAbsent(user, new Account(user.name(), Standing.AWAITED)));
        return new RealmAccess(realm, has, more, roles, groups, standard);
    }
}
