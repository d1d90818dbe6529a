package dev.realmform.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;

/** Says which realmform this is. */
@Command(name = "version", description = "Print the version.", customSynopsis = "realmform version")
final class VersionCommand implements Callable<Integer> {

    @Mixin
    HelpOption help = new HelpOption();

    private final Shell shell;

    VersionCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        shell.out().println("realmform " + Version.TEXT);
        return ExitCode.DONE.number();
    }

    /** For {@code --version}. */
    static final class Provider implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[]{"realmform " + Version.TEXT};
        }
    }
}
