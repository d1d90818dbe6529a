package dev.realmform.cli;

import dev.realmform.config.Loader;
import dev.realmform.config.Server;
import dev.realmform.config.Settings;
import dev.realmform.config.StatePlace;
import dev.realmform.keycloak.KeycloakProvider;
import dev.realmform.provider.Manage;
import dev.realmform.provider.Scope;
import dev.realmform.state.Loaded;
import dev.realmform.state.State;
import dev.realmform.state.StateStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * What a command begins while its files are still being read: the way to the server and the login; and, where nothing is written
 * and so no lock is taken, the state and whatever that remembers on the server. What goes wrong in it is told when somebody asks
 * for what it should have brought, so what is wrong with the files comes first. What it saves stands in docs/performance.md.
 */
final class HeadStart implements Loader.Early {

    /** How far a head start may go. */
    enum Way {
        LOGIN, LOOKING
    }

    private final Speaking speaking;
    private final ServerOptions options;
    private final Way way;
    private final CompletableFuture<StateStore> store = new CompletableFuture<>();
    private final CompletableFuture<ServerConnection> connection = new CompletableFuture<>();
    private final CompletableFuture<Optional<Loaded>> state = new CompletableFuture<>();

    HeadStart(Speaking speaking, ServerOptions options, Way way) {
        this.speaking = speaking;
        this.options = options;
        this.way = way;
    }

    Speaking speaking() {
        return speaking;
    }

    ServerOptions options() {
        return options;
    }

    @Override
    public void pointing(Settings settings, Set<String> realms) {
        StatePlace place = States.place(settings, realms);
        Thread.ofPlatform().daemon().name("realmform-ahead").start(() -> begin(settings.server(), place));
    }

    private void begin(Server server, StatePlace place) {
        if (!complete(store, () -> States.store(speaking, place))) {
            return;
        }
        if (way == Way.LOGIN) {
            complete(connection, () -> loggedIn(server));
            return;
        }
        if (complete(connection, () -> ServerConnection.open(speaking, server, options))) {
            look(connection.join().provider());
        }
    }

    private void look(KeycloakProvider provider) {
        List<Runnable> reading = new ArrayList<>();
        complete(state, () -> {
            Optional<Loaded> found = store.join().load();
            found.ifPresent(loaded -> reading.add(provider.anticipate(remembered(loaded.state()))));
            return found;
        });
        reading.forEach(Runnable::run);
    }

    private static Scope remembered(State state) {
        return new Scope(Collections.emptySortedMap(), Scope.remembered(state.resources()), Manage.NOTHING, Map.of(),
                Set.of());
    }

    private ServerConnection loggedIn(Server server) {
        ServerConnection opened = ServerConnection.open(speaking, server, options);
        try {
            opened.admin().claims();
            return opened;
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** Whether there is a result now, not a failure. */
    private static <T> boolean complete(CompletableFuture<T> future, Supplier<T> work) {
        try {
            future.complete(work.get());
            return true;
        } catch (RuntimeException e) {
            future.completeExceptionally(e);
            return false;
        }
    }

    /** Where the state is kept. */
    StateStore store() {
        return joined(store);
    }

    /** The way to the server. */
    ServerConnection connection() {
        return joined(connection);
    }

    /** The state, if it was read already. */
    Optional<Loaded> state(Supplier<Optional<Loaded>> otherwise) {
        return way == Way.LOOKING ? joined(state) : otherwise.get();
    }

    /** For a command that ends before it asked for anything: what was opened is closed, now or when it has been opened. */
    void abandon() {
        var _ = connection.thenAccept(ServerConnection::close);
        var _ = store.thenAccept(StateStore::close);
    }

    private static <T> T joined(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
