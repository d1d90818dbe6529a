package dev.realmform.keycloak.admin;

import dev.realmform.model.Problem;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Why a login did not work, and what to do. */
final class LoginRefusals {

    private final Connection connection;
    private final Redaction redaction;
    private final Failures failures;
    private final InstantSource clock;

    LoginRefusals(Connection connection, Redaction redaction, Failures failures, InstantSource clock) {
        this.connection = connection;
        this.redaction = redaction;
        this.failures = failures;
        this.clock = clock;
    }

    /** What an answer of the token endpoint means that is no token. */
    Problem of(Exchange.Reply reply) {
        Value.MapOf body = Bodies.readMap(reply.body()).orElse(Value.EMPTY_MAP);
        Optional<String> words = body.text("error_description").or(() -> body.text("error")).map(redaction::clean);
        if (reply.status() >= 500 || reply.status() == 429) {
            return failures.status(reply.status());
        }
        if (reply.status() >= 300 && reply.status() < 400) {
            return failures.redirected(reply.header("location").orElse("elsewhere"));
        }
        // Keycloak answers 404 in both cases, and without a code: a realm that is not there, and a path that is none.
        boolean elsewhere = reply.status() == 404 && !words.orElse("").startsWith("Realm does not exist");
        return elsewhere || words.isEmpty() ? notKeycloak() : refused(words.get());
    }

    /** The server accepts no token of this login. */
    Problem rejected() {
        Optional<Instant> ended = connection.login() instanceof Login.Token(Secret token)
                ? expiry(token.reveal()).filter(end -> end.isBefore(clock.instant()))
                : Optional.empty();
        return refused(ended.map(end -> "the access token expired at " + end)
                .orElse("the access token is not accepted"));
    }

    Problem notGiven(Secret secret) {
        return refused("its secret " + secret.reference() + " is not given to this run");
    }

    Problem notKeycloak() {
        return failures.unreachable("something answers there, but it is no Keycloak",
                "Is the path right? Older or moved servers are served under /auth: " + failures.address() + "/auth.");
    }

    private Problem refused(String words) {
        return new Problem(Problem.Kind.LOGIN, "Keycloak refuses the login: " + words,
                failures.address() + ", realm " + connection.realm(), remedy(), Optional.empty());
    }

    private String remedy() {
        String realm = " The realm of the login is \"" + connection.realm() + "\" (realmform.server.realm).";
        return switch (connection.login().now()) {
            case Login.ClientSecret login -> "Check the secret of client \"" + login.clientId()
                    + "\", and that it has a service account." + realm;
            case Login.SignedJwt login -> "Check that client \"" + login.clientId()
                    + "\" authenticates by signed JWT, has a service account, and knows the public half of this key."
                    + realm;
            case Login.Assertion login -> "Check that the assertion has not expired, is meant for this server, and that"
                    + " client \"" + login.clientId() + "\" trusts who issued it." + realm;
            case Login.Password login -> "Check user name \"" + login.username() + "\", its password, and client \""
                    + login.clientId() + "\"." + realm;
            case Login.Kept _ -> throw new IllegalStateException("a login that was looked up leads to another one");
            case Login.Token _ ->
                "Get a new token. A ready token cannot be renewed: a run that takes longer than it lives"
                        + " needs another login.";
        };
    }

    private static Optional<Instant> expiry(String token) {
        return Jwt.claims(token)
                .get("exp")
                .filter(Value.Num.class::isInstance)
                .map(exp -> Instant.ofEpochSecond(((Value.Num) exp).value().longValue()));
    }
}
