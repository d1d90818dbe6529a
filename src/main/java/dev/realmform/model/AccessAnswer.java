package dev.realmform.model;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who can use a thing and why, or why one user can.
 *
 * @param realm   the realm that was asked
 * @param origin  where: an address or a file
 * @param name    of the thing
 * @param kind    {@code role}, or what a product calls its own: {@code pool}
 * @param ways    how one comes to it; any one does
 * @param absent  roles of these ways that are not there
 * @param reaches by user name
 * @param seen    when they logged in last
 * @param subject the one who was asked about; nobody if all were
 * @param users   whether the origin tells of users at all
 */
public record AccessAnswer(String realm, String origin, String name, String kind, List<Product.Way> ways,
        SortedSet<Address> absent, List<Reach> reaches, SortedMap<Address, Seen> seen, Optional<Subject> subject,
        boolean users) {

    public AccessAnswer {
        ways = List.copyOf(ways);
        absent = Collections.unmodifiableSortedSet(new TreeSet<>(absent));
        reaches = List.copyOf(reaches);
        seen = Collections.unmodifiableSortedMap(new TreeMap<>(seen));
    }

    /**
     * One user, and what there is in place of a way.
     *
     * @param groups  that he is in
     * @param roles   that he has, by whatever way
     * @param instead groups and roles that would lead him to the thing
     */
    public record Subject(Address user, RealmAccess.Account account, SortedSet<Address> groups,
            SortedSet<Address> roles,
            SortedSet<Address> instead) {
        public Subject {
            groups = Collections.unmodifiableSortedSet(new TreeSet<>(groups));
            roles = Collections.unmodifiableSortedSet(new TreeSet<>(roles));
            instead = Collections.unmodifiableSortedSet(new TreeSet<>(instead));
        }
    }

    /** Whether somebody who was asked about has the thing, or a part of it, and may log in. */
    public boolean isUsable() {
        return reaches.stream().anyMatch(Reach::enabled);
    }
}
