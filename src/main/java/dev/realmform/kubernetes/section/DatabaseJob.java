package dev.realmform.kubernetes.section;

import dev.realmform.json.Json;
import dev.realmform.model.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A Job that makes user, database and grants on a PostgreSQL server, each if it is not there. It is named by what it does: a
 * Job cannot be changed, and one that is done need not be run again.
 */
final class DatabaseJob {

    private static final String IMAGE = "docker.io/library/postgres:17.6";
    private static final String SCRIPTS = "/etc/realmform/database";
    private static final List<String> FILES = List.of("visits.sh", "parameters.sql", "server.sql", "database.sql",
            "check.sql");

    private final Database database;
    private final Part admin;
    private final Optional<Credential> adminPassword;

    private DatabaseJob(Database database, Part admin) {
        this.database = database;
        this.admin = admin;
        this.adminPassword = database.adminPassword();
    }

    /** Empty without an administrator: then the database is there, and somebody else's business. */
    static Optional<DatabaseJob> of(Database database) {
        return database.admin().filter(admin -> !database.isDirect()).map(admin -> new DatabaseJob(database, admin));
    }

    static String image(Database database) {
        return database.part().text("image", IMAGE);
    }

    List<Item> items() {
        List<Item> items = new ArrayList<>();
        App app = database.app();
        adminPassword.flatMap(password -> password.item(app)).ifPresent(items::add);
        items.add(
                new Item(Tree.map("apiVersion", "v1", "kind", "ConfigMap", "metadata", app.metadata("-scripts"), "data",
                        scripts()), database.part().path()));
        items.add(new Item(app.object("batch/v1", "Job", suffix(), spec()), admin.path()));
        return items;
    }

    String name() {
        return database.app().name() + suffix();
    }

    /** Of what the Job does; passwords stand in it by the name of their Secret. */
    private String suffix() {
        String text = Json.compact(Tree.map("spec", spec(), "scripts", scripts(), "revision",
                database.part().number("revision")), Json.Secrets.HIDE);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "-" + HexFormat.of().formatHex(hash, 0, 5);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private Value.MapOf spec() {
        Value.MapOf pod = Tree.map("restartPolicy", "Never", "automountServiceAccountToken", false,
                "imagePullSecrets", Pods.pullSecrets(database.part()),
                "securityContext", Pods.account(BuiltinDatabase.ACCOUNT),
                "containers", Tree.list(container()),
                "volumes", Tree.list(Tree.map("name", "scripts", "configMap",
                        Tree.map("name", database.app().name() + "-scripts")), database.volume()));
        return Tree.map("backoffLimit", 4, "activeDeadlineSeconds", 600, "template",
                Tree.map("metadata", Tree.map("labels", database.app()
                        .labels()
                        .with("app.kubernetes.io/component", Value.text("database-job"))), "spec", pod));
    }

    private Value.MapOf container() {
        return Tree.map("name", "database", "image", image(database),
                "command", Value.texts(List.of("/bin/sh", SCRIPTS + "/visits.sh")),
                "env", env().list(),
                "securityContext", Pods.confined(),
                "volumeMounts", Tree.list(
                        Tree.map("name", "scripts", "mountPath", SCRIPTS, "readOnly", true), database.mount()));
    }

    private Env env() {
        Env env = new Env().put("PGHOST", database.host())
                .put("PGPORT", String.valueOf(database.port()))
                .put("PGCONNECT_TIMEOUT", "10")
                .put("PGSSLMODE", database.tls())
                .put("PGSSLROOTCERT", database.authority().map(ignored -> Database.AUTHORITY + "/ca.crt"))
                .put("REALMFORM_USER", database.user())
                .put("REALMFORM_DATABASE", database.name())
                .put("REALMFORM_SCHEMA", database.schema())
                .put("REALMFORM_OWNER", database.part().text("owner"))
                .put("REALMFORM_ADMIN_USER", admin.text("user", "postgres"))
                .put("REALMFORM_ADMIN_DATABASE", admin.text("database", "postgres"));
        database.password().ifPresent(password -> env.secret("REALMFORM_PASSWORD", password));
        adminPassword.ifPresent(password -> env.secret("REALMFORM_ADMIN_PASSWORD", password));
        return env;
    }

    static Value.MapOf scripts() {
        Value.MapOf scripts = Value.EMPTY_MAP;
        for (String file : FILES) {
            scripts = scripts.with(file, Value.text(script(file)));
        }
        return scripts;
    }

    private static String script(String file) {
        try (InputStream stream = Objects.requireNonNull(
                DatabaseJob.class.getResourceAsStream("database/" + file), file)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the scripts in the jar cannot be read", e);
        }
    }
}
