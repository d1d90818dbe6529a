package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.kubernetes.ClusterAccess;
import dev.realmform.testing.ApplyingMock;
import dev.realmform.testing.PostgresServer;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code cluster.database.via: direct} against a real PostgreSQL, beside a mock of a cluster. */
@EnabledIf(value = "dev.realmform.testing.PostgresServer#isInstalled",
        disabledReason = "PostgreSQL is not installed: apt-get install postgresql")
class DirectDatabaseIT {

    /** May make roles and databases, and is no superuser: what a provider of managed databases hands out. */
    private static final String MANAGER = "'man\"ag''er'";

    private static final String MANAGER_PASSWORD = "canary-m'a\"n $(x)";

    private static PostgresServer server;

    @TempDir
    Path folder;

    private final List<String> said = new ArrayList<>();
    private ApplyingMock mock;
    private KubernetesClient theirs;
    private Workbench bench;

    @BeforeAll
    static void start() throws Exception {
        server = PostgresServer.start();
        server.sql("create role \"man\"\"ag'er\" login createdb createrole password 'canary-m''a\"n $(x)'");
        server.sql("create role weak login password 'canary-weak'");
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void given() {
        mock = new ApplyingMock();
        Path kubeconfig = mock.kubeconfig(folder);
        theirs = new ClusterAccess(Optional.of(kubeconfig), Optional.empty(), Map.of()).open();
        bench = Workbench.without(folder)
                .with("KUBECONFIG", kubeconfig.toString())
                .with("ADMIN", MANAGER_PASSWORD)
                .with("WEAK", "canary-weak")
                .with("SUPER", PostgresServer.SUPERUSER_PASSWORD)
                .with("USER_PASSWORD", "canary-p\"w'x y \u00fc\\z");
    }

    @AfterEach
    void closed() {
        theirs.close();
        mock.close();
    }

    private void file(String fields) {
        bench.write("cluster.yaml", """
                realmform:
                  state: {file: state.json}
                  secrets:
                    admin: {env: ADMIN}
                    weak: {env: WEAK}
                    super: {env: SUPER}
                    user: {env: USER_PASSWORD}
                cluster:
                  database:
                    host: 127.0.0.1
                    port: %d
                    via: direct
                %s
                """.formatted(server.port(), fields.indent(4)));
    }

    private static String admin() {
        return "admin: {user: " + MANAGER + ", password: $(secret:admin)}\n";
    }

    private CommandLineRun run(String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(command, "-f", "cluster.yaml"));
        arguments.addAll(List.of(more));
        CommandLineRun ended = bench.run(arguments.toArray(String[]::new));
        said.add(ended.all());
        return ended;
    }

    private CommandLineRun apply() {
        return run("apply", "--auto-approve");
    }

    /** What the server has of roles, databases and rights. */
    private static String server() throws Exception {
        return server.sql("select datname, pg_get_userbyid(datdba), datacl from pg_database order by 1")
                + server.sql("select rolname, rolcanlogin, rolpassword from pg_authid order by 1");
    }

    private static void mayMakeTables(String user, String password, String name) throws Exception {
        assertThat(server.sql(user, password, name, "create table made_by_test (x int); drop table made_by_test"))
                .matches(PostgresServer.Said::ok, "may make tables");
    }

    private String inSecret(String name) {
        return new String(Base64.getDecoder()
                .decode(theirs.secrets().inNamespace("keycloak").withName(name).get().getData().get("password")),
                StandardCharsets.UTF_8);
    }

    @Test
    void oneApplyMakesItTheNextPlanIsEmptyAndADestroyLeavesIt() throws Exception {
        String name = "k\"e'y $x $(PGPASSWORD)=${y}\\ ключ/?";
        String user = "u\"s'e\\r $1 `id`";
        file("""
                name: 'k"e''y $x $$(PGPASSWORD)=${y}\\ ключ/?'
                user: 'u"s''e\\r $1 `id`'
                """ + admin());
        String before = server();
        run("plan").ended(0)
                .printed("+ database/127.0.0.1:", "encoding: UTF8",
                        "known after Secret/keycloak/keycloak-database",
                        "rights: [connect, create, usage]");
        assertThat(server()).as("a plan writes nothing").isEqualTo(before);

        apply().ended(0).printed("Apply complete!");
        String password = inSecret("keycloak-database");
        mayMakeTables(user, password, name);
        run("plan").foundNothingToDo();
        run("drift").ended(0);
        String made = server();
        said.add(bench.read("state.json"));

        run("destroy", "--auto-approve").ended(0).printed("stays on its server");
        assertThat(theirs.secrets().inNamespace("keycloak").withName("keycloak-database").get()).isNull();
        assertThat(server()).isEqualTo(made).contains(name + "|" + user);
        assertThat(said).allSatisfy(text -> assertThat(text).doesNotContain("canary-", password));
        assertThat(server.logged()).contains("CREATE DATABASE").doesNotContain(password);
        server.sql("drop database \"" + name.replace("\"", "\"\"") + "\"");
    }

    @Test
    void whatSomebodyChangedIsSeenAndMended() throws Exception {
        file("{name: healed, user: healed, password: $(secret:user), schema: own}".replaceAll("[{}]", "")
                .replace(", ", "\n") + "\n" + admin());
        apply().ended(0);
        run("plan").foundNothingToDo();

        server.sql("alter role healed password 'other'");
        server.sql("postgres", PostgresServer.SUPERUSER_PASSWORD, "healed", "revoke create on schema own from healed");
        run("drift").ended(2).printed("~ database/", "password", "rights:", "+ create").notPrinted("canary");
        apply().ended(0);
        mayMakeTables("healed", "canary-p\"w'x y \u00fc\\z", "healed");
        run("plan").foundNothingToDo();

        bench = bench.with("USER_PASSWORD", "canary-rotated");
        run("plan").ended(0).printed("password: secret #1 → #2", "Plan: 0 to add, 2 to change");
        apply().ended(0);
        mayMakeTables("healed", "canary-rotated", "healed");
        assertThat(server.sql("healed", "canary-p\"w'x y \u00fc\\z", "healed", "select 1").ok()).isFalse();
        run("plan").foundNothingToDo();
        assertThat(server.logged()).doesNotContain("canary-p\"w", "canary-rotated");
    }

    @Test
    void whatIsThereIsAdoptedAndKeepsItsOwner() throws Exception {
        server.sql("create role guest login password 'canary-guest'");
        server.sql("create database old_one encoding 'UTF8' template template0");
        bench = bench.with("USER_PASSWORD", "canary-guest");
        String fields = "name: old_one\nuser: guest\npassword: $(secret:user)\n";
        file(fields + admin());
        run("plan").ended(0).printed("~ database/", "+ create");
        apply().ended(1)
                .complained("guest may not make tables in the schema public of the database old_one:"
                        + " its owner has to grant CREATE");

        file(fields + "admin: $(secret:super)\n");
        apply().ended(0);
        mayMakeTables("guest", "canary-guest", "old_one");
        assertThat(server.sql("select pg_get_userbyid(datdba) from pg_database where datname = 'old_one'"))
                .as("nobody asked for another owner")
                .isEqualTo("postgres");
        run("plan").foundNothingToDo();
        file(fields + "owner: 'own\"er'\nadmin: $(secret:super)\n");
        apply().ended(0).printed("owner: postgres → own\"er");
        assertThat(server.sql("select rolcanlogin from pg_roles where rolname = 'own\"er'")).isEqualTo("f");
        run("plan").foundNothingToDo();
    }

    @Test
    void aServerThatTrustsTheNetworkNeedsNoPassword() throws Exception {
        file("name: trusting\nuser: " + PostgresServer.TRUSTED + "\npasswordless: true\n" + admin());
        apply().ended(0);
        mayMakeTables(PostgresServer.TRUSTED, "", "trusting");
        run("plan").foundNothingToDo();
    }

    @Test
    void aServerThatTakesAnyPasswordFromHereProvesNothing() throws Exception {
        file("name: open\nuser: " + PostgresServer.TRUSTED + "\npassword: $(secret:user)\n" + admin());
        apply().ended(0);
        String first = server.sql("select rolpassword from pg_authid where rolname = 'trusted'");
        run("plan").foundNothingToDo();

        bench = bench.with("USER_PASSWORD", "canary-rotated");
        apply().ended(0).printed("password: secret #1 → #2");
        assertThat(server.sql("select rolpassword from pg_authid where rolname = 'trusted'")).isNotEqualTo(first)
                .startsWith("SCRAM-SHA-256$");
        run("plan").foundNothingToDo();
        server.sql("alter role trusted password null");
    }

    @Test
    void passwordsMayLieInSecretsOfOthers() throws Exception {
        file("name: given\nuser: given\nsecretName: of-user\nadmin: {user: postgres, secretName: of-admin, secretKey: pw}\n");
        run("plan").ended(1)
                .complained("Secret/keycloak/of-user is not there, or has no data.password",
                        "correct its name and key in cluster.database");
        theirs.secrets()
                .inNamespace("keycloak")
                .resource(new SecretBuilder().withNewMetadata()
                        .withName("of-user")
                        .endMetadata()
                        .withData(Map.of("password", Base64.getEncoder()
                                .encodeToString("canary-u".getBytes(
                                        StandardCharsets.UTF_8))))
                        .build())
                .create();
        theirs.secrets()
                .inNamespace("keycloak")
                .resource(new SecretBuilder().withNewMetadata()
                        .withName("of-admin")
                        .endMetadata()
                        .withData(Map.of("pw", Base64.getEncoder()
                                .encodeToString(PostgresServer.SUPERUSER_PASSWORD.getBytes(StandardCharsets.UTF_8))))
                        .build())
                .create();
        apply().ended(0);
        mayMakeTables("given", "canary-u", "given");
        run("plan").foundNothingToDo();
        run("destroy", "--auto-approve").ended(1).complained("would take along what is not ours");
        assertThat(inSecret("of-user")).isEqualTo("canary-u");
    }

    @Test
    void theServersCertificateIsChecked() throws Exception {
        Files.copy(server.certificate(), folder.resolve("ca.pem"));
        file("name: tls\nuser: tls\ntls: verify-full\nca: $(file:ca.pem)\n" + admin());
        apply().ended(0);
        mayMakeTables("tls", inSecret("keycloak-database"), "tls");

        Files.writeString(folder.resolve("ca.pem"),
                Files.readString(Path.of("src/test/resources/kubernetes/other-ca.pem")));
        run("plan").ended(3).complained("127.0.0.1:" + server.port() + " cannot be reached with TLS", "tls and ca");
    }

    @Test
    void aCertificateForAnotherNameIsRefused() throws Exception {
        Files.copy(server.certificate(), folder.resolve("ca.pem"));
        file("name: named\ntls: verify-full\nca: $(file:ca.pem)\n" + admin());
        bench.write("cluster.yaml", bench.read("cluster.yaml").replace("host: 127.0.0.1", "host: localhost"));
        run("plan").ended(3).complained("localhost:" + server.port() + " cannot be reached with TLS", "tls and ca");
        bench.write("cluster.yaml", bench.read("cluster.yaml").replace("verify-full", "verify-ca"));
        run("plan").ended(0).printed("+ database/localhost:" + server.port() + "/named");
    }

    @Test
    void aSavedPlanIsCarriedOut() throws Exception {
        file("name: saved\nuser: saved\npassword: $(secret:user)\n" + admin());
        run("plan", "--out", "first.plan").ended(0);
        said.add(bench.read("first.plan"));
        bench.run("apply", "first.plan", "--auto-approve").ended(0);
        mayMakeTables("saved", "canary-p\"w'x y \u00fc\\z", "saved");

        file("name: saved\nuser: saved\npassword: $(secret:user)\nschema: another\n" + admin());
        run("plan", "--out", "second.plan").ended(0);
        said.add(bench.read("second.plan"));
        bench.run("apply", "second.plan", "--auto-approve").ended(0);
        assertThat(server.sql("saved", "canary-p\"w'x y \u00fc\\z", "saved", "create table another.t (x int)").ok())
                .isTrue();
        assertThat(said).allSatisfy(text -> assertThat(text).doesNotContain("canary-"));
    }

    @Test
    void aFileThatIsNotTrustedSendsNoLoginAnywhere() {
        file("name: elsewhere\n" + admin());
        bench.write("cluster.yaml", bench.read("cluster.yaml").replace("port: " + server.port(), "port: 1"));
        run("plan", "--untrusted").ended(0)
                .printed("+ database/127.0.0.1:1/elsewhere", "was not looked at: with --untrusted");
    }

    @Test
    void aPlanDoesWithoutTheAdministratorsPasswordAndAnApplyDoesNot() throws Exception {
        file("name: kept\n" + admin());
        bench = bench.without("ADMIN");
        run("plan").ended(0).printed("was not looked at: $(secret:admin) is not given here");
        apply().ended(1)
                .complained("$(secret:admin) of database/127.0.0.1:" + server.port() + "/kept has not been given");
        assertThat(server.sql("select count(*) from pg_database where datname = 'kept'")).isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            admin: {user: postgres, password: $(secret:weak)}              | 3 | does not let postgres in                   | pg_hba.conf
            admin: {user: nobody, password: $(secret:weak)}                | 3 | does not let nobody in                     | Check name and password
            admin: {user: postgres}                                        | 3 | does not let postgres in like this         | $(secret:name)
            admin: {user: weak, password: $(secret:weak)}                  | 1 | weak may not make roles, and w is not there | CREATEROLE
            admin: {user: postgres, password: $(secret:super), database: x}| 1 | has no database x to log in to             | admin.database
            """)
    void whatIsInTheWayIsSaidBeforeAnythingIsWritten(String admin, int code, String what, String remedy)
            throws Exception {
        file("name: w\nuser: w\n" + admin);
        String before = server();
        run("plan").ended(code).complained(what, remedy, "cluster.yaml:").notComplained("canary");
        apply().ended(code);
        assertThat(server()).isEqualTo(before);
    }

    @Test
    void aServerThatDoesNotAnswerIsAnOutage() throws IOException {
        file("name: away\n" + admin());
        bench.write("cluster.yaml", bench.read("cluster.yaml").replace("port: " + server.port(), "port: 1"));
        run("plan").ended(3).complained("the PostgreSQL server 127.0.0.1:1 cannot be reached", "leave out via: direct");
    }

    @Test
    void keycloakComesAfterItsDatabase() {
        file("name: first\n" + admin());
        bench.write("cluster.yaml", bench.read("cluster.yaml") + "  keycloak: {hostname: auth.example.com}\n");
        CommandLineRun plan = run("plan").ended(0)
                .printed("+ Secret/keycloak/keycloak-database", "+ database/127.0.0.1:" + server.port() + "/first",
                        "+ StatefulSet/keycloak/keycloak");
        assertThat(plan.out().indexOf("+ Secret/keycloak/keycloak-database"))
                .isLessThan(plan.out().indexOf("+ database/"));
        assertThat(plan.out().indexOf("+ database/")).isLessThan(plan.out().indexOf("+ StatefulSet/"));
        assertThat(plan.out()).doesNotContain("+ Job/", "-scripts");
    }

    @Test
    void aDatabaseOfAnotherEncodingIsRefused() throws Exception {
        server.sql("create database ascii encoding 'SQL_ASCII' template template0");
        file("name: ascii\n" + admin());
        run("plan").ended(1).complained("encoding of database/", "cannot be changed in place", "Keycloak needs UTF8");
    }
}
