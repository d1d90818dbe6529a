package dev.realmform.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;

/**
 * One case: some files, and how they are named on the command line.
 *
 * @param files     their bytes by name
 * @param arguments one for each {@code -f}
 */
record Mutant(SequencedMap<String, byte[]> files, List<String> arguments) {

    List<String> commandLine(String... command) {
        List<String> line = new ArrayList<>(List.of(command));
        arguments.forEach(argument -> {
            line.add("-f");
            line.add(argument);
        });
        return line;
    }
}
