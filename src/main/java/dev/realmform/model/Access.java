package dev.realmform.model;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who gains or loses which roles by a plan.
 *
 * @param moves     in the order of the plan
 * @param effective by realm, how long a token lives that was given out before: so late do the moves take effect
 */
public record Access(List<Move> moves, SortedMap<String, Lifespan> effective) {

    public static final Access NONE = new Access(List.of(), new TreeMap<>());

    public Access {
        moves = List.copyOf(moves);
        effective = Collections.unmodifiableSortedMap(new TreeMap<>(effective));
    }

    public boolean isEmpty() {
        return moves.isEmpty();
    }

    /**
     * What one change gives or takes. A user who has a role by another way, before and after, neither gains nor loses it.
     *
     * @param by    the change with which the move is complete
     * @param roles those that lead to others of them first
     */
    public record Move(Address by, Way way, List<Address> roles, Who who) {
        public Move {
            roles = List.copyOf(roles);
        }
    }

    public enum Way {
        GAIN, LOSE
    }

    /** The users whom a move is about. */
    public sealed interface Who {

        /** Users and service accounts, sorted. */
        record Users(List<Address> users) implements Who {
            public Users {
                users = List.copyOf(users);
            }
        }

        /**
         * Those who have something (a group, a role), and who could not be told one by one.
         *
         * @param why in words
         */
        record NotCounted(Address have, String why) implements Who {}
    }

    /**
     * How long tokens live.
     *
     * @param seconds of the realm
     * @param longer  clients whose tokens live longer
     */
    public record Lifespan(long seconds, SortedMap<Address, Long> longer) {
        public Lifespan {
            longer = Collections.unmodifiableSortedMap(new TreeMap<>(longer));
        }
    }
}
