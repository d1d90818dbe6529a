package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.RealKeycloak.RealmName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is said, and with which exit code, if the server, the login or the command line is wrong. */
@ExtendWith(RealKeycloak.class)
class BadInputIT {

    @TempDir
    Path folder;

    private Workbench bench;

    @BeforeEach
    void place(KeycloakServer server, RealmName realm) {
        bench = Workbench.at(server, folder);
        bench.write("realm.yaml", "realm: " + realm + "\n");
    }

    @Test
    void aServerThatCannotBeReachedIsAnOutageAndNoDrift() {
        fails(bench.with("KEYCLOAK_URL", "http://127.0.0.1:1"), 3, "cannot reach Keycloak: the connection was refused",
                "http://127.0.0.1:1", "Does the server run, and is the port right?");
        fails(bench.with("KEYCLOAK_URL", "http://nowhere.invalid"), 3,
                "cannot reach Keycloak: the host name is not known", "http://nowhere.invalid", "Is the address right");
    }

    @Test
    void aRefusedLoginIsToldWithTheLoginThatWasTried() {
        String url = bench.url();
        fails(bench.with("KEYCLOAK_PASSWORD", "wrong"), 3, "Keycloak refuses the login: Invalid user credentials",
                url + ", realm master", "Check user name \"admin\", its password");
        fails(bench.with("KEYCLOAK_REALM", "nosuchrealm"), 3, "Keycloak refuses the login: Realm does not exist",
                url + ", realm nosuchrealm", "The realm of the login is \"nosuchrealm\"");
        fails(bench.asClient("master", "nosuchclient", "x"), 3, "Keycloak refuses the login: Invalid client",
                url + ", realm master", "Check the secret of client \"nosuchclient\"");
        fails(bench.without("KEYCLOAK_USERNAME", "KEYCLOAK_PASSWORD").with("KEYCLOAK_TOKEN", "no.token.atall"), 3,
                "Keycloak refuses the login: the access token is not accepted", url, "Get a new token.");
    }

    @Test
    void somethingElseThatAnswersIsNotTakenForAnEmptyKeycloak(KeycloakServer server) throws IOException {
        Relay.Manner html = new Relay.Manner() {
            @Override
            public Optional<Relay.Reply> instead(Relay.Call call) {
                return Optional.of(Relay.Reply.html(200, "<html><body>Welcome</body></html>"));
            }
        };
        try (Relay relay = Relay.before(server.url(), html)) {
            fails(bench.with("KEYCLOAK_URL", relay.url()), 3,
                    "cannot reach Keycloak: something answers there, but it is no Keycloak", relay.url(),
                    "Is the path right?");
        }
        Relay.Manner lost = new Relay.Manner() {
            @Override
            public Optional<Relay.Reply> instead(Relay.Call call) {
                return call.path().startsWith("/admin/")
                        ? Optional.of(Relay.Reply.html(404, "<html>Not found</html>"))
                        : Optional.empty();
            }
        };
        try (Relay relay = Relay.before(server.url(), lost)) {
            fails(bench.with("KEYCLOAK_URL", relay.url()), 3,
                    "cannot reach Keycloak: something answers there with status 404, but not as Keycloak does",
                    relay.url(), "Is the path right");
        }
    }

    @Test
    void aMissingRoleIsNamedWithWhereToGrantIt(RealmName realm, AdminApi admin) {
        admin.post("", "{\"realm\": \"" + realm + "\", \"enabled\": true}");
        try (ServiceAccount nobody = ServiceAccount.in(admin, realm.value(), "nobody", "nobodys-secret")) {
            fails(bench.asClient(realm.value(), nobody.clientId(), nobody.secret()), 1,
                    "this login may not read the settings of realm " + realm + ": the role view-realm is missing",
                    "GET /admin/realms/" + realm,
                    "Grant the login's user or service account the role view-realm of client realm-management");
        }
    }

    @Test
    void whatIsMissingOnTheCommandLineIsUsage() {
        assertError(bench.run("plan").ended(64), "no desired-state file is given", "", "Name it with -f FILE.");
        assertError(bench.run("plan", "-f", "realm.yaml", "--wait", "soon").ended(64), "--wait is no time: soon", "",
                "Write 30s, 500ms or 2m.");
        bench.run("plna").ended(64).complained("error: ", "plan", "Help: realmform --help");
        bench.run("plan", "--nonsense").ended(64).complained("error: ", "--nonsense");
        bench.run("state").ended(64).complained("state list|show|rm|mv|pull|push|rebuild");
        bench.run("apply", "x.plan", "-f", "realm.yaml").ended(64).complained("exclude each other");
    }

    @Test
    void noServerAndNoLoginAreToldBeforeAnythingIsSent() {
        fails(bench.without("KEYCLOAK_URL"), 1, "no server is named", "", "set KEYCLOAK_URL");
        fails(bench.without("KEYCLOAK_USERNAME", "KEYCLOAK_PASSWORD"), 1, "no login is given", "",
                "Set KEYCLOAK_CLIENT_ID and KEYCLOAK_CLIENT_SECRET");
        fails(bench.without("KEYCLOAK_PASSWORD"), 1, "the login of admin has no password", "",
                "Set KEYCLOAK_PASSWORD.");
        fails(bench.with("KEYCLOAK_URL", "sso.example.com"), 1, "the server's URL is no web address", "",
                "Write it with its scheme and host");
        fails(bench.with("KEYCLOAK_CA_FILE", "nosuchfile.pem"), 1, "nosuchfile.pem", "", "");
    }

    @Test
    void filesThatAreMissingAreNamed() {
        assertError(bench.run("plan", "-f", "nosuch.yaml").ended(1), "there is no file nosuch.yaml", "nosuch.yaml",
                "Check the path after -f");
        assertError(bench.run("apply", "nosuch.plan").ended(1), "the plan cannot be read", "nosuch.plan",
                "realmform plan --out FILE");
        assertError(bench.run("show", "nosuch.plan").ended(1), "the plan cannot be read", "nosuch.plan",
                "realmform plan --out FILE");
        assertError(bench.run("show", "realm.yaml").ended(1), "realm.yaml", "", "");
        assertError(bench.run("state", "list").ended(64), "no desired-state file is given", "", "-f");
        assertError(bench.run("state", "list", "--state", "nosuch.json").ended(1), "there is no state at", "",
                "Apply first");
        assertError(bench.run("drift", "-f", "realm.yaml").ended(1), "drift needs a state", "", "Apply first");
    }

    /** The same from every command that goes to the server; with --verbose the cause is told, and still no stack. */
    private static void fails(Workbench bench, int code, String what, String where, String remedy) {
        for (List<String> command : List.of(List.of("plan"), List.of("apply", "--auto-approve"), List.of("plan",
                "--verbose"))) {
            List<String> all = new java.util.ArrayList<>(command);
            all.addAll(List.of("-f", "realm.yaml"));
            assertError(bench.run(all.toArray(String[]::new)).ended(code), what, where, remedy);
        }
    }

    private static void assertError(CommandLineRun run, String what, String where, String remedy) {
        assertThat(run.out()).as(run.toString()).isEmpty();
        assertThat(run.err().replaceAll("\\s+", " ")).as(run.toString())
                .contains("error: ")
                .contains(what, where,
                        remedy);
    }
}
