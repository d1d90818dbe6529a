package dev.realmform.state;

import dev.realmform.model.Secret;
import java.net.URI;
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
}
