package dev.realmform.kubernetes.section;

import dev.realmform.model.Origin;
import dev.realmform.model.Problem;
import dev.realmform.model.Value;
import java.util.List;
import java.util.function.Consumer;

/** A part of the section {@code cluster} that stands for objects. Pure. */
public interface ClusterSection {

    /** Its key in the section {@code cluster}. */
    String key();

    /**
     * The objects that it stands for.
     *
     * @param cluster  the whole section {@code cluster}, merged over all layers, references resolved
     * @param origin   where the section and each of its values were written
     * @param problems takes what is wrong with it
     */
    List<Item> items(Value.MapOf cluster, Origin origin, Consumer<Problem> problems);
}
