package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.RealKeycloak.RealmName;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What OSMO gets as files fits the Keycloak that it is for. */
@ExtendWith(RealKeycloak.class)
class OsmoFilesIT {

    private static final String ASTERISKS = "**********";

    @TempDir
    Path folder;

    private final AdminApi admin;
    private final KeycloakServer server;
    private Workbench bench;
    private String realm;

    OsmoFilesIT(AdminApi admin, KeycloakServer server) {
        this.admin = admin;
        this.server = server;
    }

    @BeforeEach
    void place(RealmName name) {
        realm = name.value();
        bench = Workbench.at(server, folder);
        bench.write("osmo.yaml", "osmo: {realm: " + realm + ", domain: osmo.example.com, host: \"" + host() + "\"}\n");
        bench.apply("-f", "osmo.yaml").ended(0);
    }

    private String host() {
        return server.url().toString().replaceFirst("^https?://", "").replaceFirst("/$", "");
    }

    private JsonNode browser() {
        return admin.get(realm + "/clients?clientId=osmo-browser-flow").get(0);
    }

    private JsonNode secret(String file) throws IOException {
        try (var documents = new YAMLMapper().readerFor(JsonNode.class).<JsonNode>readValues(bench.read(file))) {
            JsonNode namespace = documents.next();
            assertThat(namespace.path("kind").asText()).isEqualTo("Namespace");
            return documents.next();
        }
    }

    private static String decoded(JsonNode secret, String key) {
        return new String(Base64.getDecoder().decode(secret.path("data").path(key).asText()), StandardCharsets.UTF_8);
    }

    @Test
    void theSecretsAreThoseOfKeycloakInAFileOfItsOwnerAndTheCookieSecretStays() throws IOException {
        try (ServiceAccount viewer = ServiceAccount.in(admin, realm, "viewer", "viewers-secret")
                .withClientRoles("realm-management", List.of("view-clients"))) {
            Workbench looking = bench.asClient(realm, viewer.clientId(), viewer.secret());
            CommandLineRun made = looking.run("render", "manifests", "-f", "osmo.yaml", "--out", "osmo-secrets.yaml")
                    .ended(0);

            assertThat(made.all()).doesNotContain(browser().path("secret").asText());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(bench.path("osmo-secrets.yaml"))))
                    .isEqualTo("rw-------");
            JsonNode first = secret("osmo-secrets.yaml");
            assertThat(first.has("stringData")).isFalse();
            assertThat(decoded(first, "client_secret")).isEqualTo(browser().path("secret").asText());
            assertThat(Base64.getUrlDecoder().decode(decoded(first, "cookie_secret"))).hasSize(32);

            admin.post(realm + "/clients/" + browser().path("id").asText() + "/client-secret", "");
            looking.run("render", "manifests", "-f", "osmo.yaml", "--out", "osmo-secrets.yaml").ended(0);
            JsonNode second = secret("osmo-secrets.yaml");
            assertThat(decoded(second, "client_secret")).isEqualTo(browser().path("secret").asText())
                    .isNotEqualTo(decoded(first, "client_secret"));
            assertThat(decoded(second, "cookie_secret")).isEqualTo(decoded(first, "cookie_secret"));

            String bad = Base64.getEncoder()
                    .encodeToString("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd+h8=".getBytes(StandardCharsets.UTF_8));
            bench.write("osmo-secrets.yaml", bench.read("osmo-secrets.yaml")
                    .replace(second.path("data").path("cookie_secret").asText(), bad));
            looking.run("render", "manifests", "-f", "osmo.yaml", "--out", "osmo-secrets.yaml")
                    .ended(0)
                    .complained("the cookie secret there has 44 bytes");
            assertThat(Base64.getUrlDecoder().decode(decoded(secret("osmo-secrets.yaml"), "cookie_secret")))
                    .hasSize(32);
        }
    }

    @Test
    void aPipeGetsThemOnlyIfAskedForAndKeepsTheCookieSecretOfTheCluster() {
        bench.run("render", "manifests", "-f", "osmo.yaml", "--out", "-")
                .ended(0)
                .complained("everybody is logged out");
        bench.write("live.yaml", """
                {"kind": "Secret", "metadata": {"name": "oauth2-proxy-secrets"}, "data": {"cookie_secret": "%s"}}
                """.formatted(Base64.getEncoder()
                .encodeToString("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8))));

        CommandLineRun piped = bench
                .run("render", "manifests", "-f", "osmo.yaml", "--out", "-", "--cookie-from", "live.yaml")
                .ended(0)
                .printed("cookie_secret: MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
        assertThat(piped.err()).isEmpty();
    }

    @Test
    void aSecretThatEverybodyKnowsIsRefused() {
        admin.put(realm + "/clients/" + browser().path("id").asText(),
                "{\"clientId\": \"osmo-browser-flow\", \"secret\": \"" + ASTERISKS + "\"}");
        assertThat(browser().path("secret").asText()).isEqualTo(ASTERISKS);

        bench.run("render", "manifests", "-f", "osmo.yaml", "--out", "m.yaml")
                .ended(1)
                .complained("ten asterisks", "Regenerate");
        assertThat(bench.path("m.yaml")).doesNotExist();
        bench.write("osmo.yaml", bench.read("osmo.yaml") + "realmform: {secrets: {s: {env: S}}}\n"
                + "clients: {osmo-browser-flow: {secret: $(secret:s)}}\n");
        Workbench declaring = bench.with("S", "canary-new");
        declaring.apply("-f", "osmo.yaml").ended(0);
        declaring.run("render", "manifests", "-f", "osmo.yaml", "--out", "m.yaml").ended(0);
        CommandLineRun other = bench.with("S", "canary-other")
                .run("render", "manifests", "-f", "osmo.yaml", "--out", "m.yaml")
                .ended(1)
                .complained("another secret than Keycloak has");
        assertThat(other.all()).doesNotContain("canary-");
    }

    @Test
    void theUsualAddressesAreThoseThatKeycloakTellsAndTheDeviceEndpointAnswers() throws Exception {
        String usual = bench.run("render", "osmo-values", "-f", "osmo.yaml").ended(0).out();
        String told = bench.without("KEYCLOAK_USERNAME", "KEYCLOAK_PASSWORD")
                .run("render", "osmo-values", "-f", "osmo.yaml", "--discover")
                .ended(0)
                .out();

        String scheme = server.url().getScheme() + "://";
        assertThat(told).isEqualTo(usual.replace("https://" + host(), scheme + host()));
        String device = told.lines()
                .filter(line -> line.contains("device_endpoint: "))
                .findFirst()
                .orElseThrow()
                .replaceFirst(".*device_endpoint: ", "");
        assertThat(posted(device, "client_id=osmo-device&scope=openid")).isEqualTo(200);
        assertThat(posted(device.replace("/auth/device", "/device"), "client_id=osmo-device")).isEqualTo(405);
        bench.write("other.yaml", "osmo: {domain: osmo.example.com, realm: nowhere}\n");
        bench.run("render", "osmo-values", "-f", "other.yaml", "--discover")
                .ended(1)
                .complained("no realm nowhere yet");
    }

    /** What osmo login of 6.4 does first: a port of this machine that nobody knew of before. */
    @Test
    void aDeviceClientMadeFitForPkceTakesAnyPortOfThisMachine() throws Exception {
        bench.write("osmo.yaml", bench.read("osmo.yaml") + """
                clients:
                  osmo-device:
                    standardFlowEnabled: true
                    redirectUris: ["http://localhost/*"]
                    attributes: {pkce.code.challenge.method: S256}
                """);
        bench.apply("-f", "osmo.yaml").ended(0);
        bench.run("render", "osmo-values", "-f", "osmo.yaml", "--layout", "6.4")
                .ended(0)
                .printed("browser_client_id: osmo-device");

        String login = server.url() + "/realms/" + realm
                + "/protocol/openid-connect/auth?response_type=code&scope=openid"
                + "&code_challenge_method=S256&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&redirect_uri=";
        assertThat(status(login + "http://localhost:43219/callback&client_id=osmo-device")).isEqualTo(200);
        assertThat(status(login + "http://localhost:43219/callback&client_id=osmo-browser-flow")).isEqualTo(400);
    }

    private static int status(String url) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private static int posted(String url, String form) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(url))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(form))
                    .build(), HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }
}
