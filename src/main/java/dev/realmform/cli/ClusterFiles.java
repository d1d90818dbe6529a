package dev.realmform.cli;

import dev.realmform.config.Loader;
import dev.realmform.kubernetes.ClusterDocument;
import dev.realmform.model.Origin;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Files with a section {@code cluster}, loaded.
 *
 * @param section as its objects are made of it: merged over all layers, references resolved
 * @param origin  where it and each of its values was written
 */
record ClusterFiles(Value.MapOf section, Origin origin, Loader.Loaded loaded) {

    private record Part(Value.MapOf section, Origin origin) {}

    /**
     * Loads them.
     *
     * @throws ProblemException with all that is wrong, or if they have no such section
     */
    static ClusterFiles load(Shell shell, FileOptions files) {
        List<Part> parts = new ArrayList<>();
        Loader.Loaded loaded = Workplace.load(shell, files, new ServerOptions(), new StateOptions(),
                (settings, realms) -> {
                }, (section, origin) -> {
                    parts.add(new Part(section, origin));
                    return new ClusterDocument().expand(section, origin);
                });
        if (!loaded.problems().isEmpty()) {
            throw new ProblemException(loaded.problems());
        }
        if (parts.isEmpty()) {
            throw Problem.invalid("the files have no section cluster", loaded.state().files().getFirst(),
                    "Name the file that describes the cluster: cluster: {keycloak: {hostname: …}}").asException();
        }
        return new ClusterFiles(parts.getFirst().section(), parts.getFirst().origin(), loaded);
    }
}
