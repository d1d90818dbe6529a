package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.TestRealm;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the plan says of a key that is about to change, beside what becomes of the key and of a token that it has signed. */
@ExtendWith(RealKeycloak.class)
class KeyIT {

    private static final String KEY = """
            {"components": {"KeyProvider": {"own": {"providerId": "%s", "config": {"priority": "%s"%s}}}}}""";

    private final HttpClient client = HttpClient.newHttpClient();
    private KeycloakServer server;
    private TestRealm realm;
    private LiveRealm live;

    @BeforeEach
    void open(KeycloakServer running, TestRealm own) {
        server = running;
        realm = own;
        live = new LiveRealm(running, own.name());
    }

    @AfterEach
    void close() {
        live.close();
    }

    @ParameterizedTest
    @CsvSource({"keySize, 2048, 3072, another keySize makes a new key, 401, false",
        "algorithm, RS256, PS256, another algorithm for a key that is in use, 401, true",
        "enabled, true, false, the key is switched off, 401, true",
        "active, true, false, '', 200, true"})
    void whatIsLostOfASigningKeyIsAWarning(String setting, String from, String to, String warning, int status,
            boolean sameKey) throws Exception {
        String before = KEY.formatted("rsa-generated", "500", ", \"" + setting + "\": \"" + from + "\"");
        String after = before.replace("\"" + from + "\"}", "\"" + to + "\"}");
        live.apply(before);
        List<String> keys = keys();
        String token = token();
        assertThat(userInfo(token)).isEqualTo(200);

        assertThat(live.warnings(after)).hasSize(warning.isEmpty() ? 0 : 1)
                .allSatisfy(text -> assertThat(text).startsWith(warning)
                        .contains("tokens and sessions that it has signed are no longer valid"));
        live.apply(after);

        assertThat(userInfo(token)).isEqualTo(status);
        assertThat(keys().equals(keys)).isEqualTo(sameKey);
        assertThat(live.plan(after)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"rsa-enc-generated, keySize, 2048, 3072", "ecdsa-generated, ecdsaEllipticCurveKey, P-256, P-384",
        "ecdh-generated, ecdhEllipticCurveKey, P-256, P-384", "eddsa-generated, eddsaEllipticCurveKey, Ed25519, Ed448",
        "hmac-generated, secretSize, 64, 128", "aes-generated, secretSize, 16, 32"})
    void anotherSizeOrCurveMakesANewKey(String provider, String setting, String from, String to) {
        String before = KEY.formatted(provider, "50", ", \"" + setting + "\": \"" + from + "\"");
        String after = before.replace("\"" + from + "\"}", "\"" + to + "\"}");
        live.apply(before);
        List<String> keys = keys();

        assertThat(live.warnings(after)).singleElement().asString().startsWith("another " + setting);
        live.apply(after);

        assertThat(keys()).isNotEqualTo(keys);
    }

    @Test
    void aPriorityChangesNoKey() {
        live.apply(KEY.formatted("rsa-generated", "50", ""));
        List<String> keys = keys();

        assertThat(live.warnings(KEY.formatted("rsa-generated", "60", ""))).isEmpty();
        live.apply(KEY.formatted("rsa-generated", "60", ""));

        assertThat(keys()).isEqualTo(keys);
        assertThat(live.warnings(KEY.formatted("rsa-generated", "60", ", \"keySize\": \"2048\""))).singleElement()
                .asString()
                .startsWith("unless keySize is what the key has already");
    }

    private List<String> keys() {
        List<String> ids = new ArrayList<>();
        for (JsonNode key : realm.get("keys").path("keys")) {
            ids.add(key.path("kid").asText());
        }
        return ids.stream().sorted().toList();
    }

    private String token() throws IOException, InterruptedException {
        realm.post("clients", "{\"clientId\": \"c\", \"publicClient\": true, \"directAccessGrantsEnabled\": true}");
        realm.post("users", """
                {"username": "uma", "enabled": true, "email": "u@example.com", "firstName": "U", "lastName": "M",
                 "credentials": [{"type": "password", "value": "uma"}]}""");
        HttpRequest request = HttpRequest.newBuilder(server.url().resolve(path("token")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "grant_type=password&client_id=c&username=uma&password=uma&scope=openid"))
                .build();
        return AdminApi.json(client.send(request, BodyHandlers.ofString()).body()).path("access_token").asText();
    }

    private int userInfo(String token) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.url().resolve(path("userinfo")))
                .header("Authorization", "Bearer " + token)
                .build();
        return client.send(request, BodyHandlers.discarding()).statusCode();
    }

    private String path(String endpoint) {
        return "/realms/" + realm.name() + "/protocol/openid-connect/" + endpoint;
    }
}
