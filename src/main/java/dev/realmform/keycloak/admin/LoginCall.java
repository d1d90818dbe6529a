package dev.realmform.keycloak.admin;

import dev.realmform.model.Problem;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Asks the server for tokens, in whatever way the connection says. */
final class LoginCall {

    private static final String JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final Connection connection;
    private final Delivery delivery;
    private final Redaction redaction;
    private final Assertions assertions;
    private final Failures failures;
    private final String address;

    LoginCall(Connection connection, Delivery delivery, Redaction redaction, Assertions assertions, Failures failures,
            String address) {
        this.connection = connection;
        this.delivery = delivery;
        this.redaction = redaction;
        this.assertions = assertions;
        this.failures = failures;
        this.address = address;
    }

    /** A new grant: by the refresh token if there is one and it is still good, else by logging in. */
    Value.MapOf renew(Optional<String> refresh) {
        if (connection.login() instanceof Login.Token(Secret token)) {
            return Value.EMPTY_MAP.with("access_token", token);
        }
        if (refresh.isPresent()) {
            SortedMap<String, String> form = clientFields();
            form.put("grant_type", "refresh_token");
            form.put("refresh_token", refresh.get());
            if (ask("token", form).last() instanceof Exchange.Reply reply && reply.ok()) {
                return grant(reply);
            }
        }
        SortedMap<String, String> form = clientFields();
        if (connection.login() instanceof Login.Password password) {
            form.put("grant_type", "password");
            form.put("username", password.username());
            form.put("password", remembered(password.password()));
        } else {
            form.put("grant_type", "client_credentials");
        }
        return switch (ask("token", form).last()) {
            case Exchange.Reply reply when reply.ok() -> grant(reply);
            case Exchange.Reply reply -> throw refusal(reply).asException();
            case Exchange.Broken broken -> throw broken.problem().asException();
        };
    }

    /** Ends the session; whether it works does not matter, since it would end by itself. */
    void logout(String refresh) {
        SortedMap<String, String> form = clientFields();
        form.put("refresh_token", refresh);
        ask("logout", form);
    }

    private Value.MapOf grant(Exchange.Reply reply) {
        Value.MapOf grant = Bodies.read(reply.body())
                .filter(Value.MapOf.class::isInstance)
                .map(Value.MapOf.class::cast)
                .orElseThrow(() -> notKeycloak().asException());
        grant.text("access_token").ifPresent(redaction::remember);
        grant.text("refresh_token").ifPresent(redaction::remember);
        return grant;
    }

    private SortedMap<String, String> clientFields() {
        SortedMap<String, String> form = new TreeMap<>();
        switch (connection.login()) {
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
            }
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
        redaction.remember(secret.reveal());
        return secret.reveal();
    }

    private Delivery.Delivered ask(String endpoint, Map<String, String> form) {
        String body = form.entrySet()
                .stream()
                .map(field -> Request.encoded(field.getKey()) + "=" + Request.encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return delivery.deliver(new Outgoing(Method.POST,
                "/realms/" + Request.encoded(connection.realm()) + "/protocol/openid-connect/" + endpoint,
                Optional.empty(),
                Optional.of(new Outgoing.Content("application/x-www-form-urlencoded",
                        body.getBytes(StandardCharsets.US_ASCII))),
                true));
    }

    private Problem refusal(Exchange.Reply reply) {
        Optional<Value.MapOf> body = Bodies.read(reply.body())
                .filter(Value.MapOf.class::isInstance)
                .map(Value.MapOf.class::cast);
        if (body.isEmpty() || body.get().text("error").isEmpty()) {
            return reply.status() >= 500 || reply.status() == 429
                    ? failures.unreachable("it answers with status " + reply.status(),
                            "Is it still starting? --wait waits for it.")
                    : notKeycloak();
        }
        String error = body.get().text("error").orElse("");
        String words = redaction.clean(body.get().text("error_description").orElse(error));
        if (reply.status() >= 500) {
            return failures.unreachable("it answers with status " + reply.status() + ": " + words,
                    "Look into the server's log.");
        }
        return refused(words, Problem.Kind.LOGIN);
    }

    Problem refused(String words, Problem.Kind kind) {
        return new Problem(kind, "Keycloak refuses the login: " + words, address + " realm " + connection.realm(),
                remedy(), Optional.empty());
    }

    private Problem notKeycloak() {
        return failures.unreachable("something answers there, but it is no Keycloak",
                "Is the path right? Older or moved servers are served under /auth, for example " + address + "/auth.");
    }

    private String remedy() {
        return switch (connection.login()) {
            case Login.ClientSecret login -> "Check the secret of client \"" + login.clientId()
                    + "\", that it has a service account, and the realm of the login (realmform.server.realm, now \""
                    + connection.realm() + "\").";
            case Login.SignedJwt login -> "Check that client \"" + login.clientId()
                    + "\" authenticates by signed JWT and knows the public half of this key, and the realm of the login.";
            case Login.Assertion login -> "Check that the assertion is for client \"" + login.clientId()
                    + "\", has not expired, and that the server trusts who issued it.";
            case Login.Password login -> "Check user name and password of \"" + login.username()
                    + "\", and the realm of the login (realmform.server.realm, now \"" + connection.realm() + "\").";
            case Login.Token _ -> "Get a new token; a ready token cannot be renewed, so long runs need another login.";
        };
    }
}
