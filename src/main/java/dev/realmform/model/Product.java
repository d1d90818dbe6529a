package dev.realmform.model;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What takes the roles of a realm for rights of its own, and names of its own for what they open.
 *
 * @param name   as people call it
 * @param kind   what its things are called: {@code pool}
 * @param gained when a role that somebody gains takes effect there, beyond the next token
 * @param lost   the same of one that somebody loses
 */
public record Product(String name, String kind, List<Thing> things, String gained, String lost) {

    public Product {
        things = List.copyOf(things);
    }

    public Optional<Thing> thing(String called) {
        return things.stream().filter(thing -> thing.name().equals(called)).findFirst();
    }

    /** The roles of a way whose name is this one: on all clients where they have to stand. */
    public SortedSet<Address> roles(String called) {
        return new TreeSet<>(things.stream()
                .flatMap(thing -> thing.ways().stream())
                .flatMap(way -> way.roles().stream())
                .filter(role -> role.name().equals(called))
                .toList());
    }

    /** Something that roles open; any one of the ways does. */
    public record Thing(String name, List<Way> ways) {
        public Thing {
            ways = List.copyOf(ways);
        }
    }

    /**
     * Who has all of these roles has it as a whole, who has one of them a part.
     *
     * @param because whose way it is, in words: {@code team group1}
     */
    public record Way(String because, SortedSet<Address> roles) {
        public Way {
            roles = Collections.unmodifiableSortedSet(new TreeSet<>(roles));
        }
    }
}
