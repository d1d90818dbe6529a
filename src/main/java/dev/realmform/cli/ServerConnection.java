package dev.realmform.cli;

import dev.realmform.config.Server;
import dev.realmform.keycloak.KeycloakProvider;
import dev.realmform.keycloak.admin.Admin;
import dev.realmform.keycloak.admin.Connection;
import dev.realmform.keycloak.admin.HttpAdmin;
import dev.realmform.keycloak.admin.Login;
import dev.realmform.keycloak.admin.Surroundings;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The way to the server that the settings name.
 *
 * @param isLoginKept whether nobody gave a login, and one is looked for in the cluster
 */
record ServerConnection(Admin admin, KeycloakProvider provider, int concurrency, boolean isLoginKept)
        implements
            AutoCloseable {

    /** Connects with what the settings say; sends nothing yet, unless it has to wait for the server. */
    static ServerConnection open(Speaking speaking, Server server, ServerOptions options) {
        ServerConnection opened = open(speaking, server, options, Optional.empty());
        try {
            options.patience().ifPresent(opened.admin()::awaitServer);
            return opened;
        } catch (ProblemException e) {
            opened.close();
            throw e;
        }
    }

    /**
     * The same without waiting for the server: it may be yet to come.
     *
     * @param otherwise the login if the settings name none
     */
    static ServerConnection open(Speaking speaking, Server server, ServerOptions options, Optional<Login> otherwise) {
        Shell shell = speaking.shell();
        Connection connection = connection(server, shell.folder(), otherwise).through(shell.environment())
                .withPatience(options.patience().orElse(Duration.ZERO));
        Surroundings surroundings = new Surroundings(shell.clock(), Surroundings.Sleeper::real, shell.random(),
                call -> {
                    if (speaking.options().verbose) {
                        shell.err().println(call);
                    }
                }, speaking::warn);
        Admin admin = new HttpAdmin(connection, surroundings);
        return new ServerConnection(admin, new KeycloakProvider(admin, server.version()), connection.concurrency(),
                connection.login() instanceof Login.Kept);
    }

    private static Connection connection(Server server, Path folder, Optional<Login> otherwise) {
        URI url = url(server.url()
                .orElseThrow(() -> invalid("no server is named",
                        "Say realmform.server.url in the root file, set KEYCLOAK_URL, or give --server.")));
        Optional<Connection.Identity> identity = server.clientCert()
                .map(certificate -> new Connection.Identity(
                        folder.resolve(certificate),
                        folder.resolve(server.clientKey()
                                .orElseThrow(() -> invalid("clientCert has no clientKey",
                                        "Name the private key of the client certificate in realmform.server.clientKey.")))));
        return new Connection(url, server.realm(), login(server.login(), folder, otherwise),
                server.caFile().map(folder::resolve),
                identity,
                server.insecureTls(), server.timeout(), server.concurrency(), Connection.RETRIES, Optional.empty(),
                Duration.ZERO);
    }

    private static URI url(String text) {
        return WebAddress.of(text)
                .orElseThrow(() -> invalid("the server's URL is no web address",
                        "Write it with its scheme and host: https://sso.example.com (and /auth, if it is served under that"
                                + " path)."))
                .url();
    }

    /** The first way for which everything is at hand. */
    private static Login login(dev.realmform.config.Login given, Path folder, Optional<Login> otherwise) {
        String client = given.clientId();
        Optional<Login> token = given.token().map(ServerConnection::atHand).map(Login.Token::new);
        return token.or(() -> assertion(given, folder))
                .or(() -> given.keyFile().map(key -> new Login.SignedJwt(client, folder.resolve(key), given.keyId())))
                .or(() -> given.username()
                        .map(name -> new Login.Password(client, given.clientSecret(), name,
                                atHand(given.password()
                                        .orElseThrow(() -> invalid("the login of " + name + " has no password",
                                                "Set KEYCLOAK_PASSWORD."))))))
                .or(() -> given.clientSecret().map(secret -> new Login.ClientSecret(client, atHand(secret))))
                .or(() -> otherwise)
                .orElseThrow(() -> invalid("no login is given",
                        "Set KEYCLOAK_CLIENT_ID and KEYCLOAK_CLIENT_SECRET, or KEYCLOAK_USERNAME and KEYCLOAK_PASSWORD,"
                                + " or KEYCLOAK_TOKEN; or write realmform.server.login in the root file."));
    }

    private static Optional<Login> assertion(dev.realmform.config.Login given, Path folder) {
        Optional<Login.Assertion.Given> source = given
                .assertion().<Login.Assertion.Given>map(text -> new Login.Assertion.Given.Text(atHand(text)))
                .or(() -> given.assertionFile().map(file -> new Login.Assertion.Given.File(folder.resolve(file))));
        return source.map(assertion -> new Login.Assertion(given.clientId(), assertion));
    }

    private static Secret atHand(Secret secret) {
        if (!secret.isGiven()) {
            throw invalid("the login needs " + secret.reference() + ", which this run has not been given",
                    "Set the variable that realmform.secrets names for it.");
        }
        return secret;
    }

    private static ProblemException invalid(String what, String remedy) {
        return Problem.invalid(what, "", remedy).asException();
    }

    @Override
    public void close() {
        admin.close();
    }
}
