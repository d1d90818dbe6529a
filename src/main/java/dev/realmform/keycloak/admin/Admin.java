package dev.realmform.keycloak.admin;

import dev.realmform.model.Value;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The door to one server's admin API. Safe for use by many threads; the calls in flight are bounded.
 *
 * <p>Every method throws {@link dev.realmform.model.ProblemException}: UNREACHABLE if no server answers, LOGIN if it refuses the
 * login.
 */
public interface Admin extends AutoCloseable {

    /** Sends a request, again where that is safe. A lost answer comes back only for requests that write. */
    Answer send(Request request);

    /**
     * What a GET answers; empty if the server knows no such thing (404).
     *
     * @throws dev.realmform.model.ProblemException FORBIDDEN, naming the missing role; FAILED for every other refusal
     */
    default Optional<Value> find(Request get) {
        Answer.Answered answer = Problems.answered(send(get));
        if (answer.status() == 404) {
            return Optional.empty();
        }
        return Optional.of(Problems.accepted(get, answer, address()).body());
    }

    /** The object that a GET answers; as {@link #find}, but its absence is a failure. */
    default Value.MapOf get(Request get) {
        return Problems.accepted(get, Problems.answered(send(get)), address()).map();
    }

    /** The objects of a collection that is answered whole. */
    default List<Value.MapOf> list(Request get) {
        return Problems.accepted(get, Problems.answered(send(get)), address()).maps();
    }

    /** The objects of a collection that is read in pages ({@code first}, {@code max}). */
    default List<Value.MapOf> pages(Request get, int pageSize) {
        return Pages.read(this, get, pageSize);
    }

    /** The server's address, fit to be shown. */
    String address();

    /** Who issues the tokens of a realm, by its own word: what tells one server from another. Empty if there is no such realm. */
    default Optional<String> issuer(String realm) {
        return published(realm, ".well-known/openid-configuration").flatMap(body -> body.text("issuer"));
    }

    /**
     * What a realm tells everybody, without a login, by a path below the realm; empty if it is not there.
     *
     * @param path segments that need no encoding
     */
    Optional<Value.MapOf> published(String realm, String path);

    /** What the access token says about this login ({@code iss}, {@code azp}, {@code sub}, …); empty if it is opaque. */
    Value.MapOf claims();

    /** What the server tells this login about itself: its providers and features, to some its version. Empty if it tells nothing. */
    Value.MapOf serverInfo();

    /** Whether a Keycloak answers, at the first attempt. */
    boolean isThere();

    /** Waits until the server answers, for as long as is given. */
    void awaitServer(Duration atMost);

    @Override
    void close();
}
