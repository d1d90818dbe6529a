package dev.realmform.cli;

import dev.realmform.config.ForeignFile;
import dev.realmform.kubernetes.section.ChartFinding;
import dev.realmform.kubernetes.section.ChartReview;
import dev.realmform.kubernetes.section.ChartValues;
import dev.realmform.kubernetes.section.Charts;
import dev.realmform.model.Problem;
import dev.realmform.render.DifferenceText;
import dev.realmform.render.YamlDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes the values of the usual chart of Keycloak, or explains what is wrong with those that a team has. */
@Command(name = "keycloak-values", description = "Print the values of Bitnami's chart of Keycloak that stand for"
        + " cluster.keycloak, or check the values that a team has. Needs no server.",
        customSynopsis = {"realmform render keycloak-values -f FILE [OPTIONS]",
            "realmform render keycloak-values --check VALUES [-f FILE] [OPTIONS]"})
final class RenderKeycloakValuesCommand extends RealmformCommand {

    @Option(names = "--check", paramLabel = "VALUES", description = {
        "Explain what in this file of values does not do what it seems to; exit with 2 if anything does not.",
        "With -f also what the section cluster says otherwise."})
    @Nullable
    String check;

    @ArgGroup(validate = false, heading = "%nFiles:%n", order = 20)
    FileOptions files = new FileOptions();

    RenderKeycloakValuesCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode run() {
        if (check != null) {
            return check(check);
        }
        ChartValues values = ours();
        shell().data()
                .print("# Made by realmform: values of the chart " + ChartValues.CHART + ".\n"
                        + YamlDocument.of(values.values(), List.of(), values.comments()));
        return ExitCode.DONE;
    }

    private ChartValues ours() {
        ClusterFiles given = ClusterFiles.load(shell(), files, Charts.UNRENDERED);
        if (!given.section().has("keycloak")) {
            throw Problem.invalid("the section cluster has no keycloak", given.origin().source().exact(),
                    "Write cluster: {keycloak: {hostname: …}}.").asException();
        }
        if (given.section().map("keycloak").has("helm")) {
            throw Problem.invalid("cluster.keycloak.helm has values of its own",
                    given.origin().at("keycloak").at("helm").source().exact(),
                    "Each plan looks at them. To check a file of them by itself, leave -f out.").asException();
        }
        // What is wrong with it has been said by now.
        return ChartValues.of(given.section(), given.origin(), problem -> {
        });
    }

    private ExitCode check(String name) {
        List<ForeignFile> documents = ForeignFile.read(name, shell().folder().resolve(name));
        if (documents.isEmpty()) {
            throw Problem.invalid("the file holds no values", name, "Name a file of values of the chart of Keycloak.")
                    .asException();
        }
        Optional<ChartValues> ours = files.files.isEmpty() ? Optional.empty() : Optional.of(ours());
        List<ChartFinding> findings = new ArrayList<>();
        documents.forEach(document -> findings.addAll(ChartReview.of(document.content(), document.origin(), ours)));
        shell().out().println(name + (findings.isEmpty() ? ": as it has to be" : "\n"));
        shell().out()
                .print(DifferenceText.render(
                        findings.stream().map(RenderKeycloakValuesCommand::shown).toList(), speaking().look()));
        shell().out()
                .println(findings.isEmpty() ? "No findings."
                        : findings.size() == 1 ? "1 finding." : findings.size() + " findings.");
        return findings.isEmpty() ? ExitCode.DONE : ExitCode.PENDING;
    }

    private static DifferenceText.Difference shown(ChartFinding finding) {
        return new DifferenceText.Difference(finding.path(), finding.source().toString(), finding.found(),
                finding.wanted(), finding.why());
    }
}
