package dev.realmform.plan;

import dev.realmform.model.Address;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which resources a plan is about. */
public sealed interface Extent {

    boolean includes(Address address);

    /** All that is declared, live or owned. */
    record Everything() implements Extent {
        @Override
        public boolean includes(Address address) {
            return true;
        }
    }

    /** These; of others nothing is planned, whatever is declared or owned. */
    record Only(SortedSet<Address> addresses) implements Extent {

        public Only {
            addresses = Collections.unmodifiableSortedSet(new TreeSet<>(addresses));
        }

        public static Only of(Set<Address> addresses) {
            return new Only(new TreeSet<>(addresses));
        }

        @Override
        public boolean includes(Address address) {
            return addresses.contains(address);
        }
    }
}
