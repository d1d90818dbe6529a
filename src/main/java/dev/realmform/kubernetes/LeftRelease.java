package dev.realmform.kubernetes;

import dev.realmform.kubernetes.section.ChartRelease;
import dev.realmform.model.Plan;
import dev.realmform.model.Resource;
import java.util.List;
import java.util.Optional;

/**
 * A release that is left to Helm, and the objects that its chart declares: they are looked at, and never written.
 */
public record LeftRelease(ChartRelease release, List<Resource> objects) {

    private static final int NAMED = 10;

    public LeftRelease {
        objects = List.copyOf(objects);
    }

    /**
     * What a plan says of it.
     *
     * @param differences of its objects, as {@link KubernetesProvider#differences} tells them
     */
    public Plan.Notice notice(List<String> differences) {
        String line = release.upgradeLine();
        String head = "release " + release.name() + " in " + release.namespace() + " is left to Helm, and ";
        if (differences.isEmpty()) {
            return new Plan.Notice.General(head + "its " + objects.size()
                    + " objects are as its values say. After a change of them: " + line);
        }
        String more = differences.size() > NAMED ? "; and " + (differences.size() - NAMED) + " more" : "";
        return new Plan.Notice.Warning(Optional.empty(), head + differences.size() + " of its " + objects.size()
                + " objects are not as its values say: "
                + String.join("; ", differences.stream().limit(NAMED).toList()) + more + ". To make them so: " + line);
    }
}
