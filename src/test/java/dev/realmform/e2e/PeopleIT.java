package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.MailServer;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.RealKeycloak.RealmName;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Those whom an apply makes come to a password: by Keycloak's own mail, or by a file that is written once. */
@ExtendWith(RealKeycloak.class)
class PeopleIT {

    private static final String INVITED = """
            osmo:
              realm: REALM
              domain: osmo.example.com
              people: {create: [ada, grace], invite: email}
              teams:
                group1: {members: [ada, grace, old]}
            smtpServer: {host: 127.0.0.1, port: PORT, from: sso@example.com, auth: false, ssl: false, starttls: false}
            users:
              ada: {email: ada@example.com, firstName: Ada, lastName: Lovelace}
              grace: {email: grace@example.com, firstName: Grace, lastName: Hopper}
            """;

    private static final String PLAIN = """
            realm: REALM
            enabled: true
            passwordPolicy: length(12) and digits(3) and specialChars(2)
            users:
              ada: {enabled: true, email: ada@example.com, firstName: Ada, lastName: Lovelace}
              bad name: {enabled: true}
              grace: {enabled: true, email: grace@example.com, firstName: Grace, lastName: Hopper}
              lin: {enabled: true, credentials: [{type: password, value: canary-Lin-12-34!!}]}
            """;

    @TempDir
    Path folder;

    private final AdminApi admin;
    private final KeycloakServer server;
    private final MailServer mails = new MailServer();
    private Workbench bench;
    private String realm;

    PeopleIT(AdminApi admin, KeycloakServer server) {
        this.admin = admin;
        this.server = server;
    }

    @BeforeEach
    void place(RealmName name) {
        realm = name.value();
        bench = Workbench.at(server, folder);
    }

    @AfterEach
    void close() {
        mails.close();
    }

    private void write(String text) {
        bench.write("people.yaml", text.replace("REALM", realm).replace("PORT", String.valueOf(mails.port())));
    }

    @Test
    void whomAnApplyMakesIsSentOneMailAfterJoiningTheTeamAndSetsAPasswordByIt() throws Exception {
        admin.post("", "{\"realm\": \"" + realm + "\", \"enabled\": true}");
        admin.post(realm + "/users", "{\"username\": \"old\", \"enabled\": true, \"email\": \"old@example.com\"}");
        write(INVITED.replace("[ada, grace], invite", "[ada, grace, old], invite"));

        bench.run("plan", "-f", "people.yaml")
                .ended(0)
                .printed("+ invitation/" + realm + "/ada", "from osmo.people.invite, people.yaml:4",
                        "client: osmo-browser-flow")
                .notPrinted("invitation/" + realm + "/old");
        bench.apply("-f", "people.yaml").ended(0).notComplained("without a password");

        assertThat(mails.recipients()).containsExactlyInAnyOrder("ada@example.com", "grace@example.com");
        assertThat(mails.mails()).hasSize(2).allMatch(mail -> mail.contains("/login-actions/action-token"));
        bench.run("plan", "-f", "people.yaml", "--detailed-exitcode").foundNothingToDo();
        bench.apply("-f", "people.yaml").ended(0);
        assertThat(mails.mails()).as("sent once").hasSize(2);
        String page = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .cookieHandler(new java.net.CookieManager())
                .build()
                .send(HttpRequest.newBuilder(link(mails.mails().getFirst())).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        assertThat(page).as("Keycloak's own page").containsIgnoringCase("Update Password");

        write(INVITED.replace(", invite: email", ""));
        bench.run("plan", "-f", "people.yaml").ended(0).printed("0 to add, 0 to change, 0 to destroy");
        bench.apply("-f", "people.yaml").ended(0);
        bench.run("destroy", "-f", "people.yaml", "--auto-approve", "--allow-fewer-files").ended(0);
    }

    private static URI link(String mail) {
        String plain = mail.replace("=\n", "").replace("=3D", "=");
        java.util.regex.Matcher link = java.util.regex.Pattern.compile("http\\S+action-token\\?key=[\\w.-]+[^\\s\"<]*")
                .matcher(plain);
        assertThat(link.find()).as(mail).isTrue();
        return URI.create(link.group().replace("&amp;", "&"));
    }

    @Test
    void aMailThatCannotBeSentFailsAloneAndIsOfferedAgain() {
        mails.refuse(true);
        write(INVITED);

        bench.apply("-f", "people.yaml")
                .ended(1)
                .complained("the mail to set a password is not known to be sent", "The user is there",
                        "the next plan offers the mail again", "2 failed");
        assertThat(members("OSMO group1")).containsExactlyInAnyOrder("ada", "grace");
        bench.run("plan", "-f", "people.yaml")
                .ended(0)
                .printed("+ invitation/" + realm + "/ada", "+ invitation/" + realm + "/grace", "2 to add, 0 to change");

        JsonNode grace = admin.get(realm + "/users?username=grace").get(0);
        admin.put(realm + "/users/" + grace.path("id").asText() + "/reset-password",
                "{\"type\": \"password\", \"value\": \"set by hand\"}");
        mails.refuse(false);
        bench.apply("-f", "people.yaml").ended(0);
        assertThat(mails.recipients()).as("who can log in by now needs none").containsExactly("ada@example.com");
        bench.run("plan", "-f", "people.yaml", "--detailed-exitcode").foundNothingToDo();
    }

    @Test
    void anInvitationThatCannotWorkIsAFindingOfThePlan() {
        write(INVITED.replaceAll("smtpServer.*\\n", "").replace("email: grace@example.com, ", ""));

        bench.run("plan", "-f", "people.yaml")
                .ended(1)
                .complained("grace is to be invited by e-mail and has no e-mail address", "people.yaml:4",
                        "the realm " + realm + " has no mail server");
        bench.apply("-f", "people.yaml").ended(1);
        assertThat(admin.find(realm)).isEmpty();
    }

    @Test
    void temporaryPasswordsAreWrittenOnceOfThoseThatWereSetAlone() throws IOException {
        write(PLAIN);

        bench.apply("-f", "people.yaml", "--credentials-to", "passwords.csv", "--verbose")
                .ended(1)
                .complained("user/" + realm + "/bad name",
                        "Temporary passwords of new users are in passwords.csv: 2. Only you can read it.");

        Map<String, String> passwords = passwords();
        assertThat(passwords).containsOnlyKeys("ada", "grace");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(bench.path("passwords.csv"))))
                .isEqualTo("rw-------");
        passwords.forEach((name, password) -> {
            JsonNode user = admin.get(realm + "/users?exact=true&username=" + name).get(0);
            assertThat(user.path("requiredActions").toString()).contains("UPDATE_PASSWORD");
            assertThat(answerToLogin(name, password)).contains("Account is not fully set up");
            assertThat(answerToLogin(name, password + "x")).contains("Invalid user credentials");
        });
    }

    @Test
    void aPasswordStandsNowhereElse() throws IOException {
        // A saved plan takes no secret that a file holds in clear.
        write(PLAIN.replaceAll("  (bad name|lin).*\\n", ""));
        bench.run("plan", "-f", "people.yaml", "--out", "plan.rfplan").ended(0);
        CommandLineRun apply = bench.run("apply", "plan.rfplan", "--auto-approve", "--json", "--verbose",
                "--credentials-to", "passwords.csv").ended(0);

        List<String> passwords = List.copyOf(passwords().values());
        assertThat(passwords).hasSize(2).allMatch(password -> password.length() == 20);
        List<String> seen = new ArrayList<>(List.of(apply.all(), bench.run("plan", "-f", "people.yaml").all()));
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.endsWith("passwords.csv")) {
                    seen.add(Files.readString(file));
                }
            }
        }
        assertThat(seen).hasSizeGreaterThan(3)
                .allSatisfy(text -> assertThat(text).doesNotContain(passwords.toArray(CharSequence[]::new)));
        bench.run("plan", "-f", "people.yaml", "--detailed-exitcode").foundNothingToDo();
    }

    @Test
    void aFileThatIsThereIsRefusedAndWithoutOneTheApplySaysWhatCanBeDone() {
        write(PLAIN.replaceAll("  bad name.*\\n", ""));
        bench.write("passwords.csv", "mine");

        bench.apply("-f", "people.yaml", "--credentials-to", "passwords.csv").ended(1).complained("is there already");
        assertThat(admin.find(realm)).isEmpty();
        assertThat(bench.read("passwords.csv")).isEqualTo("mine");

        bench.apply("-f", "people.yaml")
                .ended(0)
                .complained("ada, grace are made without a password. Say --credentials-to FILE", "$invite: email");
        bench.apply("-f", "people.yaml", "--credentials-to", "more.csv")
                .ended(0)
                .complained("Nobody new needs a password: more.csv is not written.");
        assertThat(bench.path("more.csv")).doesNotExist();
    }

    private Map<String, String> passwords() {
        Map<String, String> passwords = new TreeMap<>();
        List<String> lines = bench.read("passwords.csv").lines().toList();
        assertThat(lines.getFirst()).isEqualTo("realm,username,password");
        lines.stream().skip(1).map(line -> line.split(",")).forEach(cells -> {
            assertThat(cells[0]).isEqualTo(realm);
            passwords.put(cells[1], cells[2]);
        });
        return passwords;
    }

    private List<String> members(String group) {
        List<String> names = new ArrayList<>();
        String id = admin.get(realm + "/groups?exact=true&search=" + AdminApi.escape(group)).get(0).path("id").asText();
        admin.get(realm + "/groups/" + id + "/members").forEach(user -> names.add(user.path("username").asText()));
        return names;
    }

    private String answerToLogin(String name, String password) {
        String form = "grant_type=password&client_id=admin-cli&username=" + name + "&password="
                + AdminApi.escape(password);
        try {
            return HttpClient.newHttpClient()
                    .send(HttpRequest
                            .newBuilder(server.url().resolve("/realms/" + realm + "/protocol/openid-connect/token"))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString(form))
                            .build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
