package dev.realmform.postgres;

import dev.realmform.model.Address;
import dev.realmform.model.Resource;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * A database as a resource says it.
 *
 * @param name     of the database
 * @param user     whom it is made for
 * @param password that user's; empty if the server asks for none, or the user is the administrator
 * @param owner    empty if nobody asks for another one than the user, or than the one it has
 * @param login    how the administrator gets in
 * @param where    where the file declares it
 */
record Target(Address address, String name, String user, Optional<Secret> password, Optional<String> owner,
        String schema, Login login, String where) {

    /**
     * The way to a server.
     *
     * @param database to be in while the one in question is not there yet
     * @param tls      libpq's word for how the connection is protected; empty for TLS if the server offers it
     * @param ca       the certificates in PEM that its own is checked against
     */
    record Login(String host, int port, String user, Optional<Secret> password, String database, Optional<String> tls,
            Optional<String> ca) {

        /** As people write it. */
        String server() {
            return host + ":" + port;
        }
    }

    static Target of(Resource resource) {
        Value.MapOf value = resource.value();
        Value.MapOf login = value.map("via");
        return new Target(resource.address(), resource.address().name(), value.text("user").orElse(""),
                secret(value, "password"), value.text("owner"), value.text("schema").orElse("public"),
                new Login(login.text("host").orElse(""), port(login), login.text("user").orElse(""),
                        secret(login, "password"), login.text("database").orElse("postgres"), login.text("tls"),
                        login.text("ca").or(() -> secret(login, "ca").filter(Secret::isGiven).map(Secret::reveal))),
                resource.source().exact());
    }

    private static int port(Value.MapOf login) {
        return login.get("port").orElse(Value.NULL) instanceof Value.Num(BigDecimal port) ? port.intValue() : 5432;
    }

    private static Optional<Secret> secret(Value.MapOf value, String field) {
        return value.get(field).orElse(Value.NULL) instanceof Secret secret ? Optional.of(secret) : Optional.empty();
    }

    /** The password to try as the user, if this run has it. The administrator has but one. */
    Optional<Secret> usersPassword() {
        return isAdministrators() ? login.password() : password;
    }

    /** Whether the user is the administrator, whose account is used as it is. */
    boolean isAdministrators() {
        return user.equals(login.user());
    }
}
