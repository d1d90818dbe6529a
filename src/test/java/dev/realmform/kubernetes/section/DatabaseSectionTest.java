package dev.realmform.kubernetes.section;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Address;
import dev.realmform.model.Origin;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code cluster.database} stands for. */
class DatabaseSectionTest {

    private static final String JOB = "Job/keycloak-database-*";

    private static Sections database(String fields) {
        return Sections.of("database: {" + fields + "}");
    }

    private static String yaml(Value value) {
        return Sections.json(value).replace("\"", "'");
    }

    @Test
    void aJobMakesTheDatabaseOnAServerOfYours() {
        Sections made = database("host: pg.internal, password: canary-user, admin: canary-admin").fine();

        assertThat(made.names()).hasSize(5)
                .containsAll(java.util.List.of("Namespace/keycloak", "Secret/keycloak-database",
                        "Secret/keycloak-database-admin", "ConfigMap/keycloak-database-scripts"));
        assertThat(made.env(JOB)).containsOnly(Map.entry("PGHOST", "pg.internal"), Map.entry("PGPORT", "5432"),
                Map.entry("PGCONNECT_TIMEOUT", "10"), Map.entry("REALMFORM_USER", "keycloak"),
                Map.entry("REALMFORM_DATABASE", "keycloak"), Map.entry("REALMFORM_SCHEMA", "public"),
                Map.entry("REALMFORM_ADMIN_USER", "postgres"), Map.entry("REALMFORM_ADMIN_DATABASE", "postgres"),
                Map.entry("REALMFORM_PASSWORD", "keycloak-database/password"),
                Map.entry("REALMFORM_ADMIN_PASSWORD", "keycloak-database-admin/password"));
        assertThat(made.container(JOB).texts("command")).containsExactly("/bin/sh",
                "/etc/realmform/database/visits.sh");
        assertThat(made.object("ConfigMap/keycloak-database-scripts").map("data").fields()).containsOnlyKeys(
                "check.sql",
                "database.sql", "parameters.sql", "server.sql", "visits.sh");
        assertThat(made.object("Secret/keycloak-database").map("data").get("password"))
                .contains(Secret.of("canary-user", ""));
        made.items()
                .stream()
                .map(Item::manifest)
                .filter(manifest -> !manifest.text("kind").orElse("").equals("Secret"))
                .forEach(manifest -> assertThat(Sections.json(manifest)).doesNotContain("canary-"));
    }

    @Test
    void theJobIsNamedByWhatItDoes() {
        String once = database("host: pg, passwordless: true, admin: {user: a}").names().getLast();

        assertThat(once).matches("Job/keycloak-database-[0-9a-f]{10}");
        assertThat(database("host: pg, passwordless: true, admin: {user: a}").names().getLast()).isEqualTo(once);
        for (String other : new String[]{"host: pg2, passwordless: true, admin: {user: a}",
            "host: pg, passwordless: true, admin: {user: b}", "host: pg, passwordless: true, admin: {user: a}, name: x",
            "host: pg, passwordless: true, admin: {user: a}, revision: 1"}) {
            assertThat(database(other).names().getLast()).as(other).isNotEqualTo(once);
        }
        assertThat(database("host: pg, password: canary-1, admin: canary-2").names().getLast())
                .as("whoever reads the name must not be able to try passwords")
                .isEqualTo(database("host: pg, password: canary-3, admin: canary-4").names().getLast());
    }

    @Test
    void keycloakWaitsForTheJob() {
        Sections made = Sections.of("""
                database: {host: pg, passwordless: true, admin: {user: root}}
                keycloak: {hostname: a.example.com, admin: false}
                """).fine();

        String job = made.names().stream().filter(name -> name.startsWith("Job/")).findFirst().orElseThrow();
        assertThat(Sections.at(made.object("StatefulSet/keycloak"), "metadata", "annotations", "realmform.dev/after"))
                .isEqualTo(Value.text(job.replace("/", "/keycloak/")));
        assertThat(made.names().stream().filter("Namespace/keycloak"::equals)).hasSize(1);
    }

    @Test
    void withoutAnAdministratorTheDatabaseIsThereAlready() {
        Sections made = database("host: pg, secretName: s").fine();

        assertThat(made.names()).containsExactly("Namespace/keycloak");
        assertThat(database("host: pg, secretName: s, owner: o").problems()).extracting(Problem::what)
                .containsExactly("without admin nobody makes an owner");
    }

    @Test
    void theConnectionIsCheckedByTheWordsOfPostgresOnBothSides() {
        Sections made = Sections.of("""
                database: {host: pg, port: 6432, password: canary-x, tls: verify-full, ca: {secretName: pg-ca, key: root.pem},
                  admin: {user: root, password: canary-y, database: maintenance}}
                keycloak: {hostname: a.example.com, admin: false}
                """).fine();

        assertThat(made.env(JOB)).containsEntry("PGSSLMODE", "verify-full")
                .containsEntry("PGPORT", "6432")
                .containsEntry("PGSSLROOTCERT", "/etc/realmform/database-ca/ca.crt")
                .containsEntry("REALMFORM_ADMIN_USER", "root")
                .containsEntry("REALMFORM_ADMIN_DATABASE", "maintenance");
        assertThat(made.env("StatefulSet/keycloak")).containsEntry("KC_DB_URL_PROPERTIES",
                "?sslmode=verify-full&sslrootcert=/etc/realmform/database-ca/ca.crt");
        for (String workload : new String[]{JOB, "StatefulSet/keycloak"}) {
            assertThat(yaml(made.pod(workload))).contains("{'name':'database-ca','secret':{'items':[{'key':'root.pem',"
                    + "'path':'ca.crt'}],'secretName':'pg-ca'}}", "'mountPath':'/etc/realmform/database-ca'");
        }
    }

    @Test
    void theCertificatesMayStandInTheFile() {
        Sections made = database("host: pg, passwordless: true, tls: verify-ca, ca: PEM, admin: {user: a}").fine();

        assertThat(made.object("ConfigMap/keycloak-database-ca").map("data").text("ca.crt")).contains("PEM");
        assertThat(yaml(made.pod(JOB))).contains("'configMap':{'items':[{'key':'ca.crt','path':'ca.crt'}],"
                + "'name':'keycloak-database-ca'}");
    }

    private static Resource direct(String fields) {
        Value.MapOf cluster = Sections.cluster("database: {via: direct, " + fields + "}");
        assertThat(Sections.of(cluster).problems()).isEmpty();
        List<Resource> others = new DatabaseSection().others(cluster, Origin.NONE);
        assertThat(others).hasSize(1);
        return others.getFirst();
    }

    @Test
    void directlyItIsAResourceOfItsOwnAndNoJob() {
        Resource made = direct("host: pg.internal, password: canary-user, tls: require, owner: o, admin: canary-admin");

        assertThat(made.address()).hasToString("database/pg.internal/keycloak");
        assertThat(yaml(made.value())).isEqualTo("{'encoding':'UTF8','owner':'o','password':'canary-user',"
                + "'rights':['connect','create','usage'],'schema':'public','user':'keycloak',"
                + "'via':{'database':'postgres','host':'pg.internal','password':'canary-admin','port':5432,"
                + "'tls':'require','user':'postgres'}}");
        assertThat(database("via: direct, host: pg.internal, password: canary-user, admin: canary-admin").fine()
                .names()).containsExactly("Namespace/keycloak", "Secret/keycloak-database");
        assertThat(new DatabaseSection().others(Sections.cluster("database: {host: pg, admin: canary-x}"), Origin.NONE))
                .isEmpty();
    }

    @Test
    void whatLiesInTheClusterIsKnownFromThere() {
        Resource made = direct("host: pg, port: 6432, tls: verify-full, ca: {configMap: pg-ca},"
                + " admin: {user: root, secretName: s, secretKey: k.1}");

        assertThat(made.address()).hasToString("database/pg:6432/keycloak");
        assertThat(made.value().get("password")).contains(new Value.Unknown(
                Address.of("Secret", "keycloak", "keycloak-database"), "data.password"));
        assertThat(made.value().map("via").get("password"))
                .contains(new Value.Unknown(Address.of("Secret", "keycloak", "s"), "data.\"k.1\""));
        assertThat(made.value().map("via").get("ca"))
                .contains(new Value.Unknown(Address.of("ConfigMap", "keycloak", "pg-ca"), "data.\"ca.crt\""));
        assertThat(direct("host: pg, passwordless: true, admin: {user: root}").value().has("password")).isFalse();
        assertThat(direct("host: pg, user: root, password: canary-x, admin: {user: root, password: canary-x}").value()
                .has("password")).as("the administrator has one password").isFalse();
    }

    @Test
    void aBuiltInServerIsForTrials() {
        Sections made = Sections.of("""
                database: {builtin: true, password: canary-x, storage: 5Gi, storageClass: fast}
                keycloak: {hostname: a.example.com, admin: false}
                """).fine();

        assertThat(made.names()).contains("Secret/keycloak-database", "Service/keycloak-database",
                "StatefulSet/keycloak-database").noneMatch(name -> name.startsWith("Job/"));
        Value.MapOf server = made.object("StatefulSet/keycloak-database");
        assertThat(Sections.at(server, "metadata", "annotations", "realmform.dev/notice").toString())
                .contains("For trials");
        assertThat(yaml(server.map("spec").get("volumeClaimTemplates").orElseThrow())).contains(
                "'storage':'5Gi'", "'storageClassName':'fast'");
        assertThat(made.env("StatefulSet/keycloak-database"))
                .containsEntry("POSTGRES_PASSWORD", "keycloak-database/password")
                .containsEntry("POSTGRES_USER", "keycloak")
                .containsEntry("POSTGRES_DB", "keycloak");
        assertThat(made.env("StatefulSet/keycloak")).containsEntry("KC_DB_URL_HOST", "keycloak-database")
                .containsEntry("KC_DB_PASSWORD", "keycloak-database/password");
        assertThat(Sections.at(made.object("StatefulSet/keycloak"), "metadata", "annotations", "realmform.dev/after"))
                .isEqualTo(Value.text("StatefulSet/keycloak/keycloak-database"));
        Value.MapOf labels = (Value.MapOf) Sections.at(server, "spec", "template", "metadata", "labels");
        assertThat(labels.fields()).containsAllEntriesOf(
                made.object("Service/keycloak-database").map("spec").map("selector").fields());
        assertThat(labels.fields().entrySet()).as("the service of Keycloak must not lead here")
                .doesNotContainAnyElementsOf(
                        java.util.List.of(Map.entry("app.kubernetes.io/instance", Value.text("keycloak")),
                                Map.entry("app.kubernetes.io/name", Value.text("keycloak"))));
    }

    /** A name that Kubernetes, a shell, SQL or a URL would read otherwise than as itself. */
    @ParameterizedTest
    @ValueSource(
            strings = {"a'b", "a\"b", "$(PGPASSWORD)", "$x", "a b; drop table x", "ключ", "a=b", "a?b=c&d", "a%20b",
                "\\", "$HOME`id`"})
    void hostileNamesStayNames(String name) {
        Value.MapOf cluster = Sections.cluster("""
                database: {host: pg, passwordless: true, admin: {user: root}}
                keycloak: {hostname: a.example.com, admin: false}
                """);
        Value.MapOf database = cluster.map("database")
                .with("name", Value.text(name))
                .with("user", Value.text(name))
                .with("owner", Value.text(name))
                .with("schema", Value.text(name));
        Sections made = Sections.of(cluster.with("database", database)).fine();

        for (String variable : new String[]{"REALMFORM_DATABASE", "REALMFORM_USER", "REALMFORM_OWNER",
            "REALMFORM_SCHEMA"}) {
            assertThat(asKubernetesReadsIt(made, JOB, variable)).isEqualTo(name);
        }
        assertThat(asKubernetesReadsIt(made, "StatefulSet/keycloak", "KC_DB_USERNAME")).isEqualTo(name);
        String inUrl = asKubernetesReadsIt(made, "StatefulSet/keycloak", "KC_DB_URL_DATABASE");
        assertThat(inUrl).matches("[A-Za-z0-9%+._*-]+");
        assertThat(java.net.URLDecoder.decode(inUrl, java.nio.charset.StandardCharsets.UTF_8)).isEqualTo(name);
        assertThat(made.container(JOB).texts("command")).noneMatch(argument -> argument.contains(name));
        assertThat(Sections.json(made.object("ConfigMap/keycloak-database-scripts")))
                .isEqualTo(Sections.json(database("host: pg, passwordless: true, admin: {user: root}")
                        .object("ConfigMap/keycloak-database-scripts")));
    }

    /** As the kubelet expands a value: $$ is $, $(NAME) another variable. */
    private static String asKubernetesReadsIt(Sections made, String workload, String variable) {
        String value = made.env(workload).getOrDefault(variable, "");
        assertThat(value.replace("$$", "")).doesNotContain("$(");
        return value.replace("$$", "$");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            passwordless: true                                      | the database lacks host
            host: pg                                                | the password of the database's user is not said
            host: pg, passwordless: true, password: canary-x        | there is a password, and passwordless says that there is none
            host: pg, passwordless: true, tls: verify-full          | verify-full needs the certificate authority of the server
            host: pg, passwordless: true, tls: require, ca: PEM     | the certificate authority is used for nothing
            builtin: true, password: canary-x, host: pg             | a database that is built in has no host
            host: pg, passwordless: true, user: 'a${b}'             | Keycloak would read ${, $$ or \\$ in it as an expression, and take another text
            host: pg, password: 'canary-${x}'                       | Keycloak would read ${, $$ or \\$ in it as an expression, and take another text
            host: pg, password: 'canary-$$'                         | Keycloak would read ${, $$ or \\$ in it as an expression, and take another text
            host: pg, password: 'canary-\\$'                        | Keycloak would read ${, $$ or \\$ in it as an expression, and take another text
            via: direct, host: pg, passwordless: true               | realmform cannot make the database without admin
            via: direct, host: 'pg/x?a=b', passwordless: true, admin: {user: a} | this is no host
            via: direct, host: pg, passwordless: true, admin: {user: a}, revision: 2 | with via: direct there is no Job, and so no revision
            builtin: true, password: canary-x, via: direct          | a database that is built in has no via
            host: pg, passwordless: true, name: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaé | the name is longer than 63 bytes
            """)
    void whatCannotBeIsSaidOnceWithARemedy(String fields, String what) {
        Sections made = Sections.of("{database: {" + fields + "}, keycloak: {hostname: a.example.com, admin: false}}");

        assertThat(made.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.what()).isEqualTo(what);
            assertThat(problem.where()).startsWith("cluster.yaml:1:1  cluster.database");
            assertThat(problem.remedy()).isNotEmpty();
        });
    }
}
