package dev.realmform.kubernetes.section;

import dev.realmform.model.Address;
import dev.realmform.model.Path;
import dev.realmform.model.Resource;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.util.List;
import java.util.Optional;

/**
 * The database as a resource of its own, beside the objects of the cluster: what realmform makes itself on the server, and how it
 * logs in there.
 */
final class DirectDatabase {

    private static final int USUAL_PORT = 5432;

    /** What Keycloak's user may do: enter the database, and see and make tables in the schema. */
    private static final List<String> RIGHTS = List.of("connect", "create", "usage");

    private final Database database;
    private final Part admin;

    private DirectDatabase(Database database, Part admin) {
        this.database = database;
        this.admin = admin;
    }

    /** Empty if somebody else makes it, or it is there. */
    static Optional<Resource> of(Database database) {
        return database.admin()
                .filter(admin -> database.isDirect())
                .map(admin -> new DirectDatabase(database, admin).resource());
    }

    private Resource resource() {
        String host = database.host()
                + (database.port() == USUAL_PORT ? "" : ":" + database.port());
        String manager = admin.text("user", "postgres");
        // The administrator's own account is used as it is: it has no second password.
        Optional<Value> password = database.user().equals(manager) ? Optional.empty()
                : database.password().map(this::value);
        return Resource.desired(Address.of(Address.DATABASE, host, database.name()), Tree.map(
                "encoding", "UTF8", "user", database.user(), "password", password,
                "owner", database.part().text("owner"), "schema", database.schema(), "rights", RIGHTS,
                "via", Tree.map("host", database.host(), "port", database.port(), "user", manager,
                        "password", database.adminPassword().map(this::value),
                        "database", admin.text("database", "postgres"), "tls", database.tls(),
                        "ca", database.authority().map(this::certificates))),
                database.part().origin());
    }

    /** What is in a Secret only, whoever has made that, is known when that is. */
    private Value value(Credential credential) {
        Value there = in("Secret", credential.secret(), credential.key());
        return switch (credential.value().orElse(there)) {
            case Value.Unknown ignored -> there;
            case Value.Text(String text) -> literal(text, credential);
            case Secret secret when secret.isGiven() && secret.reference().isEmpty() ->
                literal(secret.reveal(), credential);
            case Value other -> other;
        };
    }

    private Secret literal(String text, Credential credential) {
        return Secret.of(text,
                "$(literal:" + database.part().origin().source().exact() + "  " + credential.from() + ")");
    }

    private Value certificates(Database.Authority authority) {
        return authority.text()
                .orElseGet(() -> in(authority.kind().equals("secret") ? "Secret" : "ConfigMap", authority.name(),
                        authority.key()));
    }

    private Value in(String kind, String name, String key) {
        return new Value.Unknown(Address.of(kind, database.app().namespace(), name), Path.of("data", key).toString());
    }
}
