package dev.realmform.cli;

import java.util.EnumSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

/** Where the state is, and what of its guards to set aside. */
final class StateOptions {

    @Option(names = "--state", paramLabel = "FILE",
            description = "State file (default: realmform.state in the file, else state/REALM.json).")
    @Nullable
    String state;

    @Option(names = "--allow-fewer-files",
            description = "Go on although the state was made from files that are missing now.")
    boolean allowFewerFiles;

    @Option(names = "--new-server", description = {
        "Another server, or a realm that was made anew: nothing of the state is deleted, what is there is adopted."})
    boolean newServer;

    Set<Survey.Lenience> lenience() {
        Set<Survey.Lenience> set = EnumSet.noneOf(Survey.Lenience.class);
        if (allowFewerFiles) {
            set.add(Survey.Lenience.FEWER_FILES);
        }
        if (newServer) {
            set.add(Survey.Lenience.NEW_SERVER);
        }
        return set;
    }
}
