package dev.realmform.cli;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import picocli.CommandLine.Option;

/** What the desired state is read from. */
final class FileOptions {

    @Option(names = {"-f", "--file"}, paramLabel = "FILE", description = {
        "Desired-state file, folder or glob; - for standard input. May be repeated: the later one wins.",
        "The first is the root file: only it may hold the section realmform."})
    List<String> files = List.of();

    @Option(names = "--var", paramLabel = "NAME=VALUE",
            description = "Value for $(var:NAME), in place of the file's. May be repeated.")
    Map<String, String> vars = new LinkedHashMap<>();

    @Option(names = "--allow-unknown", paramLabel = "[=FIELD,...]", split = ",", hideParamSyntax = true, arity = "0..1",
            fallbackValue = "*", description = {
                "Accept fields that the schema does not know and the server's version may: those named, by key or path.",
                "Without a value: all that are no near miss of a field that the schema knows."})
    Set<String> allowUnknown = new LinkedHashSet<>();

    @Option(names = "--allow-env", paramLabel = "NAME,...", split = ",", hideParamSyntax = true,
            description = "Accept $(env:NAME) where no secret is expected.")
    Set<String> allowEnv = new LinkedHashSet<>();

    @Option(names = "--allow-empty", description = "Accept files that declare nothing.")
    boolean allowEmpty;

    @Option(names = "--untrusted", description = {
        "The files come from a merge request: take no address, login or place of the state from them, start no program."})
    boolean untrusted;
}
