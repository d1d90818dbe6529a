package dev.realmform.cli;

import dev.realmform.config.StatePlace;
import dev.realmform.keycloak.admin.Connection;
import dev.realmform.keycloak.admin.Tls;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Secret;
import dev.realmform.state.HttpPlace;
import dev.realmform.state.Pace;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The way to the server that keeps a state. */
final class StateConnection {

    private static final String WHERE = "realmform.state.http";

    /** GitLab's addresses, which say how it locks. */
    private static final Pattern GITLAB = Pattern.compile("/api/v4/projects/[^/]+/terraform/state/[^/]+");

    private static final Pattern METHOD = Pattern.compile("[A-Z]{1,20}");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]+");

    private StateConnection() {}

    static HttpClient client(Shell shell, StatePlace.Http place) {
        StatePlace.Security tls = place.tls();
        Optional<Connection.Identity> identity = tls.clientCert()
                .map(certificate -> new Connection.Identity(shell.folder().resolve(certificate),
                        shell.folder()
                                .resolve(tls.clientKey()
                                        .orElseThrow(() -> invalid("clientCert has no clientKey",
                                                "Name the private key of the client certificate in " + WHERE
                                                        + ".clientKey.")))));
        return new WebAddress(url(place.url())).client(shell, place.timeout(),
                Tls.context(tls.caFile().map(shell.folder()::resolve), identity, tls.insecureTls(), WHERE));
    }

    static HttpPlace place(StatePlace.Http place) {
        URI url = url(place.url());
        Map<String, Secret> headers = new LinkedHashMap<>();
        List<Secret> secrets = new ArrayList<>();
        place.login().headers().forEach((name, value) -> put(headers, secrets, name, atHand(value).reveal()));
        authorization(place.login(), secrets).ifPresent(value -> put(headers, secrets, "Authorization", value));
        Pace pace = Pace.DEFAULT.with(place.retries(), place.timeout());
        return new HttpPlace(url, method(place.updateMethod().orElse("POST")),
                place.locks() ? Optional.of(locking(place, url)) : Optional.empty(), headers, secrets, pace);
    }

    private static HttpPlace.Locking locking(StatePlace.Http place, URI url) {
        boolean gitlab = GITLAB.matcher(Optional.ofNullable(url.getRawPath()).orElse("")).find();
        URI lock = place.lockAddress()
                .map(StateConnection::url)
                .orElseGet(() -> gitlab ? below(url, "/lock") : url);
        boolean asGitlab = gitlab || GITLAB.matcher(Optional.ofNullable(lock.getRawPath()).orElse("")).find();
        return new HttpPlace.Locking(lock, method(place.lockMethod().orElse(asGitlab ? "POST" : "LOCK")),
                place.unlockAddress().map(StateConnection::url).orElse(lock),
                method(place.unlockMethod().orElse(asGitlab ? "DELETE" : "UNLOCK")));
    }

    private static URI below(URI url, String path) {
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return URI.create(url.toString().replaceFirst("[?#].*", "") + path + query);
    }

    /** The first way for which everything is at hand. */
    private static Optional<String> authorization(StatePlace.Access login, List<Secret> secrets) {
        if (login.token().isPresent()) {
            Secret token = atHand(login.token().get());
            secrets.add(token);
            return Optional.of("Bearer " + token.reveal().strip());
        }
        if (login.username().isEmpty() && login.password().isEmpty()) {
            return Optional.empty();
        }
        String user = login.username()
                .orElseThrow(() -> invalid("the login of the state's server has a password and no user name",
                        "Set REALMFORM_STATE_USERNAME; for a token of GitLab any name will do."));
        Secret password = atHand(login.password()
                .orElseThrow(() -> invalid("the login of " + user + " at the state's server has no password",
                        "Set REALMFORM_STATE_PASSWORD.")));
        secrets.add(password);
        return Optional.of("Basic " + Base64.getEncoder()
                .encodeToString((user + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8)));
    }

    /** Neither name nor value is repeated where it is wrong: either may be the secret. */
    private static void put(Map<String, Secret> headers, List<Secret> secrets, String name, String written) {
        String value = written.strip();
        boolean fits = HEADER_VALUE.matcher(value).matches();
        try {
            HttpRequest.newBuilder().header(name, fits ? value : "x");
        } catch (IllegalArgumentException e) {
            fits = false;
        }
        if (!fits) {
            throw invalid("a header for the state's server cannot be sent",
                    "Check " + WHERE
                            + ".headers, token and password: one line of ASCII, and no header of HTTP itself.");
        }
        Secret secret = Secret.of(value, "");
        headers.put(name, secret);
        secrets.add(secret);
    }

    private static Secret atHand(Secret secret) {
        if (!secret.isGiven()) {
            throw invalid("the login of the state's server needs " + secret.reference()
                    + ", which this run has not been given", "Set the variable that realmform.secrets names for it.");
        }
        return secret;
    }

    private static String method(String text) {
        if (!METHOD.matcher(text).matches()) {
            throw invalid("a method for the state's server is no HTTP method",
                    "Write it in capital letters: POST, LOCK.");
        }
        return text;
    }

    private static URI url(String text) {
        return WebAddress.of(text)
                .filter(address -> !address.holdsLogin())
                .orElseThrow(() -> invalid("an address of the state's server is no web address, or holds a login",
                        "Write it like https://gitlab.example.com/api/v4/projects/42/terraform/state/retail, and the login in"
                                + " REALMFORM_STATE_USERNAME and REALMFORM_STATE_PASSWORD."))
                .url();
    }

    private static ProblemException invalid(String what, String remedy) {
        return Problem.invalid(what, WHERE, remedy).asException();
    }
}
