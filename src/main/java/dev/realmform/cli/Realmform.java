package dev.realmform.cli;

import java.io.PrintWriter;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code realmform} with all that belong under it. */
@Command(name = "realmform", synopsisSubcommandLabel = "COMMAND", mixinStandardHelpOptions = true,
        description = "Plan and apply for Keycloak: one YAML file, one plan, one apply.",
        versionProvider = VersionCommand.Provider.class, footer = {
            "",
            "Exit codes: 0 nothing to do, or done; 1 failed; 2 changes pending; 3 server not reached or login refused;",
            "64 wrong usage; 130 interrupted."})
public final class Realmform {

    private final Shell shell;

    /** The command in a world. */
    public Realmform(Shell shell) {
        this.shell = shell;
    }

    /** Runs a command line to its end and answers the exit code. Prints everything that is to be said. */
    public int run(String... arguments) {
        CommandLine line = commandLine();
        line.setOut(new PrintWriter(shell.out(), true, shell.charset()));
        line.setErr(new PrintWriter(shell.err(), true, shell.charset()));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        line.setExitCodeExceptionMapper(thrown -> ExitCode.FAILED.number());
        line.setParameterExceptionHandler(this::usage);
        int code = line.execute(arguments);
        shell.out().flush();
        shell.err().flush();
        return code;
    }

    private CommandLine commandLine() {
        CommandLine state = new CommandLine(new StateCommand());
        state.addSubcommand(new StateListCommand(shell));
        CommandLine line = new CommandLine(this);
        line.addSubcommand(new ValidateCommand(shell));
        line.addSubcommand(new PlanCommand(shell));
        line.addSubcommand(new ApplyCommand(shell));
        line.addSubcommand(new DestroyCommand(shell));
        line.addSubcommand(new DriftCommand(shell));
        line.addSubcommand(new ShowCommand(shell));
        line.addSubcommand(state);
        line.addSubcommand(new DemoCommand(shell));
        line.addSubcommand(new CompletionCommand(shell));
        line.addSubcommand(new VersionCommand(shell));
        return line;
    }

    private int usage(CommandLine.ParameterException wrong, String[] arguments) {
        shell.err().println("error: " + wrong.getMessage());
        CommandLine command = wrong.getCommandLine();
        CommandLine.UnmatchedArgumentException.printSuggestions(wrong, command.getErr());
        shell.err().println("  Help: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE.number();
    }
}
