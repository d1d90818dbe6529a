package dev.realmform.model;

import java.util.Set;
import java.util.TreeSet;

/**
 * That a resource refers to another.
 *
 * @param to what it refers to
 * @param at the field that holds the reference
 * @param or what it may mean as well, where the text leaves it open: one of all these has to be there
 */
public record Reference(Address to, Path at, Set<Address> or) {

    public Reference {
        or = Set.copyOf(or);
    }

    public Reference(Address to, Path at) {
        this(to, at, Set.of());
    }

    /** As a record's own, which is assembled at run time and several times as slow. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Reference it && to.equals(it.to) && at.equals(it.at) && or.equals(it.or);
    }

    @Override
    public int hashCode() {
        return 31 * to.hashCode() + at.hashCode();
    }

    /** Everything that it may mean. */
    public Set<Address> any() {
        Set<Address> any = new TreeSet<>(or);
        any.add(to);
        return any;
    }
}
