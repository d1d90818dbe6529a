package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.IdTokens;
import dev.realmform.testing.JUnitReport;
import dev.realmform.testing.PublishedSchema;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.RealKeycloak.RealmName;
import dev.realmform.testing.StateShelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pipelines of docs/ci.md, as their files say: each script runs against a real Keycloak and a state server that behaves like
 * GitLab's. Looking needs no secret: Keycloak takes the job's own id token. Stand-ins: the forge's programs, see {@link Job}.
 */
@ExtendWith(RealKeycloak.class)
class PipelinesIT {

    private static final Path EXAMPLES = Path.of("examples", "ci");

    private static final String FILE = """
            realmform: {secrets: {smtp: {env: SMTP_PASSWORD}}}
            realm: %s
            enabled: true
            smtpServer: {host: mail.example.com, from: a@example.com, user: mailer, password: $(secret:smtp), auth: "true"}
            roles: {realm: {one: {description: First}}}
            """;

    private static final String CANARY = "CANARY-pipeline";
    private static final String SUBJECT = "repo:acme/realms";

    @TempDir
    Path folder;

    private IdTokens tokens;
    private StateShelf shelf;
    private Job job;
    private Workbench bench;
    private String issuer = "";

    @BeforeEach
    void aRealmWithItsPlanAccount(KeycloakServer server, RealmName realm, AdminApi admin)
            throws IOException, GeneralSecurityException {
        tokens = IdTokens.open();
        shelf = StateShelf.open(StateShelf.Manner.GITLAB);
        job = Job.in(folder);
        issuer = server.url() + "/realms/" + realm;
        bench = Workbench.at(server, job.folder())
                .with("SMTP_PASSWORD", CANARY + "-smtp")
                .with("REALMFORM_STATE", shelf.url());
        bench.write("realm/realm.yaml", FILE.formatted(realm));
        bench.apply("-f", "realm/").ended(0);
        admin.post(realm + "/identity-provider/instances", tokens.provider("forge"));
        bench.write("account.yaml", Files.readString(EXAMPLES.resolve("account.yaml")));
        bench.without("REALMFORM_STATE")
                .apply("-f", "account.yaml", "--var", "realm=" + realm, "--var", "provider=forge", "--var",
                        "subject=" + SUBJECT)
                .ended(0);
    }

    @AfterEach
    void closed() {
        tokens.close();
        shelf.close();
    }

    @Test
    void githubPlansARequestAppliesWhatWasReviewedAndLooksForDrift(KeycloakServer server, RealmName realm,
            AdminApi admin)
            throws IOException {
        try (ServiceAccount applier = applier(realm, admin)) {
            Map<String, String> context = new TreeMap<>(Map.of("vars.KEYCLOAK_URL", server.url().toString(),
                    "vars.REALMFORM_STATE", shelf.url(), "github.token", "stand-in", "github.event.number", "17",
                    "secrets.KEYCLOAK_CLIENT_SECRET", applier.secret(), "secrets.REALMFORM_STATE_TOKEN", "unused",
                    "secrets.SMTP_PASSWORD", CANARY + "-smtp"));
            Job github = job.with(Map.of("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "runner", "ACTIONS_ID_TOKEN_REQUEST_URL",
                    "https://forge.example/token?v=1"));
            Runner runner = name -> {
                Files.writeString(folder.resolve("forge/id-token"), token(issuer));
                return new GithubWorkflow(yaml("github.yml", realm), context).run(name, github);
            };
            requestIsPlannedAndCommented(realm, runner, "comment.1");
            assertThat(Files.readString(folder.resolve("summary.md"))).contains("<!-- realmform plan: ");
            mainIsAppliedOnce(realm, admin, runner);

            runner.run("drift").ended(0);
            assertThat(folder.resolve("forge/issue.1")).doesNotExist();
            moved(realm, admin, "Elsewhere");
            runner.run("drift").ended(0);
            assertThat(forge("issue.1")).startsWith("<!-- realmform drift: ").contains("Elsewhere → Number two");
            moved(realm, admin, "Somewhere");
            runner.run("drift").ended(0);
            assertThat(forge("issue.1")).contains("Somewhere → Number two");
            moved(realm, admin, "Number two");
            runner.run("drift").ended(0);
            assertThat(folder.resolve("forge/issue.1")).doesNotExist();
            context.put("vars.KEYCLOAK_URL", "http://127.0.0.1:1");
            runner.run("drift").ended(3);
        }
        nothingLeaked();
    }

    @Test
    void gitlabPlansARequestAppliesWhatWasReviewedAndLooksForDrift(KeycloakServer server, RealmName realm,
            AdminApi admin)
            throws IOException {
        try (ServiceAccount applier = applier(realm, admin)) {
            shelf.letInOnly("gitlab-ci-token", "job-token");
            Job gitlab = job.with(Map.of("KEYCLOAK_URL", server.url().toString(), "CI_API_V4_URL",
                    shelf.url().replaceFirst("/projects/.*", ""), "CI_PROJECT_ID", "42", "CI_JOB_TOKEN", "job-token",
                    "CI_MERGE_REQUEST_IID", "17", "COMMENT_TOKEN", "stand-in"));
            Job protectedJob = gitlab.with(Map.of("KEYCLOAK_CLIENT_SECRET", applier.secret(), "SMTP_PASSWORD",
                    CANARY + "-smtp"));
            Runner runner = name -> new GitlabPipeline(yaml("gitlab-ci.yml", realm)).run(name,
                    name.equals("apply") ? protectedJob : gitlab, this::token);
            requestIsPlannedAndCommented(realm, runner, "note.1");
            mainIsAppliedOnce(realm, admin, runner);
            assertThat(AdminApi.json(job.read("counts.json")).toString())
                    .isEqualTo("{\"create\":1,\"delete\":0,\"update\":1}");

            runner.run("drift").ended(0);
            moved(realm, admin, "Elsewhere");
            runner.run("drift").ended(2);
            assertThat(JUnitReport.valid(job.read("drift.xml")).getElementsByTagName("failure").getLength())
                    .isEqualTo(1);
            assertThat(job.read("drift.md")).contains("Elsewhere → Number two");
            Job away = gitlab.with(Map.of("KEYCLOAK_URL", "http://127.0.0.1:1"));
            new GitlabPipeline(yaml("gitlab-ci.yml", realm)).run("drift", away, this::token).ended(3);
        }
        nothingLeaked();
    }

    @Test
    void whoeverMayOnlyLookCannotApply(KeycloakServer server, RealmName realm) throws IOException {
        bench.write("realm/realm.yaml", FILE.formatted(realm).replace("First", "Number one"));
        CommandLineRun run = job.with(Map.of("KEYCLOAK_URL", server.url().toString(), "KEYCLOAK_REALM",
                realm.value(), "KEYCLOAK_CLIENT_ID", "realmform-plan", "KEYCLOAK_ASSERTION", token(issuer),
                "SMTP_PASSWORD", CANARY + "-smtp", "REALMFORM_STATE", shelf.url()))
                .run(List.of("sh", "-c"), "realmform apply -f realm/ --auto-approve");
        run.ended(1).complained("this login may not change", "the role manage-realm");
        nothingLeaked();
    }

    @Test
    void theDocumentShowsTheFilesAsTheyAre() throws IOException {
        String document = Files.readString(Path.of("docs", "ci.md"));
        for (String file : List.of("github.yml", "gitlab-ci.yml")) {
            assertThat(document).as(file).contains("```yaml\n" + Files.readString(EXAMPLES.resolve(file)) + "```\n");
        }
    }

    /** A request changes a role, then adds one; then it is broken. Only what can be planned is told, in one comment. */
    private void requestIsPlannedAndCommented(RealmName realm, Runner runner, String comment) throws IOException {
        bench.write("realm/realm.yaml", FILE.formatted(realm).replace("First", "Number one"));
        runner.run("validate").ended(0).printed("Valid: ");
        runner.run("plan").ended(0).printed("Plan: 0 to add, 1 to change, 0 to destroy.");
        assertThat(forge(comment)).startsWith("<!-- realmform plan: " + realm + " at http_//")
                .contains("! description: First → Number one", "not given here; compared at apply");
        PublishedSchema.PLAN.accepts(job.read("plan.json"));

        bench.write("realm/realm.yaml", FILE.formatted(realm)
                .replace("one: {description: First}",
                        "one: {description: Number one}, two: {description: Number two}"));
        newCheckout();
        runner.run("plan").ended(0);
        assertThat(forge(comment)).contains("### Plan: 1 to add, 1 to change, 0 to destroy.");
        assertThat(folder.resolve("forge/" + comment.replace('1', '2'))).doesNotExist();
        String right = job.read("realm/realm.yaml");
        bench.write("realm/realm.yaml", "realm: [");
        newCheckout();
        runner.run("validate").ended(1);
        runner.run("plan").ended(1);
        assertThat(forge(comment)).contains("### Plan: 1 to add");
        bench.write("realm/realm.yaml", right);
    }

    /** Each job begins with the repository's files alone. */
    private void newCheckout() throws IOException {
        for (String report : List.of("plan.md", "plan.json", "counts.json")) {
            Files.deleteIfExists(job.folder().resolve(report));
        }
    }

    private void mainIsAppliedOnce(RealmName realm, AdminApi admin, Runner runner) throws IOException {
        runner.run("plan-main").ended(0);
        runner.run("apply").ended(0);
        List<String> events = job.read("events.jsonl").lines().toList();
        events.forEach(PublishedSchema.EVENTS::accepts);
        assertThat(events.getLast()).contains("\"outcome\":\"complete\"");
        assertThat(admin.get(realm + "/roles/two").path("description").asText()).isEqualTo("Number two");
        runner.run("apply").ended(1).complained("the saved plan is stale");
        assertThat(job.read("events.jsonl")).contains("\"outcome\":\"failed\"");
    }

    private ServiceAccount applier(RealmName realm, AdminApi admin) {
        return ServiceAccount.in(admin, realm.value(), "realmform-apply", CANARY + "-apply")
                .withClientRoles("realm-management", List.of("realm-admin"));
    }

    private static void moved(RealmName realm, AdminApi admin, String description) {
        admin.put(realm + "/roles/two", "{\"name\": \"two\", \"description\": \"" + description + "\"}");
    }

    private String token(String audience) {
        try {
            return tokens.token(SUBJECT, audience);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The pipeline's file, for this test's realm; it waits less long for a server that is away. */
    private static com.fasterxml.jackson.databind.JsonNode yaml(String file, RealmName realm) throws IOException {
        return new YAMLMapper().readTree(Files.readString(EXAMPLES.resolve(file))
                .replace("KEYCLOAK_REALM: retail", "KEYCLOAK_REALM: " + realm)
                .replace("--wait=60s", "--wait=1s"));
    }

    private String forge(String file) throws IOException {
        return Files.readString(folder.resolve("forge").resolve(file));
    }

    /** No secret and no id token is in any file that a job leaves behind, or in what it told the forge. */
    private void nothingLeaked() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                boolean given = List.of("id-token", "exports").contains(file.getFileName().toString());
                assertThat(given ? "" : Files.readString(file)).as(file.toString())
                        .doesNotContain(CANARY, "eyJhbGciOi");
            }
        }
    }

    @FunctionalInterface
    private interface Runner {
        CommandLineRun run(String name) throws IOException;
    }
}
