package dev.realmform.plan;

import dev.realmform.model.Address;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/**
 * The one order in which a set of addresses can be worked through, each after all that it waits for.
 *
 * <p>Depth-first over sorted addresses, so that the same edges always give the same order. The plan is made, shown and
 * applied in it.
 */
public sealed interface Order {

    /** Every address that occurs, as one that waits or as one that is waited for, once; after all that it waits for. */
    record Ordered(List<Address> addresses) implements Order {
        public Ordered {
            addresses = List.copyOf(addresses);
        }
    }

    /** No order exists: each address of the path waits for the next one, and the last is the first again. */
    record Cycle(List<Address> path) implements Order {
        public Cycle {
            path = List.copyOf(path);
        }

        /** The path for people: {@code a → b → a}. */
        @Override
        public String toString() {
            return String.join(" → ", path.stream().map(Address::toString).toList());
        }
    }

    /** Orders addresses by what each of them waits for. */
    static Order of(SortedMap<Address, ? extends Set<Address>> waitsFor) {
        return new DepthFirst(waitsFor).order();
    }
}
