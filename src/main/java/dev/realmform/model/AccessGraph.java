package dev.realmform.model;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who has what, as far as a plan touches it: users have groups and roles, groups the group around them and roles, roles the
 * roles that they are composed of. Whoever has something has all that this has.
 *
 * @param before    what each of them has itself; all that users of {@code users} come to is in it
 * @param steps     what the changes of a plan do, in their order
 * @param users     the users who may gain or lose something, present and future
 * @param roles     which of the nodes are roles
 * @param uncounted what users have who were not read, and why they were not
 * @param effective by realm, how long tokens live
 */
public record AccessGraph(Map<Address, Set<Address>> before, List<Step> steps, SortedSet<Address> users,
        Set<Address> roles, SortedMap<Address, String> uncounted, SortedMap<String, Access.Lifespan> effective) {

    public AccessGraph {
        Map<Address, Set<Address>> copy = new HashMap<>();
        before.forEach((from, to) -> copy.put(from, Set.copyOf(to)));
        before = Map.copyOf(copy);
        steps = List.copyOf(steps);
        users = Collections.unmodifiableSortedSet(new TreeSet<>(users));
        roles = Set.copyOf(roles);
        uncounted = Collections.unmodifiableSortedMap(new TreeMap<>(uncounted));
        effective = Collections.unmodifiableSortedMap(new TreeMap<>(effective));
    }

    /** {@code from} has {@code to}. */
    public record Edge(Address from, Address to) {

        /** As a record's own, which is assembled at run time and several times as slow. */
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Edge it && from.equals(it.from) && to.equals(it.to);
        }

        @Override
        public int hashCode() {
            return 31 * from.hashCode() + to.hashCode();
        }
    }

    /**
     * What one change does.
     *
     * @param by   the address of the change
     * @param gone what is deleted, with all that leads to it and away from it
     * @param cut  edges that go
     * @param tied edges that come
     */
    public record Step(Address by, Set<Address> gone, Set<Edge> cut, Set<Edge> tied) {
        public Step {
            gone = Set.copyOf(gone);
            cut = Set.copyOf(cut);
            tied = Set.copyOf(tied);
        }

        public boolean isEmpty() {
            return gone.isEmpty() && cut.isEmpty() && tied.isEmpty();
        }
    }
}
