package dev.realmform.keycloak.admin;

import dev.realmform.model.Problem;
import dev.realmform.model.Value;
import java.math.BigDecimal;
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

    private record Held(String token, Optional<String> refresh, Instant renewAt) {}

    /** A token that is good for a while. Waits while another thread renews it. */
    String current() {
        lock.lock();
        try {
            if (held.isPresent() && surroundings.clock().instant().isBefore(held.get().renewAt())) {
                return held.get().token();
            }
            Optional<String> refresh = held.flatMap(Held::refresh);
            held = Optional.empty();
            Instant asked = surroundings.clock().instant();
            Held fresh = held(login.renew(refresh), asked);
            held = Optional.of(fresh);
            return fresh.token();
        } finally {
            lock.unlock();
        }
    }

    /** The server did not accept this token: the next call logs in anew, unless another thread has done so. */
    void rejected(String token) {
        lock.lock();
        try {
            held = held.filter(kept -> !kept.token().equals(token));
        } finally {
            lock.unlock();
        }
    }

    /** Ends the session at the server, if the login began one. */
    void end() {
        lock.lock();
        try {
            held.flatMap(Held::refresh).ifPresent(login::logout);
            held = Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private Held held(Value.MapOf grant, Instant asked) {
        String token = grant.text("access_token")
                .orElseThrow(() -> login.refused("it answered without a token",
                        Problem.Kind.LOGIN).asException());
        Instant renewAt = grant.get("expires_in")
                .filter(Value.Num.class::isInstance)
                .map(Value.Num.class::cast)
                .map(Value.Num::value)
                .map(seconds -> asked.plus(useful(seconds)))
                .orElse(Instant.MAX);
        return new Held(token, grant.text("refresh_token"), renewAt);
    }

    /** All but the last fifth, and never the last 10 s; half of a life that is shorter than that. */
    private static Duration useful(BigDecimal seconds) {
        Duration life = Duration.ofSeconds(seconds.longValue());
        Duration margin = life.dividedBy(5).compareTo(MARGIN) > 0 ? life.dividedBy(5) : MARGIN;
        return life.compareTo(margin.multipliedBy(2)) > 0 ? life.minus(margin) : life.dividedBy(2);
    }
}
