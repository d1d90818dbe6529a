package dev.realmform.cli;

import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.keycloak.admin.Admin;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine.Command;

/** OSMO's realm on a real Keycloak: made, proved to work, broken in five ways, each found out and mended. */
@Command(name = "osmo", customSynopsis = "realmform demo osmo [OPTIONS]", description = {
    "See OSMO's realm made on a real Keycloak on 127.0.0.1, and its access proved; then broken in five ways, each found out"
            + " by verify and mended by apply. Leaves nothing behind."})
final class DemoOsmoCommand extends Demonstration {

    private static final String EXAMPLE = "examples/osmo/osmo.yaml";

    private record Breakage(String told, Consumer<Admin> done) {}

    private static final List<Breakage> BREAKAGES = List.of(
            new Breakage("the mapper of osmo-device names the other client", OsmoBreakages::otherClient),
            new Breakage("the mapper of osmo-browser-flow is not multivalued any more", OsmoBreakages::notMultivalued),
            new Breakage("the mapper of osmo-device leaves ID tokens out", OsmoBreakages::notInIdTokens),
            new Breakage("osmo-device loses the client scope profile", OsmoBreakages::withoutProfile),
            new Breakage("the group of team group1 loses its role on osmo-device", OsmoBreakages::withoutMapping));

    DemoOsmoCommand(Shell shell) {
        super(shell);
    }

    @Override
    String example() {
        return EXAMPLE;
    }

    @Override
    Map<String, String> variables() {
        return Map.of("ENTRA_CLIENT_SECRET", "of-the-identity-provider");
    }

    @Override
    void walk(Shell world, KeycloakServer server) {
        String plan = server.folder().resolve("osmo.plan").toString();
        title("1. What a page of YAML stands for");
        step(world, 0, "plan -f " + EXAMPLE + " --out osmo.plan", "plan", "-f", EXAMPLE, "--state", state(server),
                "--out", plan);
        title("2. Make it so");
        step(world, 0, "apply osmo.plan --auto-approve", "apply", plan, "--auto-approve");
        title("3. Does it work? For each member of each team: roles on both clients, and the ID tokens");
        say("    (The server is on 127.0.0.1, not at the example's host: --issuer says so.)");
        verify(world, server, 0);
        int number = 4;
        for (Breakage breakage : BREAKAGES) {
            title(number++ + ". Behind its back: " + breakage.told());
            directly(server, breakage.done());
            verify(world, server, 2);
            say("");
            step(world, 0, "apply -f " + EXAMPLE + " --auto-approve", "apply", "-f", EXAMPLE, "--state", state(server),
                    "--auto-approve");
        }
        title(number + ". All is as it was");
        verify(world, server, 0);
    }

    private void verify(Shell world, KeycloakServer server, int expected) {
        String issuer = server.url() + "/realms/osmo";
        step(world, expected, "verify -f " + EXAMPLE + " --issuer " + issuer, "verify", "-f", EXAMPLE, "--state",
                state(server), "--issuer", issuer);
    }
}
