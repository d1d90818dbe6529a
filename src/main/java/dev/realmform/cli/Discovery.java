package dev.realmform.cli;

import dev.realmform.config.Server;
import dev.realmform.keycloak.admin.Connection;
import dev.realmform.keycloak.admin.Tls;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.osmo.Endpoints;
import dev.realmform.osmo.Installation;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Asks Keycloak itself where it answers. That needs no login. */
final class Discovery {

    private Discovery() {}

    /**
     * The endpoints as the server tells them.
     *
     * @throws ProblemException if there is no such server or realm
     */
    static Endpoints of(Speaking speaking, Server server, Installation osmo) {
        WebAddress address = WebAddress.of(server.url()
                .orElseThrow(() -> Problem.invalid("no server is named", "",
                        "Give --server, set KEYCLOAK_URL, or leave --discover out.").asException()))
                .filter(url -> !url.holdsLogin())
                .orElseThrow(() -> Problem.invalid("the server's URL is no web address, or holds a login", "",
                        "Write it with its scheme and host: https://sso.example.com").asException());
        URI document = address.at("/realms/"
                + URLEncoder.encode(osmo.realm(), StandardCharsets.UTF_8).replace("+", "%20")
                + "/.well-known/openid-configuration");
        try (JsonWeb web = JsonWeb.to(address, speaking, server.timeout(), tls(speaking.shell().folder(), server),
                Optional.empty())) {
            JsonWeb.Reply reply = web.send("GET", document, Optional.empty());
            if (reply.status() == 404) {
                throw Problem.failed("the server has no realm " + osmo.realm() + " yet", document.toString(),
                        "Apply first, or leave --discover out: then the usual addresses are taken.").asException();
            }
            Endpoints found = Endpoints.discovered(reply.map())
                    .orElseThrow(() -> Problem
                            .failed("this is not what Keycloak says about itself (status " + reply.status()
                                    + ")", document.toString(),
                                    "Is it Keycloak's address, with the path it is served under?")
                            .asException());
            warnOfAnotherHost(speaking, osmo, found);
            return found;
        }
    }

    private static Optional<SSLContext> tls(Path folder, Server server) {
        Optional<Connection.Identity> identity = server.clientCert()
                .flatMap(certificate -> server.clientKey()
                        .map(key -> new Connection.Identity(folder.resolve(certificate), folder.resolve(key))));
        return Tls.context(server.caFile().map(folder::resolve), identity, server.insecureTls(), "realmform.server");
    }

    /** A server that was not told its name takes it from the address it is asked at, such as that of a port-forward. */
    private static void warnOfAnotherHost(Speaking speaking, Installation osmo, Endpoints found) {
        String issuer = URI.create(found.issuer()).getRawAuthority();
        if (!osmo.host().equals(issuer)) {
            speaking.warn("Keycloak calls itself " + found.issuer() + ", and the files have it at " + osmo.host()
                    + ". What it says is taken. If that is only the address it was asked at, leave --discover out.");
        }
    }
}
