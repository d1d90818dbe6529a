package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.JUnitReport;
import dev.realmform.testing.PublishedSchema;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.RealKeycloak.RealmName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** What one run tells people, reviewers and machines is the same plan. */
@ExtendWith(RealKeycloak.class)
class ReportsIT {

    private static final String FILE = """
            realmform: {secrets: {shop: {env: SHOP_SECRET}}}
            realm: %s
            displayName: Before
            roles: {realm: {one: {description: First}, two: {description: Second}}}
            clients: {shop: {secret: $(secret:shop)}}
            """;

    private static final String CANARY = "CANARY-reports-4711";

    @TempDir
    Path folder;

    private Workbench bench;

    @BeforeEach
    void applied(KeycloakServer server, RealmName realm) {
        bench = Workbench.at(server, folder).with("SHOP_SECRET", CANARY);
        bench.write("realm.yaml", FILE.formatted(realm));
        bench.apply("-f", "realm.yaml").ended(0);
    }

    @Test
    void onePlanIsToldInAllFormsAtOnce(RealmName realm) throws Exception {
        changed(realm);
        CommandLineRun run = bench.run("plan", "-f", "realm.yaml", "--out", "kept.plan", "--json=plan.json",
                "--markdown=plan.md", "--gitlab-report=gitlab.json", "--detailed-exitcode").ended(2);

        assertThat(run.out()).contains("~ realm-role/" + realm + "/one", "Plan: 1 to add, 1 to change, 1 to destroy.");
        assertThat(bench.read("plan.json")).isEqualTo(bench.read("kept.plan"));
        PublishedSchema.PLAN.accepts(bench.read("plan.json"));
        assertThat(bench.read("plan.md")).startsWith("<!-- realmform plan: " + realm + " at http_//127.0.0.1")
                .contains("### Plan: 1 to add, 1 to change, 1 to destroy.\n", "> [!CAUTION]\n> - destroys realm-role/"
                        + realm + "/two\n", "<details>", "! description: First → Number one\n");
        JsonNode counts = bench.json("gitlab.json");
        assertThat(counts.size()).isEqualTo(3);
        assertThat(counts.path("create").asInt() + counts.path("update").asInt() + counts.path("delete").asInt())
                .isEqualTo(3);
        for (String file : new String[]{"plan.json", "plan.md", "gitlab.json"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file))))
                    .isEqualTo("rw-------");
            assertThat(bench.read(file)).doesNotContain(CANARY);
        }
        assertThat(folder.resolve("plan.md.tmp")).doesNotExist();
    }

    @Test
    void aKeptPlanIsToldAgainAsItWas(RealmName realm) {
        changed(realm);
        bench.run("plan", "-f", "realm.yaml", "--out", "kept.plan", "--markdown=plan.md").ended(0);

        assertThat(bench.run("show", "--json", "kept.plan").ended(0).out()).isEqualTo(bench.read("kept.plan"));
        String shown = bench.run("show", "kept.plan", "--markdown", "--gitlab-report=counts.json").ended(0).out();
        assertThat(shown.lines().findFirst()).isEqualTo(bench.read("plan.md").lines().findFirst());
        assertThat(shown.substring(shown.indexOf("> [!CAUTION]")))
                .isEqualTo(bench.read("plan.md").substring(bench.read("plan.md").indexOf("> [!CAUTION]")));
        assertThat(bench.json("counts.json").path("delete").asInt()).isEqualTo(1);
    }

    @Test
    void aReportTakesThePlaceOfTheTextOnlyWhereItIsPrinted(RealmName realm) {
        changed(realm);
        String json = bench.run("plan", "-f", "realm.yaml", "--json", "--markdown=plan.md").ended(0).out();
        PublishedSchema.PLAN.accepts(json);
        assertThat(
                bench.run("plan", "-f", "realm.yaml", "--markdown", "--max-bytes=1024", "--no-details").ended(0).out())
                .startsWith("<!-- realmform plan: ")
                .doesNotContain("<details>")
                .hasSizeLessThanOrEqualTo(1_024);
    }

    @Test
    void whatCannotBeAppliedDoesNotLookApprovedInAReport(RealmName realm) {
        bench.write("realm.yaml", FILE.formatted(realm)
                .replace("two: {description: Second}",
                        "two: {description: Second, $protect: true}"));
        bench.apply("-f", "realm.yaml").ended(0);
        changed(realm);
        bench.run("plan", "-f", "realm.yaml", "--markdown=plan.md", "--json=plan.json", "--out=kept.plan").ended(1);
        assertThat(bench.read("plan.md")).contains("> - cannot be applied: ");
        PublishedSchema.PLAN.accepts(bench.read("plan.json"));
        assertThat(bench.read("plan.json")).contains("cannot be applied: ");
        assertThat(folder.resolve("kept.plan")).doesNotExist();
    }

    @Test
    void aReportThatCannotBeWrittenFailsTheRun(RealmName realm) {
        bench.write("folder", "a file");
        bench.run("plan", "-f", "realm.yaml", "--markdown=folder/plan.md").ended(1).complained("cannot write");
    }

    @Test
    void driftIsToldInAllFormsAtOnce(RealmName realm, AdminApi admin) {
        admin.put(realm + "/roles/two", "{\"name\": \"two\", \"description\": \"Else<where>\"}");
        CommandLineRun run = bench.run("drift", "-f", "realm.yaml", "--markdown=drift.md", "--json=drift.json",
                "--junit=drift.xml").ended(2);

        assertThat(run.out()).contains("Drift: 1 changed, 0 gone, 0 appeared.");
        PublishedSchema.PLAN.accepts(bench.read("drift.json"));
        assertThat(bench.read("drift.md")).startsWith("<!-- realmform drift: " + realm + " at ")
                .contains("### Drift: 1 changed, 0 gone, 0 appeared.\n", "Else<where> → Second");
        Document report = JUnitReport.valid(bench.read("drift.xml"));
        assertThat(report.getDocumentElement().getAttribute("tests")).isEqualTo("4");
        assertThat(report.getElementsByTagName("failure").getLength()).isEqualTo(1);
        Element failed = (Element) report.getElementsByTagName("failure").item(0).getParentNode();
        assertThat(failed.getAttribute("name")).isEqualTo("realm-role/" + realm + "/two");
        assertThat(failed.getTextContent()).contains("description: Else<where> → Second");
        assertThat(bench.read("drift.xml") + bench.read("drift.md") + bench.read("drift.json")).doesNotContain(CANARY);

        bench.apply("-f", "realm.yaml").ended(0);
        bench.run("drift", "-f", "realm.yaml", "--junit=drift.xml").ended(0);
        assertThat(JUnitReport.valid(bench.read("drift.xml")).getElementsByTagName("failure").getLength()).isZero();
    }

    private void changed(RealmName realm) {
        bench.write("realm.yaml", FILE.formatted(realm)
                .replace("First", "Number one")
                .replace("two: {description: Second}", "three: {description: Third}"));
    }
}
