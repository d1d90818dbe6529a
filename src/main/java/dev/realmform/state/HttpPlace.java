package dev.realmform.state;

import dev.realmform.model.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a server keeps a state, in the words of Terraform's HTTP protocol.
 *
 * @param state        the state's address: GET reads it, POST (or {@code updateMethod}) writes it
 * @param updateMethod {@code POST}
 * @param locking      how to lock; empty for a server that knows no locks
 * @param headers      sent with each request: the login
 * @param secrets      what must not be shown, should an answer repeat it
 */
public record HttpPlace(URI state, String updateMethod, Optional<Locking> locking, Map<String, Secret> headers,
        List<Secret> secrets, Pace pace) {

    public HttpPlace {
        headers = Map.copyOf(headers);
        secrets = List.copyOf(secrets);
    }

    /** The address without what must not be shown: user, password and query. */
    public String name() {
        String port = state.getPort() < 0 ? "" : ":" + state.getPort();
        return state.getScheme() + "://" + state.getHost() + port
                + Optional.ofNullable(state.getRawPath()).orElse("");
    }

    /**
     * How the right to write is taken and given back.
     *
     * @param lockMethod   {@code LOCK}; GitLab: {@code POST}
     * @param unlockMethod {@code UNLOCK}; GitLab: {@code DELETE}
     */
    public record Locking(URI lock, String lockMethod, URI unlock, String unlockMethod) {}

    /**
     * How often and how long.
     *
     * @param retries   how often a request is sent again after no answer, 429 or 5xx
     * @param timeout   for one request
     * @param rest      before the first repetition; doubled each time, up to ten times
     * @param snapshots between two versions of the state that are stored while a run goes on
     * @param poll      between two attempts to take a lock that somebody holds
     */
    public record Pace(int retries, Duration timeout, Duration rest, Duration snapshots, Duration poll) {

        public static final Pace DEFAULT = new Pace(4, Duration.ofSeconds(60), Duration.ofSeconds(1),
                Duration.ofSeconds(5), Duration.ofSeconds(2));

        public Pace with(int times, Duration each) {
            return new Pace(times, each, rest, snapshots, poll);
        }

        Duration before(int attempt) {
            return rest.multipliedBy(Math.min(10, 1L << Math.min(attempt, 4)));
        }
    }
}
