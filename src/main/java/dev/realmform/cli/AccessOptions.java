package dev.realmform.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whom to ask about access. */
final class AccessOptions {

    @Option(names = "--realm", paramLabel = "REALM",
            description = "The realm; needed if no file names one, or if several do.")
    @Nullable
    String realm;

    @Option(names = "--export", paramLabel = "FILE",
            description = "Ask an export in place of the server: JSON of a realm with its users, or a folder with such files."
                    + " May be repeated.")
    List<Path> exports = List.of();

    @Option(names = "--declared",
            description = "Ask the files themselves in place of the server: what they declare, and nothing else.")
    boolean declared;

    @Option(names = "--json", description = "Print the answer as JSON.")
    boolean json;
}
