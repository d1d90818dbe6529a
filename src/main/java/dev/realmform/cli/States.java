package dev.realmform.cli;

import dev.realmform.json.Json;
import dev.realmform.state.Codec;
import dev.realmform.state.FileStateStore;
import dev.realmform.state.Holder;
import dev.realmform.state.StateStore;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;

/** How states are found, begun and held. */
final class States {

    private static final int LINEAGE_BYTES = 16;

    private static final Codec CODEC = new Codec(Json::parse,
            value -> Json.compact(value, Json.Secrets.HIDE), value -> Json.pretty(value, Json.Secrets.HIDE));

    private States() {}

    static StateStore store(Shell shell, Path file) {
        return new FileStateStore(shell.folder().resolve(file), CODEC, () -> lineage(shell));
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
