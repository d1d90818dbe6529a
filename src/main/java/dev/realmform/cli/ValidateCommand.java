package dev.realmform.cli;

import dev.realmform.config.Loader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Checks desired-state files without a server. */
@Command(name = "validate", description = "Check desired-state files, offline.", mixinStandardHelpOptions = true)
final class ValidateCommand extends RealmformCommand {

    @Mixin
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
