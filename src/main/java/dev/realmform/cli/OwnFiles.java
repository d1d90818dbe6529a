package dev.realmform.cli;

import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.osmo.ValueFile;
import dev.realmform.state.DurableFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Files that are ours to write anew: each whole or not at all, and never in place of somebody else's. */
final class OwnFiles {

    private OwnFiles() {}

    /**
     * Writes files into a folder.
     *
     * @param texts by name; each says that it is ours
     * @throws ProblemException if another file stands where one should go; then none is written
     */
    static void into(Shell shell, Path folder, Map<String, String> texts) {
        List<Problem> problems = new ArrayList<>();
        Map<String, String> sorted = new TreeMap<>(texts);
        sorted.keySet().forEach(name -> {
            String there = file(shell, folder, name).read()
                    .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                    .orElse("");
            if (!there.isBlank() && !there.contains(ValueFile.MARK)) {
                problems.add(Problem.refused("this file is not one of ours, and is not overwritten",
                        folder.resolve(name).toString(), "Name another folder. What is in it can be checked: --check "
                                + folder.resolve(name)));
            }
        });
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        sorted.forEach((name, text) -> {
            file(shell, folder, name).replace(text.getBytes(StandardCharsets.UTF_8));
            shell.err().println("Written: " + folder.resolve(name));
        });
    }

    private static DurableFile file(Shell shell, Path folder, String name) {
        return new DurableFile(shell.folder().resolve(folder).resolve(name));
    }
}
