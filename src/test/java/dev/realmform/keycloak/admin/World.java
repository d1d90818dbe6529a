package dev.realmform.keycloak.admin;

import dev.realmform.model.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/** Surroundings without waiting: sleeping moves the clock. Remembers what was slept, logged and warned of. */
final class World {

    final List<Duration> slept = new CopyOnWriteArrayList<>();
    final List<String> calls = new CopyOnWriteArrayList<>();
    final List<String> warnings = new CopyOnWriteArrayList<>();
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

    Surroundings surroundings() {
        return new Surroundings(() -> now, time -> {
            slept.add(time);
            pass(time);
        }, new Random(7), call -> calls.add(call.toString()), warnings::add);
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    /** A door to a server, by a service account whose secret is {@code s3cret-canary}. */
    HttpAdmin admin(URI url) {
        return new HttpAdmin(connection(url), surroundings());
    }

    static Connection connection(URI url) {
        return Connection.of(url, "master", new Login.ClientSecret("realmform", Secret.of("s3cret-canary", "")))
                .withTimeout(Duration.ofSeconds(5));
    }
}
