package dev.realmform.cli;

import dev.realmform.config.ClusterPlace;
import dev.realmform.model.Value;
import java.util.Optional;
import java.util.function.Function;

/**
 * The way to a cluster, opened when somebody first needs it: a run without one loads nothing of its client. For one thread,
 * until it is open.
 */
final class ClusterDoor implements AutoCloseable {

    private final Shell shell;
    private final Optional<ClusterPlace> place;
    private final ServerOptions options;
    private final Function<Value.Unknown, Value> others;
    private volatile Optional<ClusterConnection> connection = Optional.empty();

    ClusterDoor(Shell shell, Optional<ClusterPlace> place, ServerOptions options,
            Function<Value.Unknown, Value> others) {
        this.shell = shell;
        this.place = place;
        this.options = options;
        this.others = others;
    }

    /** Whether the files speak of a cluster. */
    boolean isDeclared() {
        return place.isPresent();
    }

    Optional<ClusterConnection> opened() {
        return connection;
    }

    /** The connection; what has left the files and is in the state is looked for where options and environment say. */
    synchronized ClusterConnection open() {
        ClusterConnection open = connection.orElseGet(() -> ClusterConnection.open(shell,
                place.orElseGet(() -> options.clusterPlace()), options, others));
        connection = Optional.of(open);
        return open;
    }

    @Override
    public void close() {
        connection.ifPresent(ClusterConnection::close);
    }
}
