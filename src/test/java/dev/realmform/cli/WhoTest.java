package dev.realmform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.testing.PublishedSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who can use what, asked of an export: no server is there. */
class WhoTest {

    private static final String REALM = """
            {"realm": "osmo", "defaultRole": {"name": "default-roles-osmo"},
             "roles": {"realm": [{"name": "default-roles-osmo", "composites": {"realm": ["offline_access"]}},
                                 {"name": "offline_access"},
                                 {"name": "boss", "composites": {"client": {"osmo-device": ["osmo-admin"]}}}],
                       "client": {"osmo-browser-flow": [{"name": "osmo-admin"}, {"name": "osmo-ml-team"}],
                                  "osmo-device": [{"name": "osmo-admin"}, {"name": "osmo-ml-team"}]}},
             "groups": [{"name": "Admin", "clientRoles": {"osmo-device": ["osmo-admin"], "osmo-browser-flow": ["osmo-admin"]}},
                        {"name": "Research", "subGroups": [{"name": "OSMO ML Team", "path": "/Research/OSMO ML Team",
                          "clientRoles": {"osmo-device": ["osmo-ml-team"], "osmo-browser-flow": ["osmo-ml-team"]},
                          "subGroups": [{"name": "Interns/2026"}]}]}]%s}
            """;

    private static final String USERS = """
            "users": [
              {"username": "ada", "enabled": true, "groups": ["/Research/OSMO ML Team", "/Admin"]},
              {"username": "lin", "enabled": true, "clientRoles": {"osmo-device": ["osmo-ml-team"]}},
              {"username": "tim", "enabled": false, "groups": ["/Research/OSMO ML Team/Interns/2026"]},
              {"username": "zoe", "enabled": true, "realmRoles": ["default-roles-osmo"], "groups": ["/Research"]},
              {"username": "service-account-job", "enabled": true, "serviceAccountClientId": "job", "realmRoles": ["boss"]}]""";

    private static final String FILE = """
            osmo:
              domain: osmo.example.com
              teams: {ml-team: {pools: [ml-team-training], group: OSMO ML Team, parent: Research}}
            """;

    @TempDir
    Path folder;

    private record Said(int code, String out, String err) {}

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("osmo.json"), REALM.formatted("," + USERS));
        Files.writeString(folder.resolve("osmo.yaml"), FILE);
    }

    private Said run(String columns, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Shell shell = new Shell(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), InputStream.nullInputStream(),
                Map.of("COLUMNS", columns), folder, Shell.Terminal.NONE, StandardCharsets.UTF_8, InstantSource.system(),
                new SecureRandom());
        int code = new Realmform(shell).run(arguments);
        return new Said(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private Said asked(String columns, String question) {
        return run(columns, (question + " --export osmo.json").split(" "));
    }

    @Test
    void aPoolIsAnsweredWithEveryWayOfEveryUser() {
        String answer = """
                realm osmo at osmo.json
                pool ml-team-training
                  role osmo-ml-team on osmo-browser-flow, osmo-device (team ml-team)
                  role osmo-admin on osmo-browser-flow, osmo-device (administrators)

                ada                  ← group /Admin ← role osmo-admin on osmo-browser-flow, osmo-device
                                     ← group /Research/OSMO ML Team ← role osmo-ml-team on osmo-browser-flow, osmo-device
                lin                  ← role osmo-ml-team on osmo-device (directly)
                                     ! a part of it: lacks role osmo-ml-team on osmo-browser-flow
                service-account-job  ← role boss ← role osmo-admin on osmo-device
                                     ! a part of it: lacks role osmo-admin on osmo-browser-flow
                tim (disabled)       ← group /Research/OSMO ML Team/Interns~/2026 ← group /Research/OSMO ML Team ← role osmo-ml-team on
                                         osmo-browser-flow, osmo-device

                4 users can use pool ml-team-training; 1 disabled; 2 only a part of it.
                """;
        assertThat(asked("120", "who can use ml-team-training -f osmo.yaml").out()).isEqualTo(answer);
        assertThat(asked("120", "who ml-team-training -f osmo.yaml").out()).isEqualTo(answer);
        assertThat(asked("80", "who ml-team-training -f osmo.yaml").out().lines())
                .allMatch(line -> line.length() <= 80)
                .contains("tim (disabled)       ← group /Research/OSMO ML Team/Interns~/2026 ← group");
    }

    @Test
    void oneUserIsAnsweredWithTheWaysOrWithWhatThereIsInstead() {
        Said can = asked("100", "why can ada use osmo-ml-team");
        assertThat(can.code()).isZero();
        assertThat(can.out()).contains("ada  ← group /Research/OSMO ML Team ← role osmo-ml-team on osmo-browser-flow,",
                "ada can use role osmo-ml-team.")
                .isEqualTo(asked("100", "why ada osmo-ml-team").out())
                .isEqualTo(asked("100", "why ada can use osmo-ml-team").out());

        Said cannot = asked("100", "why zoe osmo-ml-team");
        assertThat(cannot.code()).isEqualTo(2);
        assertThat(cannot.out()).contains("zoe cannot use role osmo-ml-team: there is no way to it.",
                "  groups: /Research\n", "  roles: default-roles-osmo; offline_access\n",
                "  it comes with: /Research/OSMO ML Team\n");
        assertThat(asked("100", "why tim osmo-ml-team").code()).isEqualTo(2);
        assertThat(asked("100", "why tim osmo-ml-team").out())
                .contains("tim has role osmo-ml-team, and cannot log in: disabled.");
        assertThat(asked("100", "who offline_access").out())
                .contains("zoe  ← role default-roles-osmo ← role offline_access");
    }

    @Test
    void theFilesThemselvesAreAskedForWhatTheyDeclare() throws IOException {
        Files.writeString(folder.resolve("osmo.yaml"), FILE.replace("training]", "training], members: [lin]") + """
                  admins: [ada, zoe]
                users:
                  ada: {enabled: true}
                  lin: {enabled: false}
                roles: {realm: {default-roles-osmo: {composites: {realm: [reader]}}, reader: {}}}
                """);

        assertThat(run("120", "who", "ml-team-training", "-f", "osmo.yaml", "--declared").out()).isEqualTo("""
                realm osmo at osmo.yaml
                pool ml-team-training
                  role osmo-ml-team on osmo-browser-flow, osmo-device (team ml-team)
                  role osmo-admin on osmo-browser-flow, osmo-device (administrators)

                ada                  ← group /Admin ← role osmo-admin on osmo-browser-flow, osmo-device
                lin (disabled)       ← group /Research/OSMO ML Team ← role osmo-ml-team on osmo-browser-flow, osmo-device
                zoe (not there yet)  ← group /Admin ← role osmo-admin on osmo-browser-flow, osmo-device

                3 users can use pool ml-team-training; 1 disabled; 1 not there yet.
                """);
        assertThat(run("80", "why", "ada", "reader", "-f", "osmo.yaml", "--declared").out())
                .contains("ada  ← role default-roles-osmo ← role reader");
        assertThat(run("80", "who", "x", "--declared").err()).contains("--declared asks files, and none is given");
    }

    @Test
    void theAnswerForMachinesIsAsItsSchemaSays() {
        String who = asked("80", "who osmo-ml-team --json").out();
        String why = asked("80", "why zoe osmo-ml-team --json").out();

        PublishedSchema.ACCESS.accepts(who);
        PublishedSchema.ACCESS.accepts(why);
        assertThat(who).contains("\"client-role/osmo/osmo-device/osmo-ml-team\"", "\"username\": \"lin\"");
        assertThat(why).contains("\"can\": false", "\"group/osmo/Research/OSMO ML Team\"");
        PublishedSchema.ACCESS.refuses(who.replace("\"paths\"", "\"path\""));
    }

    @Test
    void whatIsNotThereIsNamedWithWhatIsNear() {
        assertThat(asked("100", "who osmo-ml-taem").err()).contains("there is no role osmo-ml-taem in realm osmo",
                "Similar: osmo-ml-team");
        assertThat(asked("100", "who ml-team-training").err()).contains("there is no role ml-team-training");
        assertThat(asked("100", "why bob osmo-admin").err()).contains("there is no user bob in realm osmo");
        assertThat(asked("100", "why bob osmo-admin").code()).isEqualTo(1);
        assertThat(run("80", "who", "x", "--export", "none.json").err()).contains("the export cannot be read",
                "none.json");
        assertThat(run("80", "who", "x", "--export", "osmo.yaml").err()).contains("the export is no JSON");
        assertThat(run("80", "who", "x", "--export", "osmo.json", "--realm", "other").err())
                .contains("there is no realm other in the export", "It holds: osmo");
    }

    @Test
    void usersMayStandInFilesBesideTheRealmOrBeMissing() throws IOException {
        Path export = Files.createDirectories(folder.resolve("export"));
        Files.writeString(export.resolve("osmo-realm.json"), REALM.formatted(""));
        Files.writeString(export.resolve("other-realm.json"), "{\"realm\": \"other\"}");
        assertThat(run("80", "who", "osmo-admin", "--export", "export").err()).contains("several realms: osmo, other");
        assertThat(run("80", "who", "osmo-admin", "--export", "export", "--realm", "osmo").out())
                .contains("No user can be named: there are none in export.");

        Files.writeString(export.resolve("osmo-users-0.json"), "{\"realm\": \"osmo\", " + USERS + "}");
        Files.writeString(export.resolve("osmo-users-1.json"),
                "{\"realm\": \"osmo\", \"users\": [{\"username\": \"una\", \"enabled\": true, \"groups\": [\"/Admin\"]}]}");
        assertThat(run("80", "who", "osmo-admin", "--export", "export", "--realm", "osmo").out()).contains("una ",
                "ada ");
    }
}
