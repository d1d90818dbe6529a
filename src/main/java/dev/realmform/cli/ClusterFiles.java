package dev.realmform.cli;

import dev.realmform.config.Loader;
import dev.realmform.kubernetes.ClusterDocument;
import dev.realmform.kubernetes.LeftRelease;
import dev.realmform.kubernetes.section.Charts;
import dev.realmform.model.Address;
import dev.realmform.model.Origin;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Files with a section {@code cluster}, loaded.
 *
 * @param section as its objects are made of it: merged over all layers, references resolved
 * @param origin  where it and each of its values was written
 * @param left    what of it is left to Helm
 */
record ClusterFiles(Value.MapOf section, Origin origin, Loader.Loaded loaded, List<LeftRelease> left) {

    /** All objects that they speak of, whoever writes them. */
    Set<Address> objects() {
        Set<Address> objects = new TreeSet<>(loaded.state().resources().keySet());
        left.forEach(release -> release.objects().forEach(object -> objects.add(object.address())));
        return objects;
    }

    private record Part(Value.MapOf section, Origin origin) {}

    /**
     * Loads them.
     *
     * @param charts who renders the charts that they name
     * @throws ProblemException with all that is wrong, or if they have no such section
     */
    static ClusterFiles load(Shell shell, FileOptions files, Charts charts) {
        List<Part> parts = new ArrayList<>();
        List<LeftRelease> left = new ArrayList<>();
        Loader.Loaded loaded = Workplace.load(shell, files, new ServerOptions(), new StateOptions(),
                (settings, realms) -> {
                }, (section, origin) -> {
                    parts.add(new Part(section, origin));
                    return new ClusterDocument(charts, left::add).expand(section, origin);
                });
        if (!loaded.problems().isEmpty()) {
            throw new ProblemException(loaded.problems());
        }
        if (parts.isEmpty()) {
            throw Problem.invalid("the files have no section cluster", loaded.state().files().getFirst(),
                    "Name the file that describes the cluster: cluster: {keycloak: {hostname: …}}").asException();
        }
        return new ClusterFiles(parts.getFirst().section(), parts.getFirst().origin(), loaded, left);
    }
}
