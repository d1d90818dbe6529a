package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.JUnitReport;
import dev.realmform.testing.PublishedSchema;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.RealKeycloak.RealmName;
import dev.realmform.testing.SignedTokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whether what is declared works; and where it does not, why. */
@ExtendWith(RealKeycloak.class)
class VerifyIT {

    /** Somebody's mistake, what is said of it, and who suffers from it. */
    private record Mistake(Consumer<OsmoRealm> done, String cause, String concerned) {}

    private static final List<Mistake> MISTAKES = List.of(
            new Mistake(osmo -> osmo.mapper("osmo-device", "usermodel.clientRoleMapping.clientId", "osmo-browser-flow"),
                    "names the client osmo-browser-flow, not osmo-device",
                    "ID tokens carry the roles of osmo-browser-flow"),
            new Mistake(osmo -> osmo.mapper("osmo-browser-flow", "multivalued", "false"), "is not multivalued",
                    "OSMO reads none (ada, grace)"),
            new Mistake(osmo -> osmo.mapper("osmo-device", "id.token.claim", "false"), "id.token.claim is not true",
                    "ID tokens carry no roles (ada, grace)"),
            new Mistake(osmo -> osmo.withoutMapper("osmo-browser-flow"), "the mapper Create \"roles\" claim is missing",
                    "ID tokens carry no roles (ada, grace)"),
            new Mistake(osmo -> osmo.withoutScope("osmo-device", "profile"),
                    "the default client scope profile is missing",
                    "(400) (ada, grace)"),
            new Mistake(osmo -> osmo.withoutScope("osmo-browser-flow", "email"),
                    "the default client scope email is missing",
                    "which oauth2-proxy needs (ada, grace)"),
            new Mistake(osmo -> osmo.withoutRole("osmo-device", "osmo-group1"),
                    "the role stands on osmo-browser-flow only", "no role osmo-group1 on osmo-device (ada, grace)"),
            new Mistake(osmo -> osmo.withoutMapping("Research/OSMO ML Team", "osmo-browser-flow", "osmo-ml-team"),
                    "the group /Research/OSMO ML Team does not give it",
                    "no role osmo-ml-team on osmo-browser-flow (ada)"),
            new Mistake(osmo -> osmo.leaves("grace", "OSMO group1"), "not in the group /OSMO group1",
                    "no role osmo-group1 on osmo-device (grace)"),
            new Mistake(osmo -> osmo.disable("grace"), "the account is disabled", "cannot log in (grace)"));

    @TempDir
    Path folder;

    private OsmoRealm osmo;
    private Workbench bench;

    @BeforeEach
    void place(AdminApi admin, KeycloakServer server, RealmName name) {
        osmo = new OsmoRealm(admin, server, name.value());
        bench = Workbench.at(server, folder).with("COLUMNS", "300");
        bench.write("osmo.yaml", osmo.file());
    }

    private CommandLineRun verify(Workbench bench, String... more) {
        String[] line = new String[more.length + 5];
        System.arraycopy(new String[]{"verify", "-f", "osmo.yaml", "--issuer", osmo.issuer()}, 0, line, 0, 5);
        System.arraycopy(more, 0, line, 5, more.length);
        return bench.run(line);
    }

    @Test
    void eachMistakeIsNamedWithItsCauseAndMendedByAnApply() {
        bench.apply("-f", "osmo.yaml").ended(0);
        verify(bench).ended(0)
                .printed("✓ plan: nothing to change", "✓ endpoints: ", "✓ keys: ", "✓ client osmo-device: 2 ID tokens",
                        "✓ team group1: 2 members have osmo-group1 on osmo-browser-flow and osmo-device",
                        "✓ team ml-team: 1 member has", "✓ admins: 1 member has", "✓ users: ",
                        "· not in the realm yet: wait for their first login: zoe", "All of it works.");

        for (Mistake mistake : MISTAKES) {
            mistake.done().accept(osmo);
            CommandLineRun found = verify(bench).ended(2)
                    .printed("cause: ", mistake.cause(), mistake.concerned(), "helps: realmform apply -f osmo.yaml");
            assertThat(found.out()).doesNotContain("none that is known").contains("✗ plan");
            bench.apply("-f", "osmo.yaml").ended(0);
        }
        verify(bench).ended(0).printed("All of it works.");
    }

    @Test
    void whatTheFilesThemselvesSayOtherwiseIsNotMendedByAnApply() {
        bench.write("osmo.yaml", osmo.file() + """
                clients:
                  osmo-device: {protocolMappers: {'Create "roles" claim': {config: {multivalued: "false"}}}}
                groups: {/OSMO group1: {clientRoles: {osmo-device: []}}}
                """);
        bench.apply("-f", "osmo.yaml").ended(0);

        CommandLineRun found = verify(bench).ended(2)
                .printed("✓ plan: nothing to change", "is not multivalued", "Switch on \"Multivalued\"",
                        "the group /OSMO group1 does not give it", "does a section say otherwise?");
        assertThat(found.out()).doesNotContain("helps: realmform apply");
    }

    @Test
    void whatIsExpectedIsLookedAtInTheRealmAsItIs() {
        bench.write("osmo.yaml",
                osmo.file() + "expect: [grace can osmo-group1, nobody outside /Admin has osmo-admin]\n");
        bench.apply("-f", "osmo.yaml").ended(0);
        verify(bench).ended(0)
                .printed("✓ expect grace can osmo-group1", "✓ expect nobody outside /Admin has osmo-admin");

        osmo.leaves("grace", "OSMO group1");

        verify(bench).ended(2)
                .printed("✗ expect grace can osmo-group1", "✓ expect nobody outside /Admin has osmo-admin");
    }

    @Test
    void theRealmHasToBeWhereTheSectionSaysAndReportsHoldTheSame() {
        bench.apply("-f", "osmo.yaml").ended(0);

        bench.run("verify", "-f", "osmo.yaml", "--json=out.json", "--junit", "out.xml")
                .ended(2)
                .printed("✗ endpoints",
                        "tokens are issued by " + osmo.issuer() + ", not by https://auth-osmo.example.com",
                        "by osmo.domain, osmo.yaml:3", "--issuer " + osmo.issuer(), "1 thing does not work.");
        JsonNode json = bench.json("out.json");
        assertThat(json.path("holds").asBoolean()).isFalse();
        assertThat(json.path("checks").findValuesAsText("status")).containsOnlyOnce("fails");
        assertThat(JUnitReport.valid(bench.read("out.xml")).getElementsByTagName("failure").getLength()).isEqualTo(1);
        PublishedSchema.PROOF.accepts(bench.run("verify", "-f", "osmo.yaml", "--json").ended(2).out());
    }

    @Test
    void beforeTheFirstApplyNothingIsThere() {
        verify(bench).ended(2).printed("✗ plan", "there is no such realm", "realmform apply -f osmo.yaml");
        bench.with("KEYCLOAK_URL", "http://127.0.0.1:1").run("verify", "-f", "osmo.yaml").ended(3);
    }

    @Test
    void viewRolesAreEnoughWithoutAState() {
        bench.apply("-f", "osmo.yaml").ended(0);
        try (ServiceAccount viewer = ServiceAccount.in(osmo.admin(), osmo.name(), "viewer", "viewers-secret")) {
            viewer.withClientRoles("realm-management", List.of("view-realm", "view-clients", "view-users",
                    "query-clients", "query-groups", "query-realms", "query-users"));
            Workbench looking = bench.asClient(osmo.name(), viewer.clientId(), viewer.secret());
            verify(looking, "--state", "none.json").ended(0).printed("✓ client osmo-device: 2 ID tokens");
            viewer.withoutClientRole("realm-management", "view-users");
            viewer.withoutClientRole("realm-management", "query-users");
            viewer.withoutClientRole("realm-management", "query-groups");
            verify(looking).ended(1).complained("the role view-users is missing");
        }
    }

    @Test
    void requiredActionsAndMissingMailAreSaidAndNoFault() {
        bench.write("osmo.yaml", osmo.file().replace("  grace: {email: grace@example.com, ", "  grace: {"));
        bench.apply("-f", "osmo.yaml").ended(0);
        osmo.demand("ada", "UPDATE_PASSWORD");

        verify(bench).ended(0)
                .printed("· required action UPDATE_PASSWORD: ", "(\"Account is not fully set up\"): ada",
                        "· no mail address: ", ": grace");
    }

    @Test
    void filesWithoutTheSectionAreVerifiedByTheirMemberships() {
        bench.write("plain.yaml", """
                realm: %s
                enabled: true
                clients: {shop: {}}
                roles: {realm: {staff: {}}, client: {shop: {buyer: {}}}}
                groups:
                  /Staff: {realmRoles: [staff], clientRoles: {shop: [buyer]}, $members: [ada]}
                  /Staff/Inner: {realmRoles: [staff]}
                users:
                  ada: {enabled: true}
                  grace: {enabled: true, groups: [/Staff/Inner]}
                """.formatted(osmo.name()));
        bench.apply("-f", "plain.yaml").ended(0);
        bench.run("verify", "-f", "plain.yaml")
                .ended(0)
                .printed("✓ discovery: tokens are issued by " + osmo.issuer(),
                        "✓ group /Staff: 1 member has buyer on shop; staff",
                        "✓ group /Staff/Inner: 1 member has staff", "✓ accounts: 2 are there and enabled");

        osmo.leaves("ada", "Staff");
        bench.run("verify", "-f", "plain.yaml")
                .ended(2)
                .printed("✗ group /Staff", "no role staff (ada)", "cause: not in the group /Staff",
                        "helps: realmform apply -f plain.yaml");
    }

    @Test
    void osmoIsAskedWhatItTellsItsClients() throws IOException, GeneralSecurityException {
        bench.apply("-f", "osmo.yaml").ended(0);
        Map<String, String> answers = new ConcurrentHashMap<>(Map.of("/api/auth/login",
                """
                {"device_endpoint": "%s/auth/device", "device_client_id": "osmo-device", "browser_endpoint": "%s/auth",
                 "browser_client_id": "osmo-browser-flow", "token_endpoint": "%s/token", "logout_endpoint": "%s/logout"}"""
                        .replace("%s", osmo.issuer() + "/protocol/openid-connect"),
                "/api/profile/settings",
                "{\"profile\": {}, \"roles\": [], \"pools\": [\"default\", \"group1-h100\"]}"));
        String token = new SignedTokens("RS256")
                .token("{\"preferred_username\": \"grace\", \"roles\": [\"osmo-user\", \"osmo-group1\"]}");
        HttpServer stub = stub(answers, token);
        try {
            String url = "http://127.0.0.1:" + stub.getAddress().getPort();
            verify(bench, "--osmo-url", url).ended(0)
                    .printed("✓ OSMO /api/auth/login", "· OSMO /api/profile/settings: not asked");
            Workbench asGrace = bench.with("OSMO_TOKEN", token);
            verify(asGrace, "--osmo-url", url + "/").ended(0)
                    .printed("✓ OSMO /api/profile/settings of grace: all pools of the user's teams: group1-h100");

            answers.compute("/api/auth/login", (path, json) -> String.valueOf(json).replace("auth/device", "device"));
            answers.put("/api/profile/settings", "{\"pools\": [\"ml-team-a\"]}");
            CommandLineRun wrong = verify(asGrace, "--osmo-url", url).ended(2)
                    .printed("device_endpoint is ", "that is the guide's, and answers 405",
                            "the pool group1-h100 is not among the user's", "more pools than the teams have: ml-team-a",
                            "sync_mode: force");
            assertThat(wrong.all()).doesNotContain(token.substring(token.lastIndexOf('.')));
            verify(bench.with("OSMO_TOKEN", token.replace(".e", ".f")), "--osmo-url", url).ended(1);
            answers.clear();
            verify(bench, "--osmo-url", url).ended(2).printed("✗ OSMO /api/auth/login", "answered with 404");
        } finally {
            stub.stop(0);
        }
        verify(bench, "--osmo-url", "http://127.0.0.1:1").ended(2).printed("nobody answers at http://127.0.0.1:1");
        verify(bench, "--osmo-url", "osmo.example.com").ended(64);
    }

    /** Answers as OSMO's sources say: what is about a user needs his token. */
    private static HttpServer stub(Map<String, String> answers, String token) throws IOException {
        HttpServer stub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        stub.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            boolean allowed = path.equals("/api/auth/login")
                    || ("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = answers.getOrDefault(path, "{}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(!allowed ? 401 : answers.containsKey(path) ? 200 : 404, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        stub.start();
        return stub;
    }
}
