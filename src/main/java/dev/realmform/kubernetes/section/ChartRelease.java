package dev.realmform.kubernetes.section;

import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A chart and all that it is rendered with, as {@code cluster.keycloak.helm} says it.
 *
 * @param name   of the release
 * @param files  of values, the later wins
 * @param values what stands in the file itself, and wins over the files; may hold secrets
 * @param isLeft Helm itself installs and upgrades it: nothing of it is written here
 * @param place  where it was written, for whoever has to complain
 */
public record ChartRelease(String name, String namespace, Chart chart, List<ValuesFile> files, Value.MapOf values,
        Rendering rendering, boolean isLeft, String place) {

    private static final String PLAIN = "[A-Za-z0-9_./:=@%+-]+";

    public ChartRelease {
        files = List.copyOf(files);
    }

    /**
     * Which chart.
     *
     * @param written    as the file has it
     * @param reference  as helm takes it: a whole path, a name in a repository, or {@code oci://…}
     * @param repository address of a repository
     * @param about      what its Chart.yaml says, as far as that is at hand
     */
    public record Chart(String written, String reference, Optional<String> repository, Optional<String> version,
            Value.MapOf about) {

        private static final String BITNAMI = "bitnami";

        /** Whether it is the one whose values are known here: Bitnami's of Keycloak, in the version that was looked at. */
        boolean isBitnamis() {
            String from = (repository.orElse("") + " " + reference + " " + about).toLowerCase(java.util.Locale.ROOT);
            String named = about.text("name")
                    .orElseGet(() -> reference.replaceFirst("@.*", "").replaceFirst(".*/", ""));
            boolean isKnown = version.or(() -> about.text("version")).map(it -> it.startsWith("24.")).orElse(true);
            return from.contains(BITNAMI) && named.equals("keycloak") && isKnown;
        }
    }

    /** A file of values, which helm reads itself. */
    public record ValuesFile(String name, String path) {}

    /**
     * How it is rendered.
     *
     * @param kubeVersion of the cluster that the chart shall write for
     * @param apiVersions what that cluster has beside Kubernetes' own
     * @param program     helm; empty for the one that the path has
     */
    public record Rendering(Optional<String> kubeVersion, List<String> apiVersions, Optional<String> program) {
        public Rendering {
            apiVersions = List.copyOf(apiVersions);
        }
    }

    /** The line by which a person has Helm make it so. Paths are seen from the root file's folder. */
    public String upgradeLine() {
        List<String> words = new ArrayList<>(List.of("helm", "upgrade", "--install", name, chart.written(),
                "--namespace", namespace));
        chart.repository().ifPresent(address -> words.addAll(List.of("--repo", address)));
        chart.version().ifPresent(version -> words.addAll(List.of("--version", version)));
        files.forEach(file -> words.addAll(List.of("--values", file.name())));
        if (!values.isEmpty()) {
            words.addAll(List.of("--values", "-"));
        }
        return String.join(" ", words.stream().map(ChartRelease::quoted).toList());
    }

    private static String quoted(String word) {
        return word.matches(PLAIN) ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
