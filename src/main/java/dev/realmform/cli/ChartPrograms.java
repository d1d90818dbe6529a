package dev.realmform.cli;

import dev.realmform.kubernetes.helm.HelmCharts;
import dev.realmform.kubernetes.section.Charts;
import dev.realmform.model.Problem;
import java.time.Duration;

/** Who renders charts for a run. */
final class ChartPrograms {

    /** A chart out of a registry takes seconds; one that waits for a login takes for ever. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private ChartPrograms() {}

    /** The helm of this machine; for files of somebody who may have no program run, nobody. */
    static Charts of(Shell shell, FileOptions files) {
        if (!files.untrusted) {
            return new HelmCharts(shell.environment(), PATIENCE);
        }
        return release -> {
            throw Problem.refused("a chart is rendered by a program, and with --untrusted files have none run",
                    release.place(),
                    "Plan these files where they are trusted, without --untrusted. Or render the chart there, keep what comes"
                            + " of it beside the files (helm template … > k8s/keycloak.yaml), and name that in"
                            + " cluster.objects in place of helm. validate runs no program, and takes the files.")
                    .asException();
        };
    }
}
