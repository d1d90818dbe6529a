package dev.realmform.model;

import java.util.List;

/** One difference inside a resource. Computed once, in the planner; renderers and providers read it. */
public sealed interface Edit {

    Path path();

    /** The field is not there yet. */
    record Add(Path path, Value after) implements Edit {}

    /** The field goes. */
    record Remove(Path path, Value before) implements Edit {}

    /** The field changes its value. For secrets, {@code before} may be {@link Value.Hidden}. */
    record Set(Path path, Value before, Value after) implements Edit {}

    /**
     * The members of a set or sequence change.
     *
     * @param kept      how many stay
     * @param reordered whether the members that stay change their order (sequences only)
     */
    record Items(Path path, List<Value> added, List<Value> removed, int kept, boolean reordered) implements Edit {
        public Items {
            added = List.copyOf(added);
            removed = List.copyOf(removed);
        }
    }
}
