package dev.realmform.model;

import java.util.Optional;
import java.util.Set;

/**
 * What the file says about a resource beside its fields: the {@code $} keys.
 *
 * @param was      the address it had before: rename in place ({@code $was})
 * @param delete   delete it, even if it was adopted ({@code $delete: true})
 * @param protect  refuse to delete it; empty if the file does not say ({@code $protect})
 * @param ignore   fields that are left to others ({@code $ignore})
 */
public record Directives(Optional<Address> was, boolean delete, Optional<Boolean> protect, Set<Path> ignore) {

    public static final Directives NONE = new Directives(Optional.empty(), false, Optional.empty(), Set.of());

    public Directives {
        ignore = Set.copyOf(ignore);
    }
}
