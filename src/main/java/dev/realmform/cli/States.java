package dev.realmform.cli;

import dev.realmform.config.Settings;
import dev.realmform.config.StatePlace;
import dev.realmform.json.Json;
import dev.realmform.state.Codec;
import dev.realmform.state.FileStateStore;
import dev.realmform.state.Holder;
import dev.realmform.state.HttpStateStore;
import dev.realmform.state.StateStore;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** How states are found, begun and held. */
final class States {

    private static final int LINEAGE_BYTES = 16;

    static final Codec CODEC = new Codec(Json::parse,
            value -> Json.compact(value, Json.Secrets.HIDE), value -> Json.pretty(value, Json.Secrets.HIDE));

    private States() {}

    /** With a warning if its certificate is not checked. */
    static StateStore store(Speaking speaking, StatePlace place) {
        if (place instanceof StatePlace.Http http && http.tls().insecureTls()) {
            speaking.warn("insecureTls is set for the state: its server's certificate is not checked.");
        }
        return store(speaking.shell(), place);
    }

    static StateStore store(Shell shell, StatePlace place) {
        return switch (place) {
            case StatePlace.File(String path) ->
                new FileStateStore(shell.folder().resolve(path), CODEC, () -> lineage(shell));
            case StatePlace.Http http -> new HttpStateStore(StateConnection.client(shell, http),
                    StateConnection.place(http), CODEC, () -> lineage(shell), shell.folder());
            case StatePlace.Kubernetes cluster -> StateCluster.store(shell, cluster);
        };
    }

    /** Where the state is: as said, else named after the realms; without any, after the cluster. */
    static StatePlace place(Settings settings, Set<String> realms) {
        String name = String.join("+", new TreeSet<>(realms)).replaceAll("[^A-Za-z0-9._+ -]", "_");
        return settings.state()
                .orElseGet(() -> new StatePlace.File("state/" + (name.isEmpty() ? "cluster" : name) + ".json"));
    }

    /** As {@code --state} takes it: a path seen from the working directory, an URL, or a name in a cluster. */
    static String option(Shell shell, StatePlace place) {
        return switch (place) {
            case StatePlace.Http http -> http.url();
            case StatePlace.Kubernetes cluster -> cluster.option();
            case StatePlace.File(String path) -> seen(shell.folder().toAbsolutePath().normalize(), Path.of(path));
        };
    }

    private static String seen(Path folder, Path path) {
        boolean below = path.isAbsolute() && path.startsWith(folder);
        return (below ? folder.relativize(path) : path).toString();
    }

    /** A name that no other state has. */
    static String lineage(Shell shell) {
        byte[] bytes = new byte[LINEAGE_BYTES];
        shell.random().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    static Holder holder(Shell shell, String command) {
        String user = shell.variable("USER")
                .or(() -> Optional.ofNullable(System.getProperty("user.name")))
                .orElse("somebody");
        String host = shell.variable("HOSTNAME").or(() -> shell.variable("COMPUTERNAME")).orElse("this machine");
        return new Holder(user + "@" + host, ProcessHandle.current().pid(), shell.clock().instant(), command);
    }
}
