package dev.realmform.cli;

import dev.realmform.kubernetes.DriftAccount;
import dev.realmform.model.Value;
import dev.realmform.render.YamlDocument;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes the account of the pipeline that looks for drift in the cluster, and what keeps it from changing anything. */
@Command(name = "drift-rbac",
        description = "Print the manifests of an account that may look for drift in the cluster and"
                + " can change nothing: rights for what the files declare, and an admission policy that lets only dry runs"
                + " through. Needs Kubernetes 1.30. Asks no server.",
        customSynopsis = "realmform render drift-rbac -f FILE [OPTIONS] | kubectl apply -f -")
final class RenderDriftRbacCommand extends RealmformCommand {

    private static final List<String> FIRST = List.of("apiVersion", "kind", "metadata");

    @Option(names = "--namespace", paramLabel = "NAME", defaultValue = "default",
            description = "Where the account lies (default: ${DEFAULT-VALUE}).")
    String namespace = "default";

    @Option(names = "--account", paramLabel = "NAME", defaultValue = "realmform-drift",
            description = "What it and all that belongs to it is called (default: ${DEFAULT-VALUE}).")
    String account = "realmform-drift";

    @ArgGroup(validate = false, heading = "%nFiles:%n", order = 20)
    FileOptions files = new FileOptions();

    RenderDriftRbacCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode run() {
        ClusterFiles given = ClusterFiles.load(shell(), files, ChartPrograms.of(shell(), files));
        List<Value.MapOf> objects = new DriftAccount(namespace, account)
                .objects(given.objects());
        shell().data()
                .print(objects.stream()
                        .map(object -> YamlDocument.of(object, FIRST))
                        .collect(Collectors.joining("---\n")));
        return ExitCode.DONE;
    }
}
