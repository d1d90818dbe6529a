package dev.realmform.cli;

import dev.realmform.config.Loader;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

/** Checks desired-state files without a server. */
@Command(name = "validate", description = "Check desired-state files, offline.",
        customSynopsis = "realmform validate -f FILE [OPTIONS]")
final class ValidateCommand extends RealmformCommand {

    @ArgGroup(validate = false, heading = "%nFiles:%n", order = 20)
    FileOptions files = new FileOptions();

    ValidateCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode run() {
        Loader.Loaded loaded = Workplace.load(shell(), files, new ServerOptions(), new StateOptions());
        if (!loaded.problems().isEmpty()) {
            speaking().problems(loaded.problems());
            return ExitCode.FAILED;
        }
        int count = loaded.state().resources().size();
        int fileCount = loaded.state().files().size();
        shell().out()
                .println("Valid: " + count + (count == 1 ? " resource in " : " resources in ") + fileCount
                        + (fileCount == 1 ? " file." : " files."));
        loaded.state().notices().forEach(notice -> shell().out().println(notice.text()));
        return ExitCode.DONE;
    }
}
