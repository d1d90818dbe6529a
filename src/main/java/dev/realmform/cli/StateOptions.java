package dev.realmform.cli;

import java.util.EnumSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

/** Where the state is, and what of its guards to set aside. */
final class StateOptions {

    @Option(names = "--state", paramLabel = "PLACE",
            description = "State: a file, the URL of a server that keeps it, or kubernetes:NAMESPACE/NAME (default: REALMFORM_STATE, else realmform.state of the root file, else state/REALM.json).")
    @Nullable
    String state;

    @Option(names = "--allow-fewer-files",
            description = "Go on although files that made the state are not given now: what they declared may be deleted.")
    boolean allowFewerFiles;

    @Option(names = "--new-server", description = {
        "This is another server, or the realm was made anew: delete nothing, adopt what is there."})
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
