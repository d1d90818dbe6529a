package dev.realmform.cli;

import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The roles that an OSMO has, over its REST API ({@code /api/configs/role}).
 *
 * <p>Written after OSMO's source (6.2 and 6.3) and tested against a stub that behaves as that says. It was never run against a
 * live OSMO.
 */
final class OsmoRoles implements AutoCloseable {

    private static final String PATH = "/api/configs/role";

    private final WebAddress osmo;
    private final JsonWeb web;

    OsmoRoles(WebAddress osmo, Secret token, Speaking speaking) {
        this.osmo = osmo;
        this.web = JsonWeb.to(osmo, speaking, new ServerOptions(), Optional.of(token));
    }

    /** All that there are. */
    List<Value.MapOf> all() {
        URI address = osmo.at(PATH);
        JsonWeb.Reply reply = web.send("GET", address, Optional.empty());
        if (reply.isSuccess() && reply.body() instanceof Value.ListOf(List<Value> roles)) {
            return roles.stream().filter(Value.MapOf.class::isInstance).map(Value.MapOf.class::cast).toList();
        }
        if (reply.isSuccess()) {
            throw Problem
                    .failed("this is no list of OSMO's roles", address.toString(), "Is it the address of OSMO itself?")
                    .asException();
        }
        throw refusal("OSMO does not tell its roles", reply, address);
    }

    /** Makes a role, or puts another definition in its place. */
    void put(String name, Value.MapOf role) {
        URI address = osmo.at(PATH + "/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"));
        Value body = Value.EMPTY_MAP.with("configs", role).with("description", Value.text("By realmform"));
        JsonWeb.Reply reply = web.send("PUT", address, Optional.of(body));
        if (!reply.isSuccess()) {
            throw refusal("OSMO refuses the role " + name, reply, address);
        }
    }

    private static ProblemException refusal(String what, JsonWeb.Reply reply, URI address) {
        String said = what + (reply.words().isEmpty() ? "" : ": " + reply.words()) + " (status " + reply.status() + ")";
        return switch (reply.status()) {
            case 401 -> new Problem(Problem.Kind.LOGIN, said, address.toString(),
                    "Is the token a JWT that OSMO accepts, and still good? The id token of a login with osmo-device is one.",
                    Optional.empty()).asException();
            case 403 -> new Problem(Problem.Kind.FORBIDDEN, said, address.toString(),
                    "Roles are changed by whoever has osmo-admin.", Optional.empty()).asException();
            case 409 -> Problem.refused(said, address.toString(),
                    "This OSMO takes its configuration from its chart (services.configs.enabled). Print the roles for that:"
                            + " render osmo-roles --as-values")
                    .asException();
            default -> Problem.failed(said, address.toString(), "What was written before it stays. Run the same again.")
                    .asException();
        };
    }

    @Override
    public void close() {
        web.close();
    }
}
