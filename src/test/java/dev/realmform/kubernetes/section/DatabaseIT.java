package dev.realmform.kubernetes.section;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import dev.realmform.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The Job of {@code cluster.database}, as its container would run it, against a real PostgreSQL. */
@EnabledIf(value = "dev.realmform.testing.PostgresServer#isInstalled",
        disabledReason = "PostgreSQL is not installed: apt-get install postgresql")
class DatabaseIT {

    /** May make roles and databases, and is no superuser: what a provider of managed databases hands out. */
    private static final String MANAGER = "man\"ag'er";

    private static final String MANAGER_PASSWORD = "canary-m'a\"n $(x)";

    private static PostgresServer server;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        server = PostgresServer.start();
        server.sql("create role \"man\"\"ag'er\" login createdb createrole password 'canary-m''a\"n $(x)'");
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    private static Value.MapOf database(String user, String password, String name) {
        return Sections.cluster("{host: 127.0.0.1, port: " + server.port() + "}")
                .with("user", Value.text(user))
                .with("password", Secret.of(password, "$(secret:user)"))
                .with("name", Value.text(name))
                .with("admin", admin(MANAGER, MANAGER_PASSWORD));
    }

    private static Value.MapOf admin(String user, String password) {
        return Value.EMPTY_MAP.with("user", Value.text(user)).with("password", Secret.of(password, "$(secret:admin)"));
    }

    /** Runs what the Job's container runs, in the environment that the kubelet would give it. */
    private PostgresServer.Said run(Value.MapOf database) throws IOException, InterruptedException {
        Sections made = Sections.of(Value.EMPTY_MAP.with("database", database)).fine();
        String job = made.names().getLast();
        for (var file : made.object("ConfigMap/keycloak-database-scripts").map("data").fields().entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), ((Value.Text) file.getValue()).value());
        }
        Map<String, String> environment = new HashMap<>();
        made.env(job).forEach((name, value) -> environment.put(name, value.replace("$$", "$")));
        for (Value entry : made.container(job).list("env")) {
            Value.MapOf from = ((Value.MapOf) entry).map("valueFrom").map("secretKeyRef");
            if (!from.isEmpty()) {
                Value secret = Sections.at(made.object("Secret/" + from.text("name").orElseThrow()), "data",
                        from.text("key").orElseThrow());
                environment.put(((Value.MapOf) entry).text("name").orElseThrow(), ((Secret) secret).reveal());
            }
        }
        environment.computeIfPresent("PGSSLROOTCERT", (name, mounted) -> folder.resolve("ca.crt").toString());
        List<String> command = made.container(job)
                .texts("command")
                .stream()
                .map(word -> word.replace("/etc/realmform/database", folder.toString()))
                .toList();
        return server.command(command, environment);
    }

    private void succeeds(Value.MapOf database) throws IOException, InterruptedException {
        PostgresServer.Said said = run(database);
        assertThat(said.text()).isEqualTo("The database is ready.\n");
        assertThat(said.code()).isZero();
    }

    private static void mayMakeTables(String user, String password, String name) throws Exception {
        assertThat(server.sql(user, password, name, "create table made_by_test (x int); drop table made_by_test"))
                .matches(PostgresServer.Said::ok, "may make tables");
    }

    @Test
    void whatIsNotThereIsMadeAndASecondRunChangesNothing() throws Exception {
        String name = "k\"e'y $(PGPASSWORD)=${y}\\ ключ";
        String user = "u\"s'e\\r $1 `id`";
        String password = "canary-p\"w'$x $(y) ü\\z";

        succeeds(database(user, password, name));
        String before = server.sql("select datname, pg_get_userbyid(datdba), datacl from pg_database order by 1");
        mayMakeTables(user, password, name);
        succeeds(database(user, password, name));

        assertThat(server.sql("select datname, pg_get_userbyid(datdba), datacl from pg_database order by 1"))
                .isEqualTo(before)
                .contains(name + "|" + user);
        assertThat(server.sql("select pg_encoding_to_char(encoding) from pg_database where datname like 'k\"e''y%'"))
                .isEqualTo("UTF8");
    }

    @Test
    void anotherPasswordTakesThePlaceOfTheOldOne() throws Exception {
        succeeds(database("rotated", "canary-old", "rotated"));
        succeeds(database("rotated", "canary-new", "rotated").with("revision", Value.num(1)));

        mayMakeTables("rotated", "canary-new", "rotated");
        assertThat(server.sql("rotated", "canary-old", "rotated", "select 1").ok()).isFalse();
    }

    @Test
    void theOwnerMayBeARoleThatCannotLogIn() throws Exception {
        Value.MapOf database = database("tenant", "canary-t", "owned").with("owner", Value.text("own\"er"));

        succeeds(database);
        succeeds(database);

        assertThat(server.sql("select pg_get_userbyid(datdba) from pg_database where datname = 'owned'"))
                .isEqualTo("own\"er");
        assertThat(server.sql("select rolcanlogin from pg_roles where rolname = 'own\"er'")).isEqualTo("f");
        mayMakeTables("tenant", "canary-t", "owned");
    }

    @Test
    void theAdministratorsOwnAccountIsUsedAndLeftAsItIs() throws Exception {
        String before = server.sql("select rolpassword from pg_authid where rolname = 'postgres'");

        succeeds(database(PostgresServer.SUPERUSER, PostgresServer.SUPERUSER_PASSWORD, "guide")
                .with("admin", admin(PostgresServer.SUPERUSER, PostgresServer.SUPERUSER_PASSWORD)));

        mayMakeTables(PostgresServer.SUPERUSER, PostgresServer.SUPERUSER_PASSWORD, "guide");
        assertThat(server.sql("select rolpassword from pg_authid where rolname = 'postgres'")).isEqualTo(before);
    }

    @Test
    void aServerThatTrustsTheNetworkNeedsNoPassword() throws Exception {
        succeeds(database(PostgresServer.TRUSTED, "", "trusting").without("password")
                .with("passwordless", Value.bool(true)));

        mayMakeTables(PostgresServer.TRUSTED, "", "trusting");
        assertThat(server.sql("select rolpassword is null from pg_authid where rolname = 'trusted'")).isEqualTo("t");
    }

    @Test
    void whatPostgres15TookFromTheSchemaPublicIsGivenBack() throws Exception {
        server.sql("create database old_one encoding 'UTF8' template template0");
        Value.MapOf database = database("latecomer", "canary-l", "old_one");

        PostgresServer.Said refused = run(database);
        assertThat(refused.ok()).isFalse();
        assertThat(refused.text())
                .contains("the user latecomer may not make tables in the schema public of the database"
                        + " old_one: its owner has to grant CREATE");

        succeeds(database.with("admin", admin(PostgresServer.SUPERUSER, PostgresServer.SUPERUSER_PASSWORD)));
        mayMakeTables("latecomer", "canary-l", "old_one");
        assertThat(server.sql("select pg_get_userbyid(datdba) from pg_database where datname = 'old_one'"))
                .as("nobody asked for another owner")
                .isEqualTo("postgres");
    }

    @Test
    void aSchemaOfItsOwnIsMade() throws Exception {
        succeeds(database("schemed", "canary-s", "schemed").with("schema", Value.text("key\"cloak")));

        assertThat(server.sql("schemed", "canary-s", "schemed", "create table \"key\"\"cloak\".t (x int)").ok())
                .isTrue();
    }

    @Test
    void aDatabaseOfAnotherEncodingIsRefused() throws Exception {
        server.sql("create database ascii encoding 'SQL_ASCII' template template0");

        PostgresServer.Said said = run(database("asc", "canary-a", "ascii"));

        assertThat(said.ok()).isFalse();
        assertThat(said.text()).contains("the database ascii has the encoding SQL_ASCII, and Keycloak needs UTF8");
    }

    @Test
    void noPasswordGetsIntoWhatIsSaidOrLogged() throws Exception {
        server.sql("create role important superuser login");

        PostgresServer.Said said = run(database("important", "canary-hidden", "x"));

        assertThat(said.ok()).isFalse();
        assertThat(said.text()).contains("the password of the role important cannot be set: ").doesNotContain("canary");
        succeeds(database("logged", "canary-logged", "logged"));
        assertThat(server.logged()).contains("CREATE DATABASE logged OWNER logged")
                .doesNotContain("canary-hidden", "canary-logged");
    }

    @Test
    void theServersCertificateIsChecked() throws Exception {
        Value.MapOf database = database("tls", "canary-tls", "tls").with("tls", Value.text("verify-full"))
                .with("ca", Value.text("here"));
        Files.copy(server.certificate(), folder.resolve("ca.crt"));
        succeeds(database);

        // A certificate, but not that of the server.
        Files.writeString(folder.resolve("ca.crt"),
                Files.readString(Path.of("src/test/resources/kubernetes/other-ca.pem")));
        PostgresServer.Said said = run(database);
        assertThat(said.ok()).isFalse();
        assertThat(said.text()).contains("certificate verify failed");
    }
}
