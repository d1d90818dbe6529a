package dev.realmform.osmo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Value;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the login needs of the values of OSMO's charts. */
class ValueFileTest {

    private static final String OSMO = "osmo: {domain: osmo.example.com}\n";

    private static final String ISSUER = "https://auth-osmo.example.com/realms/osmo";

    @TempDir
    Path folder;

    private SortedMap<String, ValueFile> files(String text, Layout layout) {
        Installation osmo = new Installed(folder).by(text);
        SortedMap<String, ValueFile> files = new TreeMap<>();
        ValueFile.of(osmo, osmo.usualEndpoints(), layout).forEach(file -> files.put(file.name(), file));
        return files;
    }

    private Value.MapOf service(String text, Layout layout) {
        return files(text, layout).entrySet()
                .stream()
                .filter(file -> file.getKey().equals("service.yaml"))
                .findFirst()
                .orElseThrow()
                .getValue()
                .values();
    }

    private static List<String> providers(Value.MapOf envoy) {
        return envoy.map("jwt")
                .list("providers")
                .stream()
                .map(provider -> (Value.MapOf) provider)
                .map(provider -> provider.text("audience").orElse("") + " " + provider.text("cluster").orElse("") + " "
                        + provider.text("jwks_uri").orElse("") + " " + provider.text("user_claim").orElse(""))
                .toList();
    }

    private static String keycloak(String client) {
        return client + " idp " + ISSUER + "/protocol/openid-connect/certs preferred_username";
    }

    @Test
    void osmo62HasAFileForEachOfItsChartsWithProvidersThatFitTheChart() {
        SortedMap<String, ValueFile> files = files(OSMO, Layout.V6_2);

        assertThat(files).containsOnlyKeys("router.yaml", "service.yaml", "web-ui.yaml");
        List<String> both = List.of(keycloak("osmo-device"), keycloak("osmo-browser-flow"));
        files.forEach((name, file) -> {
            Value.MapOf sidecars = file.values().map("sidecars");
            assertThat(sidecars.map("envoy").map("idp").text("host")).contains("auth-osmo.example.com");
            assertThat(sidecars.map("envoy").map("service").text("hostname")).contains("osmo.example.com");
            assertThat(sidecars.map("oauth2Proxy").texts("extraArgs"))
                    .contains("--whitelist-domain=auth-osmo.example.com");
            assertThat(providers(sidecars.map("envoy"))).containsAll(both)
                    .hasSize(name.equals("web-ui.yaml") ? 2 : 3);
        });
        assertThat(providers(envoy(files, "service.yaml")))
                .contains("osmo service http://localhost:8000/api/auth/keys unique_name");
        assertThat(providers(envoy(files, "router.yaml")))
                .contains("osmo osmoauth http://osmo-service/api/auth/keys unique_name");
        assertThat(envoy(files, "router.yaml").map("osmoauth").text("hostname")).contains("osmo.example.com");
    }

    private static Value.MapOf envoy(SortedMap<String, ValueFile> files, String name) {
        return files.values()
                .stream()
                .filter(file -> file.name().equals(name))
                .map(file -> file.values().map("sidecars").map("envoy"))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"V6_3", "V6_4"})
    void laterOnesHaveOneFileWithAGatewayThatFindsOsmosOwnKeys(Layout layout) {
        SortedMap<String, ValueFile> files = files(OSMO, layout);

        assertThat(files).containsOnlyKeys("service.yaml");
        Value.MapOf values = files.firstEntry().getValue().values();
        Value.MapOf envoy = values.map("gateway").map("envoy");
        assertThat(values.has("sidecars")).isFalse();
        assertThat(envoy.text("hostname")).contains("osmo.example.com");
        assertThat(envoy.map("internalJwks").isTrue("enabled")).isTrue();
        assertThat(envoy.map("internalJwks").text("cluster")).contains("osmo-service-jwks");
        assertThat(providers(envoy)).containsExactly(keycloak("osmo-device"), keycloak("osmo-browser-flow"),
                "osmo osmo-service-jwks https://osmo-service/api/auth/keys unique_name");
    }

    @Test
    void theServiceTellsTheEndpointsThatKeycloakHas() {
        Value.MapOf auth = service(OSMO, Layout.V6_2).map("services").map("service").map("auth");

        assertThat(auth.isTrue("enabled")).isTrue();
        assertThat(auth.text("device_endpoint")).contains(ISSUER + "/protocol/openid-connect/auth/device");
        assertThat(auth.text("browser_endpoint")).contains(ISSUER + "/protocol/openid-connect/auth");
        assertThat(auth.text("token_endpoint")).contains(ISSUER + "/protocol/openid-connect/token");
        assertThat(auth.text("logout_endpoint")).contains(ISSUER + "/protocol/openid-connect/logout");
        assertThat(auth.text("device_client_id")).contains("osmo-device");
        assertThat(auth.text("browser_client_id")).contains("osmo-browser-flow");
    }

    @Test
    void hostAndRealmAreThoseOfTheFiles() {
        Value.MapOf values = service("osmo: {domain: o.test, host: \"sso.test:8443\", realm: two words}\n",
                Layout.V6_2);

        assertThat(values.map("sidecars").map("oauth2Proxy").text("oidcIssuerUrl"))
                .contains("https://sso.test:8443/realms/two%20words");
        assertThat(values.map("sidecars").map("envoy").map("idp").text("host")).contains("sso.test");
        assertThat(values.map("sidecars").map("oauth2Proxy").texts("extraArgs"))
                .contains("--whitelist-domain=sso.test:8443");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = {"'' | 4m", "'accessTokenLifespan: 600' | 8m", "'accessTokenLifespan: 36000' | 1h",
                "'accessTokenLifespan: 100' | 1m20s",
                "'clients: {osmo-browser-flow: {attributes: {access.token.lifespan: 1200}}}' | 16m",
                "'clients: {osmo-device: {attributes: {access.token.lifespan: 1200}}}' | 4m"})
    void theSessionIsRefreshedBeforeTheTokenHasRunOut(String more, String refresh) {
        assertThat(service(OSMO + more, Layout.V6_2).map("sidecars").map("oauth2Proxy").text("cookieRefresh"))
                .contains(refresh);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"admins: [ada] | users: {ada: {emailVerified: true}} | ''",
        "admins: [ada] | users: {ada: {email: a@b.test}} | for ada",
        "admins: [ada, lin] | users: {ada: {emailVerified: true}} | nobody knows of lin",
        "admins: [lin] | verifyEmail: true | ''",
        "backends: [b1] | users: {ada: {emailVerified: true}} | ''",
        "users: [ada] | {registrationAllowed: true, users: {ada: {emailVerified: true}}} | register themselves",
        "'teams: {t: {members: unmanaged}}' | users: {ada: {emailVerified: true}} | left to others",
        "'teams: {t: {claim: {c: {g: x}}}}' | identityProviders: {c: {providerId: oidc, trustEmail: true}} | nobody knows",
        "'teams: {t: {claim: {c: {g: x}}}}, admins: [ada]' | "
                + "{identityProviders: {c: {providerId: oidc, trustEmail: true}}, users: {ada: {emailVerified: true}}} | ''",
        "'teams: {t: {claim: {c: {g: x}}}}, admins: [ada]' | "
                + "{identityProviders: {c: {providerId: oidc}}, users: {ada: {emailVerified: true}}} | verified from c"})
    void unverifiedAddressesAreAllowedOnlyWhereThereMayBeSome(String section, String more, String reason) {
        String rest = more.startsWith("{") ? more.substring(1, more.length() - 1) : more;
        Installation osmo = new Installed(folder)
                .by("{osmo: {domain: osmo.example.com, " + section + "}, " + rest + "}");

        ValueFile file = ValueFile.of(osmo, osmo.usualEndpoints(), Layout.V6_2).getFirst();
        List<String> arguments = file.values().map("sidecars").map("oauth2Proxy").texts("extraArgs");
        assertThat(arguments.contains("--insecure-oidc-allow-unverified-email=true")).isEqualTo(!reason.isEmpty());
        if (!reason.isEmpty()) {
            assertThat(file.comments().values()).anyMatch(comment -> comment.contains(reason));
        }
    }

    @Test
    void whatTheGuideLeavesOutSaysWhy() {
        ValueFile file = files(OSMO, Layout.V6_2).sequencedValues().getFirst();

        assertThat(file.name()).isEqualTo("router.yaml");
        assertThat(file.comments().keySet()).extracting(Object::toString)
                .contains("sidecars.envoy.idp.host", "sidecars.envoy.service.hostname",
                        "sidecars.envoy.osmoauth.hostname",
                        "sidecars.oauth2Proxy.cookieRefresh", "sidecars.oauth2Proxy.extraArgs.0",
                        "sidecars.envoy.jwt.providers.2");
    }

    @Test
    void thePkceLoginOf64GetsAClientThatIsFitForItOrAWordOnIt() {
        SortedMap<String, ValueFile> plain = files(OSMO, Layout.V6_4);
        String path = "services.service.auth.browser_client_id";
        assertThat(plain.firstEntry().getValue().comments().get(dev.realmform.model.Path.parse(path)))
                .contains("osmo login --method code");

        Value.MapOf fit = service(OSMO + """
                clients: {osmo-device: {standardFlowEnabled: true, redirectUris: ["http://localhost/*"]}}
                """, Layout.V6_4);
        assertThat(fit.map("services").map("service").map("auth").text("browser_client_id")).contains("osmo-device");
    }
}
