package dev.realmform.model;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * What the state remembers of one resource.
 *
 * @param id      the server's id of it; empty if it has none of its own
 * @param created whether we created it (only then it may be deleted when it leaves the file) or adopted it
 * @param protect whether {@code $protect} was in force when it was last applied; outlives the block in the file
 * @param fields  for each declared path, what we left there
 * @param needs   what it referred to, to order deletions when the file is gone
 */
public record Owned(Optional<String> id, boolean created, boolean protect, SortedMap<Path, Mark> fields,
        Set<Address> needs) {

    public Owned {
        fields = FrozenMap.of(fields);
        needs = Set.copyOf(needs);
    }

    /** Whether it remembers a secret that the server does not show. */
    public boolean hasHashOfSecret() {
        for (Mark mark : fields.values()) {
            if (mark.print().isSlow()) {
                return true;
            }
        }
        return false;
    }

    /** Whether it has a hash of each field. */
    public boolean hasAllPrints() {
        return fields.values().stream().noneMatch(mark -> mark.print().equals(Fingerprint.NONE));
    }

    // Written out, as that of Value.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Owned it && id.equals(it.id) && created == it.created && protect == it.protect
                && fields.equals(it.fields) && needs.equals(it.needs);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, created, protect, fields, needs);
    }

    public Owned withId(Optional<String> other) {
        return new Owned(other, created, protect, fields, needs);
    }

    /** What it remembers of secrets that the server does not show. */
    public SortedMap<Path, Fingerprint> hashesOfSecrets() {
        SortedMap<Path, Fingerprint> hashes = new TreeMap<>();
        fields.forEach((path, mark) -> {
            if (mark.print().isSlow()) {
                hashes.put(path, mark.print());
            }
        });
        return hashes;
    }

    /**
     * What the state keeps of one declared field.
     *
     * @param print   a one-way hash of the value that was last applied
     * @param written whether we wrote it, or found it as declared
     */
    public record Mark(Fingerprint print, boolean written) {}
}
