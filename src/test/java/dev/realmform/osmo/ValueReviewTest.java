package dev.realmform.osmo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realmform.model.ProblemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A team's own value files beside what should be in them. */
class ValueReviewTest {

    private static final String OSMO = "osmo: {domain: osmo.example.com, admins: [ada]}\nusers: {ada: {emailVerified: true}}\n";

    /** What OSMO's guide for Keycloak has, with its domain filled in and everything else as it is printed. */
    private static final String GUIDE = """
            services:
              service:
                auth:
                  enabled: true
                  device_endpoint: https://auth-osmo.example.com/realms/osmo/protocol/openid-connect/device
                  device_client_id: osmo-device
                  browser_endpoint: https://auth-osmo.example.com/realms/osmo/protocol/openid-connect/auth
                  browser_client_id: osmo-browser-flow
                  token_endpoint: https://auth-osmo.example.com/realms/osmo/protocol/openid-connect/token
                  logout_endpoint: https://auth-osmo.example.com/realms/osmo/protocol/openid-connect/logout
            sidecars:
              oauth2Proxy:
                enabled: true
                provider: oidc
                oidcIssuerUrl: https://auth-osmo.example.com/realms/osmo
                clientId: osmo-browser-flow
                cookieDomain: .osmo.example.com
                scope: "openid email profile"
                useKubernetesSecrets: true
                secretName: oauth2-proxy-secrets
                clientSecretKey: client_secret
                cookieSecretKey: cookie_secret
                extraArgs:
                - --insecure-oidc-allow-unverified-email=true
              envoy:
                jwt:
                  user_header: x-osmo-user
                  providers:
                  - issuer: https://auth-osmo.example.com/realms/osmo
                    audience: osmo-device
                    jwks_uri: https://auth-osmo.example.com/realms/osmo/protocol/openid-connect/certs
                    user_claim: preferred_username
                    cluster: idp
                  - issuer: https://auth-osmo.example.com/realms/osmo
                    audience: osmo-browser-flow
                    jwks_uri: https://auth-osmo.example.com/realms/osmo/protocol/openid-connect/certs
                    user_claim: preferred_username
                    cluster: idp
                  - issuer: osmo
                    audience: osmo
                    jwks_uri: http://localhost:8000/api/auth/keys
                    user_claim: unique_name
                    cluster: service
            """;

    @TempDir
    Path folder;

    private Installed installed;

    @BeforeEach
    void place() {
        installed = new Installed(folder);
    }

    private ValueReview review(Layout layout) {
        Installation osmo = installed.by(OSMO);
        return new ValueReview(osmo, osmo.usualEndpoints(), layout);
    }

    private List<Finding> findings(Layout layout, String name, String text) {
        return review(layout).of(installed.given(name, Optional.empty(), text)).getFirst().findings();
    }

    private static List<String> paths(List<Finding> findings) {
        return findings.stream().map(Finding::path).toList();
    }

    /** The guide's file without its gaps: what a careful team would have. */
    private static String right() {
        return GUIDE.replace("openid-connect/device\n", "openid-connect/auth/device\n")
                .replace("service:\n    auth", "service:\n    hostname: osmo.example.com\n    auth")
                .replace("    extraArgs:\n",
                        "    cookieRefresh: 3m\n    extraArgs:\n    - --whitelist-domain=.example.com\n")
                .replace("  envoy:\n", """
                        envoy:
                          idp: {host: auth-osmo.example.com}
                          service: {hostname: osmo.example.com}
                        """.indent(2));
    }

    @Test
    void theGuidesOwnValuesLackWhatItLeavesOut() {
        List<Finding> findings = findings(Layout.V6_2, "osmo_values.yaml", GUIDE);

        assertThat(paths(findings)).containsExactly("services.service.hostname",
                "services.service.auth.device_endpoint",
                "sidecars.oauth2Proxy.cookieRefresh", "sidecars.oauth2Proxy.extraArgs", "sidecars.envoy.idp.host",
                "sidecars.envoy.service.hostname");
        Finding device = findings.get(1);
        assertThat(device.source()).hasToString("osmo_values.yaml:5");
        assertThat(device.found()).endsWith("/openid-connect/device");
        assertThat(device.wanted()).endsWith("/openid-connect/auth/device");
        assertThat(device.why()).contains("405");
        assertThat(findings.get(2).found()).isEqualTo("not there; the chart takes 1h");
        assertThat(findings.get(3).wanted()).isEqualTo("- --whitelist-domain=auth-osmo.example.com");
        assertThat(findings.get(3).source()).hasToString("osmo_values.yaml:23");
        assertThat(findings.get(4).source()).hasToString("osmo_values.yaml:25");
    }

    @Test
    void aFileWithoutGapsHasNoFindingsAndOtherValuesAreNobodysBusiness() {
        assertThat(findings(Layout.V6_2, "osmo_values.yaml", right())).isEmpty();
        assertThat(findings(Layout.V6_2, "osmo_values.yaml", right() + """
            global: {osmoImageTag: "6.2.10", anything: [1, {x: null}]}
            extra: {oauth2Filter: true}
            """)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void whatWeRenderHasNoFindings(Layout layout) {
        Installation osmo = installed.by(OSMO);
        List<ValueReview.Given> documents = new ArrayList<>();
        ValueFile.of(osmo, osmo.usualEndpoints(), layout)
                .forEach(file -> documents.addAll(installed.given(file.name(), Optional.empty(),
                        dev.realmform.json.Json.pretty(file.values(), dev.realmform.json.Json.Secrets.HIDE))));

        List<ValueReview.Checked> checked = review(layout).of(documents);
        assertThat(checked).hasSize(layout == Layout.V6_2 ? 3 : 1)
                .allSatisfy(one -> assertThat(one.findings()).isEmpty());
        assertThat(review(layout).missing(checked)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "cookieRefresh: 3m | cookieRefresh: 1h | sidecars.oauth2Proxy.cookieRefresh | 1h | below 5m, such as 4m",
        "cookieRefresh: 3m | cookieRefresh: 5m0s | sidecars.oauth2Proxy.cookieRefresh | 5m0s | below 5m, such as 4m",
        "cookieRefresh: 3m | cookieRefresh: 0 | sidecars.oauth2Proxy.cookieRefresh | 0 | below 5m, such as 4m",
        "cookieRefresh: 3m | cookieRefresh: soon | sidecars.oauth2Proxy.cookieRefresh | soon | below 5m, such as 4m",
        "auth:\\n      enabled: true | auth:\\n      enabled: false | services.service.auth.enabled | false | true",
        "enabled: true\\n    provider | enabled: false\\n    provider | sidecars.oauth2Proxy.enabled | false | true",
        "openid email | openid | sidecars.oauth2Proxy.scope | openid profile | openid email profile",
        "cookieDomain: .osmo | cookieDomain: .auth | sidecars.oauth2Proxy.cookieDomain | .auth.example.com | .osmo.example.com",
        "clientId: osmo-browser-flow | clientId: osmo | sidecars.oauth2Proxy.clientId | osmo | osmo-browser-flow",
        "oidcIssuerUrl: | oidcIssuerURL: | sidecars.oauth2Proxy.oidcIssuerUrl"
                + " | not there; oidcIssuerURL is, which the chart does not read | https://auth-osmo.example.com/realms/osmo",
        "useKubernetesSecrets: true | useKubernetesSecrets: false | sidecars.oauth2Proxy.useKubernetesSecrets | false | true",
        "whitelist-domain=.example.com | whitelist-domain=.other.com | sidecars.oauth2Proxy.extraArgs"
                + " | --whitelist-domain=.other.com | - --whitelist-domain=auth-osmo.example.com",
        "audience: osmo-device | audience: osmo-cli | sidecars.envoy.jwt.providers"
                + " | providers for osmo-cli, osmo-browser-flow, osmo"
                + " | one for the audience osmo-device: issuer https://auth-osmo.example.com/realms/osmo, jwks_uri"
                + " https://auth-osmo.example.com/realms/osmo/protocol/openid-connect/certs, user_claim preferred_username,"
                + " cluster idp",
        "- issuer: https://auth-osmo.example.com/realms/osmo\\n        audience: osmo-browser"
                + " | - issuer: https://auth-osmo.example.com/realms/osmo/\\n        audience: osmo-browser"
                + " | sidecars.envoy.jwt.providers.1.issuer | https://auth-osmo.example.com/realms/osmo/"
                + " | https://auth-osmo.example.com/realms/osmo",
        "user_claim: unique_name | user_claim: sub | sidecars.envoy.jwt.providers.2.user_claim | sub | unique_name",
        "idp: {host: auth-osmo.example.com} | idp: {host: \"\"} | sidecars.envoy.idp.host | not there | auth-osmo.example.com"})
    void eachDifferenceIsFoundAndNothingElse(String right, String wrong, String path, String found, String wanted) {
        String text = right().replace(right.replace("\\n", "\n"), wrong.replace("\\n", "\n"));
        assertThat(text).isNotEqualTo(right());

        assertThat(findings(Layout.V6_2, "osmo_values.yaml", text)).singleElement().satisfies(finding -> {
            assertThat(finding.path()).isEqualTo(path);
            assertThat(finding.found()).isEqualTo(found);
            assertThat(finding.wanted()).isEqualTo(wanted);
            assertThat(finding.why()).endsWith(".");
            assertThat(finding.source().line()).isPositive();
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"whitelist-domain=.example.com | whitelist-domain=a.test,*.example.com:*",
        "whitelist-domain=.example.com | whitelist-domain\\n    - auth-osmo.example.com",
        "useKubernetesSecrets: true | secretPaths: {clientSecret: /vault/x}",
        "cookieDomain: .osmo | cookieDomain: osmo",
        "openid email profile | openid email profile offline_access",
        "cookieDomain: .osmo.example.com | cookieDomain: .example.com",
        "provider: oidc | pass: 1", "user_header: x-osmo-user | x: 1",
        "secretName: oauth2-proxy-secrets | secretName: mine"})
    void whatWorksAsWellIsRight(String right, String other) {
        String text = right().replace(right, other.replace("\\n", "\n"));
        assertThat(text).isNotEqualTo(right());

        assertThat(findings(Layout.V6_2, "osmo_values.yaml", text)).isEmpty();
    }

    @Test
    void unverifiedAddressesNeedTheFlag() {
        Installation osmo = installed.by("osmo: {domain: osmo.example.com, admins: [ada]}\n");
        ValueReview review = new ValueReview(osmo, osmo.usualEndpoints(), Layout.V6_2);

        assertThat(review.of(installed.given("service.yaml", Optional.empty(), right())).getFirst().findings())
                .isEmpty();
        assertThat(review.of(installed.given("service.yaml", Optional.empty(),
                right().replace("    - --insecure-oidc-allow-unverified-email=true\n", ""))).getFirst().findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.why()).contains("nobody knows of ada"));
    }

    @Test
    void keysOfOsmo60AreExplained() {
        List<Finding> findings = findings(Layout.V6_2, "service.yaml", right()
                .replace("    jwt:\n", "    useKubernetesSecrets: true\n    oauth2Filter: {enabled: true}\n    jwt:\n")
                .replace("cluster: idp", "cluster: oauth"));

        assertThat(paths(findings)).containsExactly("sidecars.envoy.oauth2Filter",
                "sidecars.envoy.useKubernetesSecrets",
                "sidecars.envoy.jwt.providers.0.cluster", "sidecars.envoy.jwt.providers.1.cluster");
        assertThat(findings).allSatisfy(finding -> assertThat(finding.why()).contains("OSMO 6.0"));
    }

    @Test
    void aFileOfAnotherLayoutIsOneFinding() {
        assertThat(findings(Layout.V6_3, "service.yaml", right())).singleElement()
                .satisfies(finding -> assertThat(finding.why()).contains("From 6.3 on"));
        assertThat(findings(Layout.V6_2, "service.yaml", right().replace("sidecars:", "gateway:"))).singleElement()
                .satisfies(finding -> assertThat(finding.why()).contains("--layout"));
        assertThat(findings(Layout.V6_4, "values.yaml", "services: {api: {auth: {enabled: true}}}")).singleElement()
                .satisfies(finding -> assertThat(finding.path()).isEqualTo("services.api"));
    }

    @Test
    void theGuidesBlockCopiedToRouterAndUiIsWrongThere() {
        List<ValueReview.Given> documents = new ArrayList<>();
        String sidecars = right().substring(right().indexOf("sidecars:"));
        documents.addAll(installed.given("router_values.yaml", Optional.empty(),
                "services: {service: {hostname: osmo.example.com}}\n" + sidecars));
        documents.addAll(installed.given("ui_values.yaml", Optional.empty(),
                "services: {ui: {hostname: osmo.example.com}}\n" + sidecars));

        List<ValueReview.Checked> checked = review(Layout.V6_2).of(documents);

        assertThat(checked).extracting(ValueReview.Checked::chart).containsExactly(Chart.ROUTER, Chart.WEB_UI);
        assertThat(paths(checked.getFirst().findings())).containsExactly("sidecars.envoy.osmoauth.hostname",
                "sidecars.envoy.jwt.providers.2.cluster", "sidecars.envoy.jwt.providers.2.jwks_uri");
        assertThat(paths(checked.getLast().findings())).containsExactly("sidecars.envoy.jwt.providers.2");
    }

    @Test
    void ofSeveralFilesForAChartTheLaterWins() {
        List<ValueReview.Given> documents = new ArrayList<>(
                installed.given("service.yaml", Optional.empty(), right()));
        documents.addAll(installed.given("prod.yaml", Optional.of(Chart.SERVICE),
                "sidecars: {oauth2Proxy: {clientId: other}, envoy: {idp: null}}"));

        List<ValueReview.Checked> checked = review(Layout.V6_2).of(documents);

        assertThat(checked).singleElement().satisfies(one -> {
            assertThat(one.files()).containsExactly("service.yaml", "prod.yaml");
            assertThat(paths(one.findings())).containsExactly("sidecars.oauth2Proxy.clientId",
                    "sidecars.envoy.idp.host");
            assertThat(one.findings().getFirst().source()).hasToString("prod.yaml:1");
        });
    }

    @Test
    void httpIsRightForOsmosOwnKeysOnceTheGatewayHasNoTls() {
        Installation osmo = installed.by(OSMO);
        String text = dev.realmform.json.Json.pretty(
                ValueFile.of(osmo, osmo.usualEndpoints(), Layout.V6_3).getFirst().values(),
                dev.realmform.json.Json.Secrets.HIDE);
        String plain = text.replace("https://osmo-service/", "http://osmo-service/");
        String off = "{\n  \"gateway\": {\n    \"tls\": {\"enabled\": false},";

        assertThat(paths(findings(Layout.V6_3, "a.json", plain)))
                .containsExactly("gateway.envoy.jwt.providers.2.jwks_uri");
        assertThat(findings(Layout.V6_3, "b.json", plain.replace("{\n  \"gateway\": {", off))).isEmpty();
        assertThat(findings(Layout.V6_3, "c.json", text.replace("{\n  \"gateway\": {", off))).hasSize(1);
        assertThat(findings(Layout.V6_3, "d.json", text.replace("osmo-service/api", "osmo-service:80/api"))).isEmpty();
    }

    @Test
    void aFileThatFitsNoChartIsAskedAbout() {
        List<ValueReview.Given> documents = installed.given("values.yaml", Optional.empty(), "sidecars: {}");

        assertThatThrownBy(() -> review(Layout.V6_2).of(documents)).isInstanceOfSatisfying(ProblemException.class,
                e -> assertThat(e.problems()).singleElement().satisfies(problem -> {
                    assertThat(problem.what()).contains("which chart");
                    assertThat(problem.remedy()).contains("--check service=values.yaml", "service, router, web-ui");
                }));
        List<ValueReview.Given> router = installed.given("r.yaml", Optional.of(Chart.ROUTER), "sidecars: {}");
        assertThatThrownBy(() -> review(Layout.V6_3).of(router)).isInstanceOf(ProblemException.class)
                .hasMessageContaining("no chart router");
    }
}
