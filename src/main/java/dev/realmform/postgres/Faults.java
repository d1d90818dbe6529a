package dev.realmform.postgres;

import dev.realmform.model.Problem;
import dev.realmform.model.Secret;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What went wrong at a server, for people: by its code, never by its words. */
final class Faults {

    private static final String WRONG_PASSWORD = "28P01";
    private static final String NO_ENTRY = "28000";
    private static final String NO_DATABASE = "3D000";
    private static final String NO_RIGHT = "42501";
    private static final String REJECTED = "08004";

    /** Starts up, shuts down, or has no place left. */
    private static final String UNAVAILABLE = "57P0[123]|53300";

    private final Target target;
    private final Server server;

    Faults(Target target, Server server) {
        this.target = target;
        this.server = server;
    }

    /** Whether the server takes the name, but not the password. */
    static boolean isWrongPassword(SQLException e) {
        return WRONG_PASSWORD.equals(e.getSQLState());
    }

    /** Whether the server lets this account in from nowhere, or not from here. */
    static boolean isNotLetIn(SQLException e) {
        return NO_ENTRY.equals(e.getSQLState());
    }

    /**
     * What people can do about it.
     *
     * @param user     who was to do it
     * @param password with which password; empty without one
     */
    Problem of(SQLException e, String user, Optional<Secret> password) {
        String state = Optional.ofNullable(e.getSQLState()).orElse("");
        Target.Login login = server.login();
        if (state.equals(REJECTED) && password.isEmpty()) {
            // One code for a server that asks for a password, and for one that has no TLS.
            return problem(Problem.Kind.LOGIN, e, login.server() + " does not let " + user + " in like this",
                    "If it asks for a password, write it: password: $(secret:name). If it has no TLS, leave tls out.");
        }
        if (isOfTls(e, state)) {
            return problem(Problem.Kind.UNREACHABLE, e, login.server() + " cannot be reached with TLS",
                    "Compare tls and ca of cluster.database with what the server offers: verify-full asks for its name in"
                            + " the certificate, verify-ca for the authority alone, disable for none.");
        }
        if (state.startsWith("08") || state.matches(UNAVAILABLE)) {
            return problem(Problem.Kind.UNREACHABLE, e,
                    "the PostgreSQL server " + login.server() + " cannot be reached",
                    "Are host and port right, and is it reachable from here? If only from the cluster, leave out via:"
                            + " direct: then a Job makes the database.");
        }
        return switch (state) {
            case WRONG_PASSWORD, NO_ENTRY -> problem(Problem.Kind.LOGIN, e,
                    login.server() + " does not let " + user + " in",
                    "Check name and password, and whether pg_hba.conf lets this machine in.");
            case NO_DATABASE -> problem(Problem.Kind.INVALID, e,
                    login.server() + " has no database " + login.database() + " to log in to",
                    "Write cluster.database.admin.database: and the name of one that is there.");
            case NO_RIGHT -> problem(Problem.Kind.FORBIDDEN, e, user + " lacks a right on " + login.server(),
                    "Log in as somebody who may: ALTER ROLE … CREATEROLE CREATEDB gives what it takes to make user and"
                            + " database; who owns a database or schema that is there already may grant the rest.");
            default -> problem(Problem.Kind.FAILED, e, target.address() + " cannot be made ready", "");
        };
    }

    private Problem problem(Problem.Kind kind, SQLException e, String what, String remedy) {
        return new Problem(kind, what + ": " + words(e), target.where(), remedy, Optional.empty());
    }

    /** The server's sentence alone: what else it tells of an error can hold a statement. */
    private static String words(SQLException e) {
        ServerErrorMessage said = e instanceof PSQLException known ? known.getServerErrorMessage() : null;
        String message = said == null ? e.getMessage() : said.getMessage();
        return Optional.ofNullable(message).orElse("no word of why").replaceAll("\\p{C}+", " ").strip();
    }

    /** The driver, which finds fault with a certificate or with a server without TLS, names no other cause. */
    private boolean isOfTls(SQLException e, String state) {
        boolean isOfNetwork = false;
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof GeneralSecurityException || cause instanceof SSLException) {
                return true;
            }
            isOfNetwork |= cause instanceof IOException;
        }
        return state.startsWith("08") && !isOfNetwork
                && server.login().tls().filter(mode -> !mode.equals("disable")).isPresent();
    }
}
