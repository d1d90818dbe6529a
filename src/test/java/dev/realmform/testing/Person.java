package dev.realmform.testing;

import dev.realmform.cli.demo.KeycloakServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Somebody who is logged in to a realm: what may he really do? */
public final class Person {

    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final KeycloakServer server;
    private final String realm;
    private final String token;

    private Person(KeycloakServer server, String realm, String token) {
        this.server = server;
        this.realm = realm;
        this.token = token;
    }

    /** Logs in through the client admin-cli with the user's name as password. */
    public static Person of(KeycloakServer server, String realm, String username) {
        HttpResponse<String> answer = send(form(server, realm, "grant_type=password&client_id=admin-cli&username="
                + username + "&password=" + username).build());
        if (answer.statusCode() != 200) {
            throw new AssertionError(username + " cannot log in: " + answer.body());
        }
        return new Person(server, realm, AdminApi.json(answer.body()).path("access_token").asText());
    }

    /** The status of a GET of the admin API, by a path inside the realm. */
    public int statusOf(String path) {
        return send(HttpRequest.newBuilder(server.url().resolve("/admin/realms/" + realm + "/" + path))
                .header("Authorization", "Bearer " + token)
                .build()).statusCode();
    }

    /** Whether the authorization services of a client grant a permission, such as {@code Orders#view}. */
    public boolean isGranted(String client, String permission) {
        int status = send(form(server, realm, "grant_type=urn:ietf:params:oauth:grant-type:uma-ticket&audience="
                + client + "&permission=" + AdminApi.escape(permission)).header("Authorization", "Bearer " + token)
                .build()).statusCode();
        if (status != 200 && status != 403) {
            throw new AssertionError("the server answered " + status);
        }
        return status == 200;
    }

    private static HttpRequest.Builder form(KeycloakServer server, String realm, String form) {
        return HttpRequest
                .newBuilder(server.url().resolve("/realms/" + realm + "/protocol/openid-connect/token"))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
