package dev.realmform.cli;

import dev.realmform.access.Inquiry;
import dev.realmform.config.DesiredState;
import dev.realmform.config.LoadRequest;
import dev.realmform.config.Loader;
import dev.realmform.config.Options;
import dev.realmform.keycloak.DeclaredAccess;
import dev.realmform.keycloak.DocumentAccess;
import dev.realmform.keycloak.RealmDocument;
import dev.realmform.model.AccessQuestion;
import dev.realmform.model.Address;
import dev.realmform.model.Problem;
import dev.realmform.model.Product;
import dev.realmform.model.RealmAccess;
import dev.realmform.model.Seen;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** What is asked about access: a server, or an export; and the files, which say what pools there are. */
record AccessPlace(Inquiry inquiry, Optional<ServerConnection> connection) implements AutoCloseable {

    static AccessPlace open(Speaking speaking, AccessOptions asked, FileOptions named, ServerOptions server) {
        Optional<DesiredState> desired = named.files.isEmpty() ? Optional.empty()
                : Optional.of(Workplace.load(speaking.shell(), named, server, new StateOptions()).state());
        if (!asked.exports.isEmpty()) {
            Exports.Found export = Exports.read(speaking.shell(), asked.exports, Optional.ofNullable(asked.realm));
            return new AccessPlace(new Inquiry(new Exported(export), product(desired, export.realm())),
                    Optional.empty());
        }
        if (asked.declared) {
            DesiredState files = desired.orElseThrow(() -> new Problem(Problem.Kind.USAGE,
                    "--declared asks files, and none is given", "", "Name them with -f FILE.", Optional.empty())
                    .asException());
            String realm = realm(asked, files, true);
            return new AccessPlace(new Inquiry(new Declared(files, realm), product(desired, realm)), Optional.empty());
        }
        DesiredState known = desired.orElseGet(() -> bare(speaking.shell(), named, server));
        String realm = realm(asked, known, desired.isPresent());
        ServerConnection connection = ServerConnection.open(speaking, known.settings().server(), server);
        return new AccessPlace(new Inquiry(new Live(connection, realm), product(desired, realm)),
                Optional.of(connection));
    }

    /** Without files, options and variables say where the server is. */
    private static DesiredState bare(Shell shell, FileOptions files, ServerOptions server) {
        Options options = new Options(files.vars, server.settings(), false, true, Set.of(), Set.of());
        return Loader.load(new LoadRequest(List.of("-"), shell.folder(),
                new ByteArrayInputStream("realm: none".getBytes(StandardCharsets.UTF_8)), shell.environment(), options),
                new RealmDocument()).state();
    }

    /** The server that options and variables name. */
    static ServerConnection connection(Speaking speaking, ServerOptions server) {
        DesiredState none = bare(speaking.shell(), new FileOptions(), server);
        return ServerConnection.open(speaking, none.settings().server(), server);
    }

    private static String realm(AccessOptions asked, DesiredState desired, boolean named) {
        if (asked.realm != null) {
            return asked.realm;
        }
        if (named && desired.realms().size() == 1) {
            return desired.realms().first();
        }
        throw new Problem(Problem.Kind.USAGE,
                named ? "the files speak of several realms: " + String.join(", ", desired.realms())
                        : "no realm is named",
                "",
                named ? "Say which one with --realm." : "Give a file that names it with -f, or --realm, or --export.",
                Optional.empty()).asException();
    }

    private static Optional<Product> product(Optional<DesiredState> desired, String realm) {
        return desired.map(DesiredState::products).flatMap(products -> product(products, realm));
    }

    private static Optional<Product> product(Map<String, Product> products, String realm) {
        return Optional.ofNullable(products.get(realm));
    }

    private record Live(ServerConnection connection, String realm) implements Inquiry.Realm {

        @Override
        public String origin() {
            return connection.admin().address();
        }

        @Override
        public RealmAccess access(AccessQuestion question) {
            RealmAccess access = connection.provider().access(realm, question);
            if (access.roles().isEmpty()) {
                throw Problem
                        .refused("there is no realm " + realm, origin(), "Correct its name, or apply the files first.")
                        .asException();
            }
            return access;
        }

        @Override
        public SortedMap<Address, Seen> seen(Collection<Address> users) {
            return connection.provider().seen(realm, users);
        }
    }

    private record Exported(Exports.Found export) implements Inquiry.Realm {

        @Override
        public String origin() {
            return export.name();
        }

        @Override
        public RealmAccess access(AccessQuestion question) {
            return DocumentAccess.of(export.document());
        }

        @Override
        public boolean knowsUsers() {
            return export.document().has(Exports.USERS);
        }
    }

    private record Declared(DesiredState files, String realm) implements Inquiry.Realm {

        @Override
        public String origin() {
            return String.join(", ", files.files());
        }

        @Override
        public RealmAccess access(AccessQuestion question) {
            return DeclaredAccess.of(realm, files.resources().values());
        }
    }

    @Override
    public void close() {
        connection.ifPresent(ServerConnection::close);
    }
}
