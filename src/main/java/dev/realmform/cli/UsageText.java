package dev.realmform.cli;

import dev.realmform.model.Nearness;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, and what may have been meant. */
final class UsageText {

    private UsageText() {}

    static String of(ParameterException wrong) {
        CommandSpec command = wrong.getCommandLine().getCommandSpec();
        if (wrong instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
            return unmatched(command, unmatched.getUnmatched().getFirst());
        }
        // Picocli's own words for an option with pairs.
        String text = String.valueOf(wrong.getMessage()).replace("option option ", "option ");
        return "error: " + text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1) + "\n" + help(command, "");
    }

    private static String unmatched(CommandSpec command, String argument) {
        if (argument.startsWith("-")) {
            List<String> names = command.options()
                    .stream()
                    .filter(option -> !option.hidden())
                    .map(OptionSpec::longestName)
                    .toList();
            String name = argument.replaceFirst("=.*", "");
            return "error: " + command.qualifiedName() + " has no option " + name + "\n"
                    + help(command, Nearness.similar(name, names));
        }
        if (!command.subcommands().isEmpty()) {
            return "error: there is no command \"" + argument + "\"\n"
                    + help(command, Nearness.similar(argument, new ArrayList<>(command.subcommands().keySet())));
        }
        return "error: " + command.qualifiedName() + " does not know what to do with \"" + argument + "\"\n"
                + help(command, "");
    }

    private static String help(CommandSpec command, String similar) {
        return "  " + (similar.isEmpty() ? "" : similar + " ") + "Help: " + command.qualifiedName() + " --help\n";
    }
}
