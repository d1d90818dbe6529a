package dev.realmform.cli;

import dev.realmform.config.Loader;
import dev.realmform.config.Server;
import dev.realmform.config.Settings;
import dev.realmform.config.StatePlace;
import dev.realmform.keycloak.KeycloakProvider;
import dev.realmform.keycloak.admin.Login;
import dev.realmform.model.Address;
import dev.realmform.provider.Manage;
import dev.realmform.provider.Scope;
import dev.realmform.state.Loaded;
import dev.realmform.state.State;
import dev.realmform.state.StateStore;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * What a command begins while its files are still being read: the way to the server and the login; and, where nothing is written
 * and so no lock is taken, the state and whatever that remembers on the server. What goes wrong in it is told when somebody asks
 * for what it should have brought, so what is wrong with the files comes first. What it saves stands in docs/performance.md.
 */
final class HeadStart implements Loader.Listener {

    /** How far a head start may go. */
    enum Way {
        LOGIN, LOOKING
    }

    private final Speaking speaking;
    private final ServerOptions options;
    private final Way way;
    private final CompletableFuture<StateStore> store = new CompletableFuture<>();
    private final CompletableFuture<Optional<ServerConnection>> connection = new CompletableFuture<>();
    private final CompletableFuture<Optional<Loaded>> loaded = new CompletableFuture<>();
    /** The same once what it remembers is being looked for. */
    private final CompletableFuture<Optional<Loaded>> state = new CompletableFuture<>();
    private final CompletableFuture<Supplier<Login>> login = new CompletableFuture<>();

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
        Thread.ofPlatform()
                .daemon()
                .name("realmform-ahead")
                .start(() -> begin(settings, place, !realms.isEmpty()));
    }

    /** Where the files name no realm, no Keycloak is meant. */
    private void begin(Settings settings, StatePlace place, boolean isMeant) {
        try {
            store.complete(States.store(speaking, place));
            if (way == Way.LOOKING) {
                Thread.ofPlatform().daemon().name("realmform-state").start(() -> load(store.join()));
            }
            connection.complete(isMeant && !settings.server().isForwarded() ? Optional.of(opened(settings))
                    : Optional.empty());
            if (way == Way.LOOKING) {
                look(connection.join().map(ServerConnection::provider));
            }
        } catch (RuntimeException | Error e) {
            // Whoever asks for what is missing now is told; nobody may wait for it for ever.
            List.of(store, connection, state).forEach(missing -> missing.completeExceptionally(e));
        }
    }

    /** Beside the login: a large state takes as long to read as the server to answer. */
    private void load(StateStore kept) {
        try {
            loaded.complete(kept.load());
        } catch (RuntimeException | Error e) {
            loaded.completeExceptionally(e);
        }
    }

    private void look(Optional<KeycloakProvider> provider) {
        Optional<Loaded> found = joined(loaded);
        Optional<Runnable> reading = found
                .flatMap(kept -> provider.map(server -> server.anticipate(remembered(kept.state()))));
        state.complete(found);
        reading.ifPresent(Runnable::run);
    }

    private static Scope remembered(State state) {
        SortedMap<Address, Set<String>> owned = Scope.remembered(state.resources(), address -> !address.isOfCluster());
        return new Scope(Collections.emptySortedMap(), owned, Manage.NOTHING, Map.of(), Set.of());
    }

    /** Where the files speak of a cluster, Keycloak may be yet to come, and its first login lie in there. */
    private ServerConnection opened(Settings settings) {
        if (settings.cluster().isPresent()) {
            return opened(settings.server());
        }
        ServerConnection opened = ServerConnection.open(speaking, settings.server(), options);
        try {
            opened.admin().claims();
            return opened;
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** The way to a server that may be yet to come; sends nothing. */
    ServerConnection opened(Server server) {
        return opened(server, new Login.Kept(this::kept));
    }

    /** The same with a login for want of another. */
    ServerConnection opened(Server server, Login otherwise) {
        return ServerConnection.open(speaking, server, options, Optional.of(otherwise));
    }

    private Login kept() {
        return joined(login).get();
    }

    /** Says where the login is if the settings name none; whoever needs it waits for this. */
    void keptIn(Supplier<Login> source) {
        login.complete(source);
    }

    /** Where the state is kept. */
    StateStore store() {
        return joined(store);
    }

    /** The way to the server; empty where the files name no realm, or where it leads through the cluster. */
    Optional<ServerConnection> connection() {
        return joined(connection);
    }

    /** The state, if it was read already. */
    Optional<Loaded> state(Supplier<Optional<Loaded>> otherwise) {
        return way == Way.LOOKING ? joined(state) : otherwise.get();
    }

    /** For a command that ends before it asked for anything: what was opened is closed, now or when it has been opened. */
    void abandon() {
        login.completeExceptionally(new IllegalStateException("the command has ended"));
        var _ = connection.thenAccept(open -> open.ifPresent(ServerConnection::close));
        var _ = store.thenAccept(StateStore::close);
    }

    private static <T> T joined(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw e;
            }
        }
    }
}
