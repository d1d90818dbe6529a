package dev.realmform.cli;

import dev.realmform.config.Loader;
import dev.realmform.model.Problem;
import dev.realmform.render.Look;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code realmform} with all that belong under it. */
@Command(name = "realmform", addMethodSubcommands = false, customSynopsis = "realmform COMMAND [OPTIONS]",
        description = "Plan and apply for Keycloak: YAML files say what a realm should be.",
        versionProvider = VersionCommand.Provider.class, footerHeading = "%nExit codes:%n", footer = {
            "  0    done, or nothing to do", "  1    failed, refused, or done in part",
            "  2    changes are pending (plan --detailed-exitcode, drift), no access (why),",
            "       or something is not as it should be (verify, token decode, --check)",
            "  3    the server cannot be reached, or refuses the login", "  64   wrong usage", "  130  interrupted",
            "", "Every command explains itself: realmform COMMAND --help. First steps: realmform demo."})
public final class Realmform {

    @Option(names = {"-V", "--version"}, versionHelp = true, description = "Print the version.")
    boolean version;

    @Mixin
    HelpOption help = new HelpOption();

    private final Shell shell;

    private static final int NARROWEST_HELP = 60;
    private static final int WIDEST_HELP = 110;
    private static final int LONG_OPTIONS = 23;

    /** The command in a world. */
    public Realmform(Shell shell) {
        this.shell = shell;
    }

    /** Runs a command line to its end and answers the exit code. Prints everything that is to be said. */
    public int run(String... arguments) {
        if (Stream.of(arguments).anyMatch(argument -> argument.startsWith("-f") || argument.startsWith("--file"))) {
            Loader.prepare();
        }
        CommandLine line = commandLine(List.of(arguments));
        line.setOut(new PrintWriter(shell.out(), true, shell.charset()));
        line.setErr(new PrintWriter(shell.err(), true, shell.charset()));
        line.registerConverter(Path.class, Realmform::path);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpWidth(
                Math.clamp(Look.width(shell.environment(), OptionalInt.empty()), NARROWEST_HELP, WIDEST_HELP));
        line.setUsageHelpLongOptionsMaxWidth(LONG_OPTIONS);
        layOut(line);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        line.setExitCodeExceptionMapper(thrown -> ExitCode.FAILED.number());
        line.setParameterExceptionHandler(this::usage);
        line.setExecutionExceptionHandler(
                (thrown, command, parsed) -> defect(thrown, List.of(arguments).contains("--verbose")));
        int code = line.execute(arguments);
        shell.err().flush();
        return shell.out().checkError() ? unprinted(code) : code;
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            Problem problem = RealmformCommand.noPath(e);
            throw new CommandLine.TypeConversionException(problem.what() + "\n  " + problem.remedy());
        }
    }

    /** A report that a full disk or a closed pipe has cut off must not look like a whole one. */
    private int unprinted(int code) {
        shell.err()
                .println("error: standard output could not be written: what was printed is not whole\n  Is the disk"
                        + " full, or has whoever reads it ended? All else was done as usual.");
        return code == ExitCode.DONE.number() || code == ExitCode.PENDING.number() ? ExitCode.FAILED.number() : code;
    }

    /** All commands; only the one that is called where that is certain, since each costs time to describe. */
    private CommandLine commandLine(List<String> arguments) {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("validate", () -> new ValidateCommand(shell));
        commands.put("render", this::renderCommand);
        commands.put("plan", () -> new PlanCommand(shell));
        commands.put("apply", () -> new ApplyCommand(shell));
        commands.put("rotate", () -> new RotateCommand(shell));
        commands.put("destroy", () -> new DestroyCommand(shell));
        commands.put("drift", () -> new DriftCommand(shell));
        commands.put("export", () -> new ExportCommand(shell));
        commands.put("verify", () -> new VerifyCommand(shell));
        commands.put("token", this::tokenCommand);
        commands.put("who", () -> new WhoCommand(shell));
        commands.put("why", () -> new WhyCommand(shell));
        commands.put("show", () -> new ShowCommand(shell));
        commands.put("state", this::stateCommand);
        commands.put("force-unlock", () -> new ForceUnlockCommand(shell));
        commands.put("demo", this::demoCommand);
        commands.put("completion", () -> new CompletionCommand(shell));
        commands.put("version", () -> new VersionCommand(shell));
        if (!arguments.isEmpty() && commands.containsKey(arguments.getFirst())
                && !arguments.getFirst().equals("completion")) {
            commands.keySet().retainAll(List.of(arguments.getFirst()));
        }
        CommandLine line = new CommandLine(this);
        commands.values().forEach(command -> line.addSubcommand(command.get()));
        return line;
    }

    private CommandLine renderCommand() {
        CommandLine render = new CommandLine(new RenderCommand());
        render.addSubcommand(new RenderDesiredCommand(shell));
        render.addSubcommand(new RenderOsmoValuesCommand(shell));
        render.addSubcommand(new RenderOsmoRolesCommand(shell));
        render.addSubcommand(new RenderManifestsCommand(shell));
        render.addSubcommand(new RenderKeycloakValuesCommand(shell));
        render.addSubcommand(new RenderDriftRbacCommand(shell));
        return render;
    }

    private CommandLine tokenCommand() {
        CommandLine token = new CommandLine(new TokenCommand());
        token.addSubcommand(new TokenDecodeCommand(shell));
        return token;
    }

    private CommandLine demoCommand() {
        CommandLine demo = new CommandLine(new DemoCommand(shell));
        demo.addSubcommand(new DemoOsmoCommand(shell));
        return demo;
    }

    private CommandLine stateCommand() {
        CommandLine state = new CommandLine(new StateCommand());
        state.addSubcommand(new StateListCommand(shell));
        state.addSubcommand(new StateShowCommand(shell));
        state.addSubcommand(new StateRmCommand(shell));
        state.addSubcommand(new StateMvCommand(shell));
        state.addSubcommand(new StatePullCommand(shell));
        state.addSubcommand(new StatePushCommand(shell));
        state.addSubcommand(new StateRebuildCommand(shell));
        return state;
    }

    /** Options as they are declared, in groups, with air between them. */
    private static void layOut(CommandLine line) {
        line.getCommandSpec()
                .usageMessage()
                .sortOptions(false)
                .parameterListHeading("%n")
                .optionListHeading("%n")
                .commandListHeading("%nCommands:%n");
        line.getSubcommands().values().forEach(Realmform::layOut);
    }

    /** What no code of ours throws on purpose. The trace goes only to who asks for it: it helps nobody else. */
    private int defect(Exception thrown, boolean verbose) {
        shell.out().flush();
        shell.err()
                .println("error: realmform itself failed: " + thrown.getClass().getSimpleName()
                        + "\n  This is a defect. What was sent is in the state's journal, and the next run looks."
                        + (verbose ? "" : "\n  Run again with --verbose, and report what it prints."));
        if (verbose) {
            thrown.printStackTrace(shell.err());
        }
        return ExitCode.FAILED.number();
    }

    private int usage(CommandLine.ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        if (!command.getSubcommands().isEmpty() && !(wrong instanceof CommandLine.UnmatchedArgumentException)) {
            command.usage(command.getErr());
        } else {
            shell.err().print(UsageText.of(wrong));
        }
        return ExitCode.USAGE.number();
    }
}
