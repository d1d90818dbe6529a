package dev.realmform.kubernetes.section;

import dev.realmform.model.Origin;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import java.util.List;
import java.util.function.Consumer;

/** A part of the section {@code cluster} that stands for objects, or for what they need. Pure. */
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

    /** What it stands for that is no object of the cluster. What is wrong with it, {@link #items} has said. */
    default List<Resource> others(Value.MapOf cluster, Origin origin) {
        return List.of();
    }
}
