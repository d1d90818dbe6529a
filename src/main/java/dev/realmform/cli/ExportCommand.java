package dev.realmform.cli;

import dev.realmform.keycloak.LiveDocument;
import dev.realmform.state.DurableFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes a live realm as a desired-state file. */
@Command(name = "export", description = {
    "Write a live realm as a desired-state file whose plan changes nothing: all in which it differs from a new realm of"
            + " Keycloak. Only reads, with view roles.",
    "No secret is in it; comments say where the realm has one. Users come along with --users, their passwords never."},
        customSynopsis = "realmform export --realm REALM [--out FILE] [OPTIONS]")
final class ExportCommand extends RealmformCommand {

    @Option(names = "--realm", paramLabel = "REALM", required = true, order = 1, description = "Which realm.")
    String realm = "";

    @Option(names = "--out", paramLabel = "FILE", order = 2,
            description = "Write it to this new file (default: standard output).")
    @Nullable
    Path out;

    @Option(names = "--users", order = 3, description = "Users too, with their groups and roles.")
    boolean users;

    @Option(names = "--defaults", order = 4,
            description = "Also what each new realm has by itself, and each new client, role or group.")
    boolean defaults;

    @ArgGroup(validate = false, heading = "%nServer:%n", order = 40)
    ServerOptions server = new ServerOptions();

    ExportCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode run() {
        if (out != null) {
            DurableFile.refuseOld(shell().folder().resolve(out));
        }
        try (ServerConnection connection = AccessPlace.connection(speaking(), server)) {
            LiveDocument live = connection.provider().export(realm, with());
            String text = RealmText.of(live, connection.admin().address());
            if (out == null) {
                shell().data().print(text);
            } else {
                new DurableFile(shell().folder().resolve(out)).replace(text.getBytes(StandardCharsets.UTF_8));
                shell().err().println(RealmText.written(live, out));
            }
            live.notices().forEach(speaking()::warn);
        }
        return ExitCode.DONE;
    }

    private Set<LiveDocument.With> with() {
        Set<LiveDocument.With> with = EnumSet.noneOf(LiveDocument.With.class);
        if (users) {
            with.add(LiveDocument.With.USERS);
        }
        if (defaults) {
            with.add(LiveDocument.With.DEFAULTS);
        }
        return with;
    }
}
