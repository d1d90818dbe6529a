package dev.realmform.postgres;

import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One look at a database, and at what has to be around it. The server refuses to write on this visit. */
final class Look {

    private static final String AROUND = """
            SELECT d.datname, pg_encoding_to_char(d.encoding) AS encoding, pg_get_userbyid(d.datdba) AS owner,
                   r.rolname, r.rolcanlogin, has_database_privilege(r.oid, d.oid, 'CONNECT') AS enters,
                   me.rolsuper OR me.rolcreaterole AS makes_roles, me.rolsuper OR me.rolcreatedb AS makes_databases,
                   o.rolname AS owner_there
            FROM pg_roles me
            LEFT JOIN pg_database d ON d.datname = ?
            LEFT JOIN pg_roles r ON r.rolname = ?
            LEFT JOIN pg_roles o ON o.rolname = ?
            WHERE me.rolname = session_user""";

    private static final String INSIDE = """
            SELECT n.nspname, has_schema_privilege(r.oid, n.oid, 'CREATE') AS makes,
                   has_schema_privilege(r.oid, n.oid, 'USAGE') AS sees
            FROM pg_namespace n LEFT JOIN pg_roles r ON r.rolname = ?
            WHERE n.nspname = ?""";

    private final Resource desired;
    private final Target target;
    private final Server server;
    private final List<String> rights = new ArrayList<>();
    private Value.MapOf found = Value.EMPTY_MAP;

    Look(Resource desired) {
        this.desired = desired;
        this.target = Target.of(desired);
        this.server = new Server(target.login());
    }

    /**
     * What was found.
     *
     * @param live   empty if there is no such database
     * @param lacks  what the administrator lacks to make what is missing
     */
    record Found(Optional<Resource> live, List<Problem> lacks) {}

    /** @throws dev.realmform.model.ProblemException if the server cannot be asked */
    Found take() {
        try {
            return around();
        } catch (SQLException e) {
            throw new Faults(target, server).of(e, target.login().user(), target.login().password())
                    .asException();
        }
    }

    private Found around() throws SQLException {
        boolean there;
        boolean logsIn;
        List<Problem> lacks = new ArrayList<>();
        try (Connection connection = server.enter(target.login().database(), Server.Visit.LOOK);
                PreparedStatement statement = connection.prepareStatement(AROUND)) {
            statement.setString(1, target.name());
            statement.setString(2, target.user());
            statement.setString(3, target.owner().orElse(""));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                there = row.getString("datname") != null;
                logsIn = row.getBoolean("rolcanlogin");
                lacks(row, lacks);
                if (there) {
                    text("encoding", row.getString("encoding"));
                    text("owner", row.getString("owner"));
                    right("connect", row.getBoolean("enters"));
                }
            }
        }
        if (!there) {
            return new Found(Optional.empty(), lacks);
        }
        inside();
        if (logsIn) {
            text("user", target.user());
            password().ifPresent(password -> found = found.with("password", password));
        }
        return new Found(Optional.of(Resource.live(desired.address(), found.with("rights", Value.texts(rights))
                .with("via", desired.value().map("via")))), lacks);
    }

    private void inside() throws SQLException {
        try (Connection connection = server.enter(target.name(), Server.Visit.LOOK);
                PreparedStatement statement = connection.prepareStatement(INSIDE)) {
            statement.setString(1, target.user());
            statement.setString(2, target.schema());
            try (ResultSet row = statement.executeQuery()) {
                if (row.next()) {
                    text("schema", target.schema());
                    right("create", row.getBoolean("makes"));
                    right("usage", row.getBoolean("sees"));
                }
            }
        }
    }

    private void text(String field, String text) {
        found = found.with(field, Value.text(text));
    }

    private void right(String name, boolean given) {
        if (given) {
            rights.add(name);
        }
    }

    /** A plan that has to make something which the administrator may not make would stop in its midst. */
    private void lacks(ResultSet row, List<Problem> lacks) throws SQLException {
        boolean makesRoles = row.getBoolean("makes_roles");
        boolean missesUser = row.getString("rolname") == null;
        boolean missesOwner = target.owner().isPresent() && row.getString("owner_there") == null;
        if (!makesRoles && (missesUser || missesOwner)) {
            lacks.add(lack("roles, and " + (missesUser ? target.user() : target.owner().orElseThrow())
                    + " is not there", "CREATEROLE"));
        }
        if (!row.getBoolean("makes_databases") && row.getString("datname") == null) {
            lacks.add(lack("databases, and " + target.name() + " is not there", "CREATEDB"));
        }
    }

    private Problem lack(String what, String attribute) {
        return new Problem(Problem.Kind.FORBIDDEN,
                target.login().user() + " may not make " + what + " on " + target.login().server(), target.where(),
                "Give it the right (ALTER ROLE … " + attribute
                        + "), log in as somebody who has it, or make it by hand.",
                Optional.empty());
    }

    /**
     * The user's password, as far as can be told: the declared one, if the server takes that, and asks for one at all; none, if
     * it refuses it; else hidden.
     */
    private Optional<Value> password() {
        Value hidden = new Value.Hidden(Value.Hidden.Reason.MASKED);
        Optional<Secret> declared = target.isAdministrators() ? Optional.empty()
                : target.password().filter(Secret::isGiven);
        if (declared.isEmpty()) {
            return Optional.of(hidden);
        }
        try {
            server.enter(target.user(), declared, target.name(), Server.Visit.PROVE).close();
            return Optional.of(declared.get());
        } catch (SQLException e) {
            return Faults.isWrongPassword(e) ? Optional.empty() : Optional.of(hidden);
        }
    }
}
