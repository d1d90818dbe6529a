package dev.realmform.kubernetes.section;

import dev.realmform.model.Path;
import dev.realmform.model.Value;
import java.util.Optional;

/**
 * One object of the cluster that a section stands for.
 *
 * @param manifest as it is to be applied; values may be secrets or not known yet; the {@code data} of a Secret is plain
 * @param from     where in the section {@code cluster} it comes from
 * @param chart    what it was rendered from, if it was
 */
public record Item(Value.MapOf manifest, Path from, Optional<ChartRelease> chart) {

    /** Before a value of a Secret's data that is no text, and so stands in base64 all the same. */
    public static final String BINARY = "\u0000base64:";

    /** One that no chart had a hand in. */
    public Item(Value.MapOf manifest, Path from) {
        this(manifest, from, Optional.empty());
    }
}
