package dev.realmform.cli;

import dev.realmform.config.Loader;
import dev.realmform.keycloak.KeycloakProvider;
import dev.realmform.kubernetes.KubernetesProvider;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.plan.OfflineCheck;
import dev.realmform.postgres.DatabaseProvider;
import dev.realmform.provider.ResourceType;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Checks desired-state files without a server. */
@Command(name = "validate", description = "Check desired-state files, offline.",
        customSynopsis = "realmform validate -f FILE [OPTIONS]")
final class ValidateCommand extends RealmformCommand {

    @ArgGroup(validate = false, heading = "%nFiles:%n", order = 20)
    FileOptions files = new FileOptions();

    @Option(names = "--complete", order = 10, description = {
        "The files say all there is: what they refer to and neither declare nor Keycloak makes by itself is an error.",
        "Without it, that holds for what realmform.manage makes authoritative; all else may be on the server."})
    boolean complete;

    ValidateCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode run() {
        Loader.Loaded loaded = Workplace.load(shell(), files, new ServerOptions(), new StateOptions());
        OfflineCheck.Found found = OfflineCheck.of(loaded.state().resources(), ValidateCommand::type,
                loaded.state().manage(), complete ? OfflineCheck.Says.ALL : OfflineCheck.Says.PART);
        List<Problem> problems = Stream.concat(loaded.problems().stream(), found.problems().stream()).toList();
        if (!problems.isEmpty()) {
            speaking().problems(problems);
            return ExitCode.FAILED;
        }
        int count = loaded.state().resources().size();
        int fileCount = loaded.state().files().size();
        shell().out()
                .println("Valid: " + count + (count == 1 ? " resource in " : " resources in ") + fileCount
                        + (fileCount == 1 ? " file." : " files."));
        loaded.state().notices().forEach(this::tell);
        found.notices().forEach(this::tell);
        return ExitCode.DONE;
    }

    private static ResourceType type(String name) {
        return KubernetesProvider.offline(name)
                .or(() -> DatabaseProvider.offline(name))
                .orElseGet(() -> KeycloakProvider.resourceType(name));
    }

    private void tell(Plan.Notice notice) {
        if (notice instanceof Plan.Notice.Warning warning) {
            speaking().warn(warning.text());
        } else {
            speaking().remark(notice.text());
        }
    }
}
