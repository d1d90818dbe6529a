package dev.realmform.kubernetes.section;

import dev.realmform.model.Value;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The PostgreSQL database of Keycloak, as {@code cluster.database} says it.
 *
 * @param user     whom Keycloak logs in as
 * @param password empty for a server that asks for none
 * @param tls      libpq's word for how the connection is protected; empty for what its client does by itself
 */
record Database(Part part, App app, String host, int port, String name, String schema, String user,
        Optional<Credential> password, Optional<String> tls, Optional<Authority> authority) {

    /** Where the certificate authority lies in the pods. */
    static final String AUTHORITY = "/etc/realmform/database-ca";

    /** PostgreSQL cuts longer names off without a word, and finds nothing by the whole of them then. */
    private static final int LONGEST_NAME = 63;

    /** In the address that a driver gets, anything else could be an option of it. */
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:-]+");

    /**
     * The certificate authority that the server's certificate is checked against.
     *
     * @param kind  {@code configMap} or {@code secret}
     * @param text  the certificates, if the config map is ours to make
     */
    record Authority(String kind, String name, String key, Optional<Value> text) {

        Value.MapOf volume() {
            boolean map = kind.equals("configMap");
            return Tree.map("name", "database-ca", kind, Tree.map(map ? "name" : "secretName", name, "items",
                    Tree.list(Tree.map("key", key, "path", "ca.crt"))));
        }
    }

    static Database of(Part cluster) {
        Part part = cluster.part("database");
        Names names = Names.of(cluster);
        App app = names.database();
        boolean builtin = part.flag("builtin", false);
        String host = builtin ? app.name() : part.text("host", "");
        Database database = new Database(part, app, host, part.number("port").orElse(5432),
                part.text("name", "keycloak"), part.text("schema", "public"), part.text("user", "keycloak"),
                password(part, app, builtin), part.text("tls"), authority(part, app));
        database.check(builtin);
        return database;
    }

    /** Where the user is ours to make, so is its password. */
    private static Optional<Credential> password(Part part, App app, boolean builtin) {
        boolean made = (builtin || part.has("admin")) && !part.flag("passwordless", false);
        return Credential.in(part, app.name())
                .or(() -> made ? Optional.of(Credential.generated(part, app.name())) : Optional.empty());
    }

    private static Optional<Authority> authority(Part part, App app) {
        return part.get("ca")
                .map(ca -> ca.value() instanceof Value.MapOf
                        ? ca.text("configMap")
                                .map(map -> new Authority("configMap", map, ca.text("key", "ca.crt"), Optional.empty()))
                                .orElseGet(() -> new Authority("secret", ca.text("secretName", ""),
                                        ca.text("key", "ca.crt"),
                                        Optional.empty()))
                        : new Authority("configMap", app.name() + "-ca", "ca.crt", Optional.of(ca.value())));
    }

    private void check(boolean builtin) {
        if (builtin) {
            List.of("host", "port", "tls", "ca", "admin", "owner", "passwordless", "via")
                    .forEach(key -> part.get(key)
                            .ifPresent(field -> field.complain("a database that is built in has no " + key,
                                    "Leave it out, or leave out builtin and name the host of your own server.")));
        } else if (host.isEmpty()) {
            part.complain("the database lacks host", "Name the host of your PostgreSQL server, or write builtin: true"
                    + " for one in the cluster, for trials.");
        }
        checkPassword();
        checkTls();
        if (isDirect()) {
            checkDirect();
        }
        password.ifPresent(credential -> credential.checkForKeycloak(part));
        for (String key : List.of("name", "user", "owner", "schema")) {
            part.get(key)
                    .filter(field -> field.text().orElse("").getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME)
                    .ifPresent(field -> field.complain("the name is longer than " + LONGEST_NAME + " bytes",
                            "PostgreSQL would cut it off. Choose a shorter one."));
        }
        for (String key : List.of("user", "schema")) {
            part.get(key)
                    .filter(field -> Keycloak.readsOtherwise(field.text().orElse("")))
                    .ifPresent(field -> field.complain(Keycloak.EXPRESSIONS, "Choose another name."));
        }
    }

    private void checkPassword() {
        boolean passwordless = part.flag("passwordless", false);
        if (!passwordless && password.isEmpty()) {
            part.complain("the password of the database's user is not said",
                    "Write password: $(secret:name); or secretName and secretKey of a Secret that is there; or"
                            + " passwordless: true for a server that asks for none; or admin, for a user that is made.");
        } else if (passwordless && password.isPresent()) {
            part.part("passwordless")
                    .complain("there is a password, and passwordless says that there is none",
                            "Leave one of them out.");
        }
    }

    private void checkTls() {
        boolean verifies = tls.filter(mode -> mode.startsWith("verify-")).isPresent();
        if (verifies && authority.isEmpty()) {
            part.part("tls")
                    .complain(tls.orElse("") + " needs the certificate authority of the server",
                            "Write ca: {configMap: NAME} or {secretName: NAME} with the key ca.crt, or ca: $(file:ca.pem)."
                                    + " Providers of managed databases offer it for download.");
        } else if (!verifies && authority.isPresent()) {
            part.part("ca")
                    .complain("the certificate authority is used for nothing",
                            "Write tls: verify-full, which checks certificate and host.");
        }
    }

    /** What is the Job's has no meaning without one. */
    private void checkDirect() {
        Part via = part.part("via");
        if (admin().isEmpty()) {
            via.complain("realmform cannot make the database without admin",
                    "Write admin: and the password of the server's administrator; or leave via out, if the database is"
                            + " there already.");
        }
        if (!host.isEmpty() && !HOST.matcher(host).matches()) {
            part.part("host").complain("this is no host", "Write its name or address, without anything else.");
        }
        for (String key : List.of("revision", "image", "pullSecrets")) {
            part.get(key)
                    .ifPresent(field -> field.complain("with via: direct there is no Job, and so no " + key,
                            "Leave it out, or leave out via."));
        }
    }

    /** Whether realmform makes it itself, from the machine that it runs on. */
    boolean isDirect() {
        return !part.flag("builtin", false) && part.text("via").filter("direct"::equals).isPresent();
    }

    /** Who makes it; empty if it is there, and somebody else's business. */
    Optional<Part> admin() {
        return part.flag("builtin", false) ? Optional.empty() : part.get("admin");
    }

    /** The password of whoever makes it; empty if the server asks for none. */
    Optional<Credential> adminPassword() {
        String secret = app.name() + "-admin";
        return admin().flatMap(admin -> admin.value() instanceof Value.MapOf
                ? Credential.in(admin, secret)
                : Optional.of(new Credential(secret, "password", Optional.of(admin.value()), admin.path())));
    }

    /** What has to be done before Keycloak can use it; empty if it is there. */
    Optional<String> readyAfter() {
        return part.flag("builtin", false) ? Optional.of("StatefulSet/" + app.namespace() + "/" + app.name())
                : DatabaseJob.of(this).map(job -> "Job/" + app.namespace() + "/" + job.name());
    }

    /** What tells Keycloak where its database is. */
    void tellKeycloak(Env env) {
        env.put("KC_DB", "postgres")
                .put("KC_DB_URL_HOST", host.contains(":") ? "[" + host + "]" : host)
                .put("KC_DB_URL_PORT", String.valueOf(port))
                // A part of a URL, so it is written as one.
                .put("KC_DB_URL_DATABASE", URLEncoder.encode(name, StandardCharsets.UTF_8))
                .put("KC_DB_USERNAME", user)
                .put("KC_DB_URL_PROPERTIES", urlProperties().map(properties -> "?" + properties));
        if (!schema.equals("public")) {
            env.put("KC_DB_SCHEMA", schema);
        }
        password.ifPresent(credential -> env.secret("KC_DB_PASSWORD", credential));
    }

    /** How the connection is protected, in the words of the JDBC driver. */
    Optional<String> urlProperties() {
        return tls.map(mode -> "sslmode=" + mode
                + authority.map(ignored -> "&sslrootcert=" + AUTHORITY + "/ca.crt").orElse(""));
    }

    Optional<Value.MapOf> volume() {
        return authority.map(Authority::volume);
    }

    Optional<Value.MapOf> mount() {
        return authority.map(ignored -> Tree.map("name", "database-ca", "mountPath", AUTHORITY, "readOnly", true));
    }
}
