package dev.realmform.model;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the members of a group are to have.
 *
 * @param users  those who are to be in it, service accounts too; there or not
 * @param roles  what the group is to give them
 * @param source where that is said
 */
public record Entitlement(Address group, SortedSet<Address> users, SortedSet<Address> roles, Source source) {

    public Entitlement {
        users = Collections.unmodifiableSortedSet(new TreeSet<>(users));
        roles = Collections.unmodifiableSortedSet(new TreeSet<>(roles));
    }

    /** The same with more roles. */
    public Entitlement and(SortedSet<Address> more) {
        SortedSet<Address> all = new TreeSet<>(roles);
        all.addAll(more);
        return new Entitlement(group, users, all, source);
    }
}
