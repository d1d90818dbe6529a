package dev.realmform.keycloak.admin;

import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Asks the server for tokens, in whatever way the connection says. */
final class LoginCall {

    private static final String JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final Connection connection;
    private final Delivery delivery;
    private final Redaction redaction;
    private final Assertions assertions;
    private final LoginRefusals refusals;

    LoginCall(Connection connection, Delivery delivery, Redaction redaction, Assertions assertions,
            LoginRefusals refusals) {
        this.connection = connection;
        this.delivery = delivery;
        this.redaction = redaction;
        this.assertions = assertions;
        this.refusals = refusals;
    }

    /** A new grant: by the refresh token if there is one and it is still good, else by logging in. */
    Tokens.Grant renew(Optional<String> refresh) {
        if (connection.login().now() instanceof Login.Token(Secret token)) {
            return ready(token);
        }
        Optional<Exchange.Reply> refreshed = refresh.flatMap(token -> refreshed(token));
        return refreshed.isPresent() ? grant(refreshed.get()) : login();
    }

    /** Nothing has been asked of the server yet; if it is no Keycloak, its 404s must not be read as "there is no such thing". */
    private Tokens.Grant ready(Secret token) {
        return switch (delivery.deliver(Outgoing.get("/realms/" + Request.encoded(connection.realm()))).last()) {
            case Exchange.Reply reply when reply.ok() && Bodies.readMap(reply.body()).isPresent() -> new Tokens.Grant(
                    remembered(token), Optional.empty(), Optional.empty());
            case Exchange.Reply reply -> throw refusals.of(reply).asException();
            case Exchange.Broken broken -> throw broken.problem().asException();
        };
    }

    private Tokens.Grant login() {
        return switch (delivery.deliver(Outgoing.form(endpoint("token"), this::loginFields)).last()) {
            case Exchange.Reply reply when reply.ok() -> grant(reply);
            case Exchange.Reply reply -> throw refusals.of(reply).asException();
            case Exchange.Broken broken -> throw broken.problem().asException();
        };
    }

    private Optional<Exchange.Reply> refreshed(String token) {
        Supplier<Map<String, String>> fields = () -> {
            SortedMap<String, String> form = clientFields();
            form.put("grant_type", "refresh_token");
            form.put("refresh_token", token);
            return form;
        };
        return delivery.deliver(Outgoing.form(endpoint("token"), fields)).last() instanceof Exchange.Reply reply
                && reply.ok() ? Optional.of(reply) : Optional.empty();
    }

    /** Ends the session, in one attempt; whether it works does not matter, since it would end by itself. */
    void logout(String refresh) {
        delivery.once(Outgoing.form(endpoint("logout"), () -> {
            SortedMap<String, String> form = clientFields();
            form.put("refresh_token", refresh);
            return form;
        }));
    }

    private String endpoint(String name) {
        return "/realms/" + Request.encoded(connection.realm()) + "/protocol/openid-connect/" + name;
    }

    private Tokens.Grant grant(Exchange.Reply reply) {
        Value.MapOf grant = Bodies.readMap(reply.body())
                .filter(body -> body.text("access_token").isPresent())
                .orElseThrow(() -> refusals.notKeycloak().asException());
        String token = grant.text("access_token").orElseThrow();
        redaction.remember(token);
        grant.text("refresh_token").ifPresent(redaction::remember);
        Optional<Duration> life = grant.get("expires_in")
                .filter(Value.Num.class::isInstance)
                .map(seconds -> Duration.ofSeconds(((Value.Num) seconds).value().longValue()));
        return new Tokens.Grant(token, grant.text("refresh_token"), life);
    }

    private Map<String, String> loginFields() {
        SortedMap<String, String> form = clientFields();
        if (connection.login().now() instanceof Login.Password password) {
            form.put("grant_type", "password");
            form.put("username", password.username());
            form.put("password", remembered(password.password()));
        } else {
            form.put("grant_type", "client_credentials");
        }
        return form;
    }

    private SortedMap<String, String> clientFields() {
        SortedMap<String, String> form = new TreeMap<>();
        switch (connection.login().now()) {
            case Login.ClientSecret(String clientId, Secret secret) -> {
                form.put("client_id", clientId);
                form.put("client_secret", remembered(secret));
            }
            case Login.Password password -> {
                form.put("client_id", password.clientId());
                password.clientSecret().ifPresent(secret -> form.put("client_secret", remembered(secret)));
            }
            case Login.SignedJwt jwt -> asserted(form, jwt.clientId(), assertions.signed(jwt));
            case Login.Assertion(String clientId, Login.Assertion.Given given) -> asserted(form, clientId,
                    assertions.given(given));
            case Login.Token _ -> {
                // stands by itself
            }
            case Login.Kept _ -> throw new IllegalStateException("a login that was looked up leads to another one");
        }
        return form;
    }

    private void asserted(SortedMap<String, String> form, String clientId, String assertion) {
        redaction.remember(assertion);
        form.put("client_id", clientId);
        form.put("client_assertion_type", JWT_BEARER);
        form.put("client_assertion", assertion);
    }

    private String remembered(Secret secret) {
        if (!secret.isGiven()) {
            throw refusals.notGiven(secret).asException();
        }
        redaction.remember(secret.reveal());
        return secret.reveal();
    }
}
