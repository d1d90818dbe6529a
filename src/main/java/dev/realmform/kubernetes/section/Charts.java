package dev.realmform.kubernetes.section;

import dev.realmform.model.Value;
import java.util.List;
import java.util.Optional;

/** Makes manifests of charts. */
@FunctionalInterface
public interface Charts {

    /** For commands that do without what a chart declares, and so need no program: those that work offline. */
    Charts UNRENDERED = release -> Optional.empty();

    /**
     * The objects of a chart. Of one that is left to Helm, what comes out another each time is missing.
     *
     * @return empty if this run does not look at charts
     * @throws dev.realmform.model.ProblemException if it cannot be rendered, or becomes something else each time
     */
    Optional<List<Value.MapOf>> render(ChartRelease release);
}
