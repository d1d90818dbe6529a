package dev.realmform.cli;

import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.keycloak.admin.Admin;
import dev.realmform.keycloak.admin.Request;
import dev.realmform.model.Value;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** The main job on a real Keycloak that is started for it: apply, plan again, find drift. */
@Command(name = "demo", customSynopsis = "realmform demo [osmo] [OPTIONS]",
        description = "See it work: a real Keycloak on 127.0.0.1, an apply, a plan, a drift. Leaves nothing behind.")
final class DemoCommand extends Demonstration {

    private static final String EXAMPLE = "examples/quickstart.yaml";

    DemoCommand(Shell shell) {
        super(shell);
    }

    @Override
    String example() {
        return EXAMPLE;
    }

    @Override
    Map<String, String> variables() {
        return Map.of("ADA_PASSWORD", "change-me-at-first-login");
    }

    @Override
    void walk(Shell world, KeycloakServer server) {
        String state = state(server);
        String apply = "apply -f " + EXAMPLE + " --auto-approve";
        title("1. Apply a realm to an empty server");
        say("    (It takes a first password for Ada from ADA_PASSWORD; the demo sets that.)");
        step(world, 0, apply, "apply", "-f", EXAMPLE, "--state", state, "--auto-approve");
        title("2. Plan again: nothing is left to do");
        step(world, 0, "plan -f " + EXAMPLE, "plan", "-f", EXAMPLE, "--state", state, "--detailed-exitcode");
        title("3. Behind its back, somebody adds a redirect to evil.example, and disables Grace");
        directly(server, DemoCommand::meddle);
        title("4. Drift: what moved on the server since the apply");
        step(world, 2, "drift -f " + EXAMPLE, "drift", "-f", EXAMPLE, "--state", state);
        title("5. Apply again, which puts it right");
        step(world, 0, apply, "apply", "-f", EXAMPLE, "--state", state, "--auto-approve");
    }

    private static void meddle(Admin admin) {
        Value.MapOf client = admin.list(Request.get("quickstart", "clients").with("clientId", "shop-api")).getFirst();
        admin.send(Request.put("quickstart", "clients", client.text("id").orElseThrow())
                .body(client.with("redirectUris", Value.texts(List.of("https://shop.example.com/callback",
                        "https://evil.example/callback")))));
        Value.MapOf grace = admin.list(Request.get("quickstart", "users").with("username", "grace")).getFirst();
        admin.send(Request.put("quickstart", "users", grace.text("id").orElseThrow())
                .body(grace.with("enabled", Value.bool(false))));
    }
}
