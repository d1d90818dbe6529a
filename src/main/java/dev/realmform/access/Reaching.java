package dev.realmform.access;

import dev.realmform.model.Address;
import dev.realmform.model.Product;
import dev.realmform.model.Reach;
import dev.realmform.model.RealmAccess;
import dev.realmform.model.RealmAccess.Account;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Who comes to a thing, and by which ways. */
public final class Reaching {

    /** Of more ways of one user nobody reads any. */
    static final int MOST = 100;

    private final RealmAccess access;
    private final Asked asked;
    private final Set<Address> roles;
    private final Holdings holdings;
    /** All that leads to one of the roles. */
    private final Set<Address> leading;

    public Reaching(RealmAccess access, Asked asked) {
        this.access = access;
        this.asked = asked;
        this.roles = asked.roles();
        this.holdings = new Holdings(access.has());
        this.leading = holdings.holders(roles);
    }

    /** All who have a part of it or the whole, by name. */
    public List<Reach> everybody() {
        List<Reach> all = new ArrayList<>();
        access.accounts().keySet().forEach(user -> of(user).ifPresent(all::add));
        all.sort(Comparator.comparing((Reach reach) -> reach.account().username()).thenComparing(Reach::user));
        return all;
    }

    /** What leads this user to it; empty if he has no part of it. */
    public Optional<Reach> of(Address user) {
        Account account = access.accounts().get(user);
        if (account == null || !leading.contains(user)) {
            return Optional.empty();
        }
        Set<Address> had = new HashSet<>(holdings.reachable(user));
        had.retainAll(roles);
        boolean whole = asked.ways().stream().anyMatch(way -> had.containsAll(way.roles()));
        SortedSet<Address> missing = new TreeSet<>();
        for (Product.Way way : asked.ways()) {
            if (!whole && way.roles().stream().anyMatch(had::contains)) {
                missing.addAll(way.roles());
            }
        }
        missing.removeAll(had);
        return Optional.of(new Reach(user, account, paths(user), whole, missing));
    }

    /** The groups and roles that bring a part of it by themselves. */
    public SortedSet<Address> nearest() {
        SortedSet<Address> nodes = new TreeSet<>(leading);
        nodes.removeAll(access.accounts().keySet());
        nodes.removeIf(node -> access.of(node).stream().noneMatch(roles::contains));
        return nodes;
    }

    /** All that one has, by whatever way. */
    public SortedSet<Address> all(Address user) {
        SortedSet<Address> all = new TreeSet<>(holdings.reachable(user));
        all.remove(user);
        return all;
    }

    private List<List<Address>> paths(Address user) {
        List<List<Address>> paths = new ArrayList<>();
        walk(user, new LinkedHashSet<>(Set.of(user)), paths);
        paths.sort(Comparator.<List<Address>>comparingInt(List::size).thenComparing(List::toString));
        return paths;
    }

    /** Composites may go in circles: nothing stands twice on one path. */
    private void walk(Address at, SequencedSet<Address> path, List<List<Address>> paths) {
        for (Address next : new TreeSet<>(access.of(at))) {
            if (paths.size() < MOST && leading.contains(next) && path.add(next)) {
                if (roles.contains(next)) {
                    paths.add(path.stream().skip(1).toList());
                }
                walk(next, path, paths);
                path.removeLast();
            }
        }
    }
}
