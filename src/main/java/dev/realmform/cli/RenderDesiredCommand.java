package dev.realmform.cli;

import dev.realmform.config.Loader;
import dev.realmform.config.Settings;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Value;
import dev.realmform.render.YamlDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

/** Prints the files as one file without a blueprint, which can be kept in their place. */
@Command(name = "desired", description = "Print what the files stand for as one file: layers merged, the section osmo"
        + " written out. It can be kept in their place. Needs no server; references stay as they are written.",
        customSynopsis = "realmform render desired -f FILE [OPTIONS]")
final class RenderDesiredCommand extends RealmformCommand {

    private static final List<String> FIRST = List.of("realmform", "realm");

    @ArgGroup(validate = false, heading = "%nFiles:%n", order = 20)
    FileOptions files = new FileOptions();

    RenderDesiredCommand(Shell shell) {
        super(shell);
    }

    private static final class Merged implements Loader.Listener {

        private final List<Value.MapOf> documents = new ArrayList<>();
        private final List<Problem> problems = new ArrayList<>();

        @Override
        public void pointing(Settings settings, Set<String> realms) {
            // There is no way to go.
        }

        @Override
        public void merged(String realm, Function<List<Problem>, Value.MapOf> document) {
            documents.add(document.apply(problems));
        }

        /** The section realmform stands in the first document alone. */
        String text() {
            StringBuilder text = new StringBuilder();
            for (Value.MapOf document : documents) {
                text.append(text.isEmpty() ? "" : "---\n")
                        .append(YamlDocument.of(text.isEmpty() ? document : document.without(FIRST.getFirst()), FIRST));
            }
            return text.toString();
        }
    }

    @Override
    ExitCode run() {
        Merged merged = new Merged();
        Loader.Loaded loaded = Workplace.load(shell(), files, new ServerOptions(), new StateOptions(), merged);
        List<Problem> problems = new ArrayList<>(loaded.problems());
        problems.addAll(merged.problems);
        if (!problems.isEmpty()) {
            throw new ProblemException(problems.stream().distinct().toList());
        }
        shell().data().print(merged.text());
        return ExitCode.DONE;
    }
}
