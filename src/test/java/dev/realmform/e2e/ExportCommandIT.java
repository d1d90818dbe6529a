package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.EveryType;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.RealKeycloak.RealmName;
import dev.realmform.testing.SinceKeycloak;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a live realm becomes in a file, and that the file says neither less nor more. */
@ExtendWith(RealKeycloak.class)
class ExportCommandIT {

    private static final Path FRESH = Path.of("src/main/resources/dev/realmform/keycloak/fresh-realm.json");

    private static final String REALM = "fresh-realm";

    /** Of other versions, what differs from this one is in an export. */
    private static final String NEWEST = "26.7";

    private static final List<String> VIEW = List.of("view-realm", "view-clients", "view-users",
            "view-identity-providers",
            "query-clients", "query-groups", "query-realms", "query-users");

    @TempDir
    Path folder;

    private Workbench bench;

    @BeforeEach
    void at(KeycloakServer server) {
        bench = Workbench.at(server, folder);
    }

    /** With {@code -Dgolden.update} it is written anew. */
    @Test
    @SinceKeycloak(value = NEWEST, what = "what new realms of 26.7 have")
    void whatNewRealmsHaveStandsInItsFile(AdminApi admin) throws IOException {
        admin.post("", "{\"realm\": \"fresh-realm\"}");
        try {
            ObjectNode fresh = exported("fresh.yaml");
            bench.write("templates.yaml", resource("/fresh-realm/templates.yaml"));
            bench.run("apply", "-f", "templates.yaml", "--auto-approve").ended(0);
            new Templates(exported("more.yaml"), new YAMLMapper().readTree(bench.read("templates.yaml"))).into(fresh);
            String text = pretty(fresh);
            if (System.getProperty("golden.update") != null) {
                Files.writeString(FRESH, text);
            }

            assertThat(text).isEqualTo(Files.readString(FRESH));
        } finally {
            admin.delete(REALM);
        }
    }

    private ObjectNode exported(String file) throws IOException {
        bench.run("export", "--realm", REALM, "--defaults", "--users", "--out", file).ended(0);
        return (ObjectNode) new YAMLMapper().readTree(bench.read(file));
    }

    private static String resource(String name) throws IOException {
        try (InputStream file = ExportCommandIT.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String pretty(JsonNode node) throws IOException {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
        return new ObjectMapper().writer(printer).writeValueAsString(node) + "\n";
    }

    /** The members of that name, as they are on the server, without what was said of them. */
    private record Templates(JsonNode live, JsonNode said) {

        void into(ObjectNode fresh) {
            into(fresh, live, said);
        }

        private static boolean into(ObjectNode fresh, JsonNode live, JsonNode said) {
            boolean any = false;
            for (String name : (Iterable<String>) live::fieldNames) {
                JsonNode value = live.path(name);
                if (name.equals("template") || name.equals("/template")) {
                    fresh.set("*", unsaid(value, said.path(name)));
                    any = true;
                } else if (value instanceof ObjectNode) {
                    boolean known = fresh.path(name) instanceof ObjectNode;
                    ObjectNode below = known ? (ObjectNode) fresh.path(name) : fresh.objectNode();
                    boolean inside = into(below, value, said.path(name));
                    if (inside && !known) {
                        fresh.set(name, below);
                    }
                    any |= inside;
                }
            }
            return any;
        }

        private static JsonNode unsaid(JsonNode live, JsonNode said) {
            if (!(live instanceof ObjectNode object)) {
                return live;
            }
            ObjectNode unsaid = object.objectNode();
            for (String name : (Iterable<String>) object::fieldNames) {
                if (name.equals("template")) {
                    unsaid.set("*", unsaid(object.path(name), said.path(name)));
                } else if (!said.has(name)) {
                    unsaid.set(name, object.path(name));
                } else if (object.path(name).has("template")) {
                    unsaid.set(name, unsaid(object.path(name), said.path(name)));
                }
            }
            return unsaid;
        }
    }

    @Test
    @SinceKeycloak(value = NEWEST, what = "what new realms of 26.7 have")
    void aNewRealmHasNothingToSayButItsName(RealmName realm, AdminApi admin) {
        admin.post("", "{\"realm\": \"" + realm + "\"}");

        String text = bench.run("export", "--realm", realm.value(), "--users").ended(0).out();

        assertThat(text.lines().filter(line -> !line.startsWith("#"))).containsExactly("realm: " + realm);
    }

    @Test
    @SinceKeycloak(value = NEWEST, what = "something of every type")
    void somethingOfEveryTypeIsInStepWithItsExport(RealmName realm, AdminApi admin) {
        EveryType.make(admin, realm.value(), "ldap://127.0.0.1:9");

        bench.run("export", "--realm", realm.value(), "--users", "--out", "realm.yaml").ended(0);

        bench.run("plan", "-f", "realm.yaml").ended(0).printed(", 0 to add, 0 to change, 0 to destroy.");
        bench.apply("-f", "realm.yaml").ended(0);
        bench.run("plan", "-f", "realm.yaml").foundNothingToDo();
    }

    @Test
    @SinceKeycloak(value = NEWEST, what = "something of every type")
    void aRealmMadeOfAnExportIsTheSameRealm(RealmName realm, AdminApi admin) {
        EveryType.make(admin, realm.value(), "ldap://127.0.0.1:9");
        bench.run("export", "--realm", realm.value(), "--users", "--out", "realm.yaml").ended(0);
        admin.delete(realm.value());

        bench.apply("-f", "realm.yaml").ended(0);

        bench.run("export", "--realm", realm.value(), "--users", "--out", "again.yaml").ended(0);
        assertThat(String.join("\n", said("again.yaml"))).isEqualTo(String.join("\n", said("realm.yaml")));
    }

    private List<String> said(String file) {
        return bench.read(file).lines().filter(line -> !line.strip().startsWith("#")).toList();
    }

    @Test
    void viewRolesAreEnoughAndSecretsAreNamedOnly(RealmName realm, AdminApi admin) {
        admin.post("", """
                {"realm": "%s", "enabled": true,
                 "smtpServer": {"host": "mail.example.com", "from": "a@example.com", "auth": "true", "user": "a", "password": "canary-smtp"},
                 "clients": [{"clientId": "shop", "secret": "canary-shop", "description": "Costs $(5)"}],
                 "identityProviders": [{"alias": "corp", "providerId": "oidc", "config": {"clientId": "x",
                   "clientSecret": "canary-corp", "authorizationUrl": "https://x/a", "tokenUrl": "https://x/t"}}],
                 "users": [{"username": "ada", "credentials": [{"type": "password", "value": "canary-ada"}]}]}
                """.formatted(realm));
        try (ServiceAccount viewer = ServiceAccount.in(admin, realm.value(), "viewer", "canary-viewer")) {
            viewer.withClientRoles("realm-management", VIEW);
            Workbench reading = bench.asClient(realm.value(), viewer.clientId(), viewer.secret());

            CommandLineRun run = reading.run("export", "--realm", realm.value(), "--users", "--out", "realm.yaml")
                    .ended(0);

            String text = bench.read("realm.yaml");
            assertThat(text + run.all()).doesNotContain("canary");
            assertThat(text).contains(
                    "  # Not in here, and left as it is: secret. To manage it: secret: $(secret:NAME)\n  shop:\n",
                    "    description: Costs $$(5)\n", "  host: mail.example.com\n", "  ada:\n");
            assertThat(run.err()).contains("4 secrets are not in it; comments say where.");
            reading.run("plan", "-f", "realm.yaml").ended(0).printed(", 0 to add, 0 to change, 0 to destroy.");
        }
    }

    @Test
    void whatALoginMayNotSeeIsNamed(RealmName realm, AdminApi admin) {
        admin.post("", "{\"realm\": \"" + realm + "\", \"enabled\": true, \"displayName\": \"Shop\"}");
        try (ServiceAccount viewer = ServiceAccount.in(admin, realm.value(), "viewer", "viewers-secret")) {
            viewer.withClientRoles("realm-management", List.of("view-realm"));

            CommandLineRun run = bench.asClient(realm.value(), viewer.clientId(), viewer.secret())
                    .run("export", "--realm", realm.value())
                    .ended(0);

            assertThat(run.out()).contains("displayName: Shop");
            assertThat(run.err()).contains("not in it, since this login may not see them: resources of type client ");
        }
    }

    @Test
    void nothingIsOverwrittenAndNothingIsMadeUp(RealmName realm) {
        bench.write("realm.yaml", "mine");

        bench.run("export", "--realm", realm.value(), "--out", "realm.yaml").ended(1);
        bench.run("export", "--realm", realm.value(), "--out", "other.yaml")
                .ended(1)
                .complained("there is no realm " + realm);

        assertThat(bench.read("realm.yaml")).isEqualTo("mine");
        assertThat(bench.path("other.yaml")).doesNotExist();
    }
}
