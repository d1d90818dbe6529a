package dev.realmform.state;

import static dev.realmform.state.States.PAY;
import static dev.realmform.state.States.SAML;
import static dev.realmform.state.States.owned;

import dev.realmform.model.Action;
import dev.realmform.model.Secret;
import dev.realmform.testing.StateShelf;
import dev.realmform.testing.StateShelf.Manner;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A state on a server that a test opens, in either manner of the protocol. */
abstract class StateOnAServer {

    static final Pending CREATE_PAY = States.pending(PAY, Action.CREATE, owned("p"));
    static final Pending UPDATE_SAML = States.pending(SAML, Action.UPDATE, Optional.empty());

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Optional<StateShelf> opened = Optional.empty();
    Duration snapshots = Duration.ofHours(1);

    @AfterEach
    void close() {
        opened.ifPresent(StateShelf::close);
        client.close();
    }

    final StateShelf shelf(Manner manner) throws IOException {
        StateShelf shelf = StateShelf.open(manner);
        opened = Optional.of(shelf);
        return shelf;
    }

    final HttpStateStore store(StateShelf shelf, Manner manner) {
        return store(shelf, manner, Map.of());
    }

    final HttpStateStore store(StateShelf shelf, Manner manner, Map<String, Secret> headers) {
        URI url = URI.create(shelf.url());
        HttpPlace.Locking locking = manner == Manner.GITLAB
                ? new HttpPlace.Locking(URI.create(url + "/lock"), "POST", URI.create(url + "/lock"), "DELETE")
                : new HttpPlace.Locking(url, "LOCK", url, "UNLOCK");
        HttpPlace place = new HttpPlace(url, "POST", Optional.of(locking), headers, List.copyOf(headers.values()),
                new Pace(2, Duration.ofSeconds(5), Duration.ofMillis(5), snapshots, Duration.ofMillis(5)));
        AtomicInteger numbers = new AtomicInteger();
        return new HttpStateStore(client, place, States.JSON,
                () -> "%032x".formatted(System.identityHashCode(numbers) * 1000L + numbers.incrementAndGet()), folder);
    }

    static State fresh() {
        return State.fresh("lineage-1").withResources(States.state().resources());
    }
}
