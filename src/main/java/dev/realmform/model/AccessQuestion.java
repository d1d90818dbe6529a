package dev.realmform.model;

import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * What one wants to know of the access to a realm: no more is read.
 *
 * @param roles  of all roles of the realm those whose holders are asked for
 * @param groups paths of groups whose members are asked for, also those of the groups inside
 * @param users  names of users of whom is asked what they have
 */
public record AccessQuestion(UnaryOperator<Set<Address>> roles, SortedSet<String> groups, SortedSet<String> users,
        Depth depth) {

    /** How far up is asked. */
    public enum Depth {
        /** To the users. */
        USERS,
        /** To the groups and roles that users may have. */
        GROUPS
    }

    public AccessQuestion {
        groups = Collections.unmodifiableSortedSet(new TreeSet<>(groups));
        users = Collections.unmodifiableSortedSet(new TreeSet<>(users));
    }

    /** Who has one of the roles. */
    public static AccessQuestion who(UnaryOperator<Set<Address>> roles) {
        return new AccessQuestion(roles, new TreeSet<>(), new TreeSet<>(), Depth.USERS);
    }

    /** What leads to one of the roles, and what these users have. */
    public static AccessQuestion leading(UnaryOperator<Set<Address>> roles, Collection<String> users) {
        return new AccessQuestion(roles, new TreeSet<>(), new TreeSet<>(users), Depth.GROUPS);
    }

    /** What users have. */
    public static AccessQuestion of(Collection<String> users) {
        return leading(all -> Set.of(), users);
    }
}
