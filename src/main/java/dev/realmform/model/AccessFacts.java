package dev.realmform.model;

import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a server says about the access of some people in one realm, as far as it was asked. Read whole before it is judged.
 *
 * @param people  by address; who is not in the realm is missing
 * @param groups  the roles that each group gives by itself; groups that are not there are missing
 * @param roles   those that are there
 * @param clients as the server has them, by client id; without secrets
 * @param scopes  client scopes as the server has them, by name
 */
public record AccessFacts(SortedMap<Address, Person> people, SortedMap<Address, Set<Address>> groups,
        SortedSet<Address> roles, SortedMap<String, Value.MapOf> clients, SortedMap<String, Value.MapOf> scopes) {

    public AccessFacts {
        people = Collections.unmodifiableSortedMap(new TreeMap<>(people));
        groups = Collections.unmodifiableSortedMap(new TreeMap<>(groups));
        roles = Collections.unmodifiableSortedSet(new TreeSet<>(roles));
        clients = Collections.unmodifiableSortedMap(new TreeMap<>(clients));
        scopes = Collections.unmodifiableSortedMap(new TreeMap<>(scopes));
    }

    /**
     * Somebody who is in the realm.
     *
     * @param account as the server has it
     * @param groups  those that were asked for and that he is in himself
     * @param roles   all that he has, by whatever way, on the clients that were asked for and of the realm
     * @param tokens  by client id the id token that he would get: its claims, or nothing if the server makes none
     */
    public record Person(Value.MapOf account, Set<Address> groups, Set<Address> roles,
            SortedMap<String, Optional<Value.MapOf>> tokens) {
        public Person {
            groups = Set.copyOf(groups);
            roles = Set.copyOf(roles);
            tokens = Collections.unmodifiableSortedMap(new TreeMap<>(tokens));
        }

        public boolean isEnabled() {
            return !account.has("enabled") || account.isTrue("enabled");
        }
    }

    /**
     * What is asked.
     *
     * @param realm  its name on the server
     * @param tokens for which users an id token of which clients is looked at
     */
    public record Question(String realm, SortedSet<Address> users, SortedSet<Address> groups, SortedSet<Address> roles,
            SortedMap<Address, SortedSet<String>> tokens, Set<String> clients) {
        public Question {
            users = Collections.unmodifiableSortedSet(new TreeSet<>(users));
            groups = Collections.unmodifiableSortedSet(new TreeSet<>(groups));
            roles = Collections.unmodifiableSortedSet(new TreeSet<>(roles));
            tokens = Collections.unmodifiableSortedMap(new TreeMap<>(tokens));
            clients = Set.copyOf(clients);
        }

        /** The id token of a user for a client. */
        public Set<String> tokensOf(Address user) {
            return Optional.<Set<String>>ofNullable(tokens.get(user)).orElse(Set.of());
        }
    }

    /** The client that a role stands on; empty for a role of the realm. */
    public static Optional<String> clientOf(Address role) {
        return role.key().size() > 2 ? Optional.of(role.key().get(1)) : Optional.empty();
    }

    /** The names of the roles that somebody has on a client. */
    public static SortedSet<String> names(Set<Address> roles, String client) {
        SortedSet<String> names = new TreeSet<>();
        roles.stream()
                .filter(role -> clientOf(role).filter(client::equals).isPresent())
                .forEach(role -> names.add(role.name()));
        return names;
    }
}
