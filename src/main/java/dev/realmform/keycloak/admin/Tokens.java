package dev.realmform.keycloak.admin;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** The access token of the run: made at the first call, renewed before it expires, by one thread for all. */
final class Tokens {

    private static final Duration MARGIN = Duration.ofSeconds(10);

    private final LoginCall login;
    private final Surroundings surroundings;
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<Held> held = Optional.empty();

    Tokens(LoginCall login, Surroundings surroundings) {
        this.login = login;
        this.surroundings = surroundings;
    }

    /** What a login gives. Its lifetime is empty if the server does not say. */
    record Grant(String token, Optional<String> refresh, Optional<Duration> life) {}

    private record Held(Grant grant, Instant renewAt) {}

    /** A token that is good for a while. Waits while another thread renews it. */
    String current() {
        lock.lock();
        try {
            Instant now = surroundings.clock().instant();
            if (held.isEmpty() || !now.isBefore(held.get().renewAt())) {
                Optional<String> refresh = held.flatMap(old -> old.grant().refresh());
                held = Optional.empty();
                Grant grant = login.renew(refresh);
                held = Optional
                        .of(new Held(grant, grant.life().map(life -> now.plus(useful(life))).orElse(Instant.MAX)));
            }
            return held.get().grant().token();
        } finally {
            lock.unlock();
        }
    }

    /** The server did not accept this token: the next call logs in anew, unless another thread has done so. */
    void rejected(String token) {
        lock.lock();
        try {
            held = held.filter(kept -> !kept.grant().token().equals(token));
        } finally {
            lock.unlock();
        }
    }

    /** Ends the session at the server, if the login began one. */
    void end() {
        lock.lock();
        try {
            held.flatMap(old -> old.grant().refresh()).ifPresent(login::logout);
            held = Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** All but the last fifth, at least the last 10 s; half of a life that is too short for that. */
    private static Duration useful(Duration life) {
        Duration margin = life.dividedBy(5).compareTo(MARGIN) > 0 ? life.dividedBy(5) : MARGIN;
        return life.compareTo(margin.multipliedBy(2)) > 0 ? life.minus(margin) : life.dividedBy(2);
    }
}
