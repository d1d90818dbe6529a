package dev.realmform.postgres;

import dev.realmform.model.Problem;
import dev.realmform.model.Secret;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.util.PasswordUtil;

/**
 * Makes what is missing of a database, in the three visits of the Job: as the administrator, as the administrator in the
 * database, and as the user, which proves that it can. Each step looks first, so that it can be done again.
 */
final class Maker {

    private static final String SETTINGS = """
            SELECT set_config('realmform.database', ?, false), set_config('realmform.schema', ?, false),
                   set_config('realmform.account', ?, false), set_config('realmform.owner', ?, false),
                   set_config('realmform.password', ?, false)""";

    private final Target target;
    private final Server server;
    private final boolean setsPassword;

    /** @param setsPassword whether the user gets the declared password */
    Maker(Target target, boolean setsPassword) {
        this.target = target;
        this.server = new Server(target.login());
        this.setsPassword = setsPassword;
    }

    /** What kept it from being ready; empty if it is. */
    Optional<Problem> make() {
        Target.Login login = target.login();
        Faults faults = new Faults(target, server);
        try {
            visit(login.user(), login.password(), login.database(), "server.sql");
            visit(login.user(), login.password(), target.name(), "database.sql");
        } catch (SQLException e) {
            return Optional.of(faults.of(e, login.user(), login.password()));
        }
        try {
            visit(target.user(), target.usersPassword(), target.name(), "check.sql");
            return Optional.empty();
        } catch (SQLException e) {
            // Where only the pods are let in as the user, its own visit proves nothing.
            boolean isElsewhere = !target.isAdministrators() && Faults.isNotLetIn(e);
            return isElsewhere ? Optional.empty()
                    : Optional.of(faults.of(e, target.user(), target.usersPassword()));
        }
    }

    private void visit(String user, Optional<Secret> password, String database, String script) throws SQLException {
        try (Connection connection = server.enter(user, password, database, Server.Visit.WRITE)) {
            try (PreparedStatement settings = connection.prepareStatement(SETTINGS)) {
                settings.setString(1, target.name());
                settings.setString(2, target.schema());
                settings.setString(3, target.user());
                settings.setString(4, target.owner().orElse(""));
                settings.setString(5, verifier());
                settings.execute();
            }
            Script.of(script).run(connection);
        }
    }

    /** What the server keeps of the password. The password itself is never sent, so that no log of the server can hold it. */
    private String verifier() throws SQLException {
        return setsPassword && target.password().isPresent()
                ? PasswordUtil.encodeScramSha256(target.password().get().reveal().toCharArray())
                : "";
    }
}
