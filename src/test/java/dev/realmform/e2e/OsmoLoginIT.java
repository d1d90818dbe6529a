package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.BrowserLogin;
import dev.realmform.testing.RealBrowser;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.RealKeycloak.RealmName;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The last proof: people log in, as OSMO has them do it, and their ID tokens say what verify said that they would. */
@ExtendWith(RealKeycloak.class)
class OsmoLoginIT {

    private static final URI OSMO = URI.create("https://osmo.example.com/oauth2/callback");
    private static final String PASSWORD = "correct horse";

    private static final Set<String> ON_DEVICE = Set.of("osmo-group1", "osmo-user");
    private static final Set<String> ON_BROWSER = Set.of("osmo-group1", "osmo-user", "grafana-user", "dashboard-user");

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private OsmoRealm osmo;
    private Workbench bench;

    @BeforeEach
    void applied(AdminApi admin, KeycloakServer server, RealmName name) {
        osmo = new OsmoRealm(admin, server, name.value());
        bench = Workbench.at(server, folder).with("COLUMNS", "300");
        bench.write("osmo.yaml", osmo.file());
        bench.apply("-f", "osmo.yaml").ended(0);
        osmo.password("grace", PASSWORD);
    }

    @Test
    void byDeviceCodeAsTheCommandLineDoes() throws Exception {
        JsonNode device = posted("auth/device",
                Map.of("client_id", "osmo-device", "scope", "openid offline_access profile"),
                200);
        Map<String, String> poll = Map.of("client_id", "osmo-device", "grant_type",
                "urn:ietf:params:oauth:grant-type:device_code", "device_code", device.path("device_code").asText());
        assertThat(posted("token", poll, 400).path("error").asText()).isEqualTo("authorization_pending");

        BrowserLogin browser = new BrowserLogin(URI.create(device.path("verification_uri_complete").asText()));
        browser.submit(Map.of("username", "grace", "password", PASSWORD));
        browser.submit(Map.of("accept", "Yes"));
        assertThat(browser.answer()).contains("Device Login Successful");
        Thread.sleep(Duration.ofSeconds(device.path("interval").asLong()));

        JsonNode tokens = posted("token", poll, 200);
        proves(tokens.path("id_token").asText(), "osmo-device", ON_DEVICE, "command line (osmo-device)");
        bench.write("refresh", tokens.path("refresh_token").asText());
        bench.run("token", "decode", "refresh", "-f", "osmo.yaml", "--issuer", osmo.issuer())
                .ended(2)
                .printed("a refresh token (Offline)", "only Keycloak takes it");
    }

    @Test
    void theGuidesDeviceEndpointAnswers405() throws Exception {
        posted("device", Map.of("client_id", "osmo-device"), 405);
    }

    @Test
    void byPasswordAsAnEndToEndTestDoes() throws Exception {
        JsonNode tokens = posted("token", Map.of("client_id", "osmo-device", "grant_type", "password", "username",
                "grace", "password", PASSWORD, "scope", "openid"), 200);

        proves(tokens.path("id_token").asText(), "osmo-device", ON_DEVICE, "command line (osmo-device)");
        bench.write("access", tokens.path("access_token").asText());
        CommandLineRun access = bench.run("token", "decode", "access", "-f", "osmo.yaml", "--issuer", osmo.issuer());
        access.printed("an access token; OSMO gets the ID token");
    }

    @Test
    void inTheBrowserAsTheWebUiDoes() throws Exception {
        BrowserLogin browser = new BrowserLogin(osmo.server().url(), osmo.name(), "osmo-browser-flow", OSMO);
        browser.post(Map.of("username", "grace", "password", PASSWORD));
        JsonNode tokens = posted("token", Map.of("client_id", "osmo-browser-flow", "client_secret",
                osmo.client("osmo-browser-flow").path("secret").asText(), "grant_type", "authorization_code", "code",
                browser.code(), "redirect_uri", OSMO.toString()), 200);

        proves(tokens.path("id_token").asText(), "osmo-browser-flow", ON_BROWSER, "web UI (osmo-browser-flow)");
    }

    /** As the one before, with pages and scripts. Skipped, with a word, where no Chromium is installed. */
    @Test
    void inARealBrowserToo() throws Exception {
        Optional<Path> chromedriver = RealBrowser.installed();
        if (chromedriver.isEmpty()) {
            System.out.println("skipped: a login in a real browser, as there is no chromedriver"
                    + " (to run it: apt-get install chromium chromium-driver)");
        }
        assumeTrue(chromedriver.isPresent(), "chromedriver is not installed");
        URI code;
        try (RealBrowser browser = RealBrowser.start(chromedriver.orElseThrow(), folder)) {
            browser.open(URI.create(osmo.issuer() + "/protocol/openid-connect/auth?client_id=osmo-browser-flow"
                    + "&response_type=code&scope=openid&redirect_uri="
                    + URLEncoder.encode(OSMO.toString(), StandardCharsets.UTF_8)));
            browser.type("username", "grace");
            browser.type("password", PASSWORD);
            browser.click("#kc-login");
            code = browser.arrives(OSMO.toString());
        }
        JsonNode tokens = posted("token", Map.of("client_id", "osmo-browser-flow", "client_secret",
                osmo.client("osmo-browser-flow").path("secret").asText(), "grant_type", "authorization_code", "code",
                code.getQuery().replaceFirst(".*\\bcode=([^&]+).*", "$1"), "redirect_uri", OSMO.toString()), 200);

        proves(tokens.path("id_token").asText(), "osmo-browser-flow", ON_BROWSER, "web UI (osmo-browser-flow)");
    }

    @Test
    void aMapperThatIsBrokenBreaksTheLoginAsVerifySays() throws Exception {
        osmo.mapper("osmo-device", "multivalued", "false");
        JsonNode tokens = posted("token", Map.of("client_id", "osmo-device", "grant_type", "password", "username",
                "grace", "password", PASSWORD, "scope", "openid"), 200);

        assertThat(claims(tokens.path("id_token").asText()).path("roles").isTextual()).isTrue();
        bench.write("token", tokens.path("id_token").asText());
        bench.run("token", "decode", "token", "-f", "osmo.yaml", "--issuer", osmo.issuer())
                .ended(2)
                .printed("✗ x-osmo-roles", "roles is a text, not a list", "a Lua error");
        bench.run("verify", "-f", "osmo.yaml", "--issuer", osmo.issuer())
                .ended(2)
                .printed("roles is a text in ID tokens, not a list");
    }

    /** The token says what it should, and the tool that takes it apart says so too. */
    private void proves(String token, String client, Set<String> roles, String accepted) {
        JsonNode claims = claims(token);
        assertThat(claims.path("aud").asText()).isEqualTo(client);
        assertThat(claims.path("preferred_username").asText()).isEqualTo("grace");
        assertThat(claims.path("email").asText()).isEqualTo("grace@example.com");
        assertThat(claims.path("roles").isArray()).isTrue();
        List<String> carried = new ArrayList<>();
        claims.path("roles").forEach(role -> carried.add(role.asText()));
        assertThat(new TreeSet<>(carried)).isEqualTo(new TreeSet<>(roles)).hasSameSizeAs(carried);

        bench.write("token", token);
        CommandLineRun decoded = bench.run("token", "decode", "token", "-f", "osmo.yaml", "--issuer", osmo.issuer(),
                "--fetch-keys").ended(0);
        decoded.printed("✓ signature: made with the issuer's key", "✓ accepted as: " + accepted,
                "✓ x-osmo-user: grace");
        assertThat(decoded.out().lines().filter(line -> line.startsWith("✓ x-osmo-roles")).findFirst().orElse(""))
                .contains(roles);
        assertThat(decoded.all()).doesNotContain(token.substring(token.lastIndexOf('.')));
        bench.run("token", "decode", "token", "-f", "osmo.yaml", "--jwks",
                osmo.issuer() + "/protocol/openid-connect/certs")
                .ended(2)
                .printed("accepted by nobody (401)",
                        "the issuer is " + osmo.issuer() + ", not https://auth-osmo.example.com/realms/");
    }

    private static JsonNode claims(String token) {
        return AdminApi
                .json(new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8));
    }

    private JsonNode posted(String endpoint, Map<String, String> form, int expected)
            throws IOException, InterruptedException {
        String body = new TreeMap<>(form).entrySet()
                .stream()
                .map(field -> AdminApi.escape(field.getKey()) + "=" + AdminApi.escape(field.getValue()))
                .collect(Collectors.joining("&"));
        HttpResponse<String> answer = http.send(HttpRequest
                .newBuilder(URI.create(osmo.issuer() + "/protocol/openid-connect/" + endpoint))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer::body).isEqualTo(expected);
        return answer.body().isEmpty() ? AdminApi.json("{}") : AdminApi.json(answer.body());
    }
}
