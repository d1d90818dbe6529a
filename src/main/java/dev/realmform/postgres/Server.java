package dev.realmform.postgres;

import dev.realmform.model.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;

/** A PostgreSQL server. */
record Server(Target.Login login) {

    /** What a visit may do. */
    enum Visit {
        /** The server itself refuses whatever would write. */
        LOOK,
        /** The same, and the visit fails where the server does not ask for a password. */
        PROVE, WRITE
    }

    /** Lets the administrator into a database. */
    Connection enter(String database, Visit visit) throws SQLException {
        return enter(login.user(), login.password(), database, visit);
    }

    /** Lets somebody into a database. */
    Connection enter(String user, Optional<Secret> password, String database, Visit visit) throws SQLException {
        String host = login.host().contains(":") ? "[" + login.host() + "]" : login.host();
        String url = "jdbc:postgresql://" + host + ":" + login.port() + "/"
                + URLEncoder.encode(database, StandardCharsets.UTF_8);
        Properties properties = properties(visit);
        properties.setProperty("user", user);
        password.filter(Secret::isGiven).ifPresent(secret -> properties.setProperty("password", secret.reveal()));
        // The driver takes certificates in a file alone, and has read them once it is connected.
        Optional<Path> authority = login.ca().map(Server::written);
        try {
            authority.ifPresent(file -> properties.setProperty("sslrootcert", file.toString()));
            return Objects.requireNonNull(new Driver().connect(url, properties), "the address is PostgreSQL's");
        } finally {
            authority.ifPresent(Server::delete);
        }
    }

    private Properties properties(Visit visit) {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "realmform");
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("loginTimeout", "20");
        properties.setProperty("socketTimeout", "120");
        properties.setProperty("gssEncMode", "disable");
        // Details can hold the values that a statement was about.
        properties.setProperty("logServerErrorDetail", "false");
        login.tls().ifPresent(mode -> properties.setProperty("sslmode", mode));
        if (visit == Visit.PROVE) {
            properties.setProperty("requireAuth", "scram-sha-256,md5,password");
        }
        if (visit != Visit.WRITE) {
            properties.setProperty("readOnly", "true");
            properties.setProperty("readOnlyMode", "always");
        }
        return properties;
    }

    private static Path written(String certificates) {
        try {
            return Files.writeString(Files.createTempFile("realmform-ca", ".pem"), certificates);
        } catch (IOException e) {
            throw new UncheckedIOException("the certificates cannot be laid aside for the driver", e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("a temporary file cannot be deleted", e);
        }
    }
}
