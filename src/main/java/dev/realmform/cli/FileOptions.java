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
        "Desired-state file, folder or glob; - for standard input. May be repeated: later ones win.",
        "The first is the root file: only it may hold the section realmform."})
    List<String> files = List.of();

    @Option(names = "--var", paramLabel = "NAME=VALUE", description = "Value of $(var:NAME); goes before the file's.")
    Map<String, String> vars = new LinkedHashMap<>();

    @Option(names = "--allow-unknown", paramLabel = "FIELD", split = ",",
            description = "Accept this field although the schema does not know it.")
    Set<String> allowUnknown = new LinkedHashSet<>();

    @Option(names = "--allow-env", paramLabel = "NAME", split = ",",
            description = "Accept $(env:NAME) outside secret positions.")
    Set<String> allowEnv = new LinkedHashSet<>();

    @Option(names = "--allow-empty", description = "Accept a desired state without any resource.")
    boolean allowEmpty;

    @Option(names = "--untrusted", description = {
        "The files come from a merge request: start no program, take no address and no login from them."})
    boolean untrusted;
}
