package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.RealKeycloak.RealmName;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is done while the files are still being read: it saves time, and otherwise nobody notices. */
@ExtendWith(RealKeycloak.class)
class HeadStartIT {

    private static final String REQUEST = "(GET|POST|PUT|DELETE) /\\S+ .* ms.*";

    @TempDir
    Path folder;

    private Workbench bench;

    @BeforeEach
    void applied(KeycloakServer server, RealmName realm) {
        bench = Workbench.at(server, folder);
        bench.write("realm.yaml", """
                realm: %s
                clients: {shop: {protocolMappers: {who: {protocol: openid-connect, protocolMapper: oidc-sub-mapper}}}}
                clientScopes: {prices: {protocol: openid-connect}}
                roles: {realm: {staff: {}}, client: {shop: {buyer: {}}}}
                groups: {/Staff: {realmRoles: [staff]}, /Staff/Night: {clientRoles: {shop: [buyer]}}}
                users: {ada: {groups: [/Staff]}, bob: {groups: [/Staff/Night], realmRoles: [staff]}}
                identityProviders: {hub: {providerId: github, config: {clientId: x}}}
                """.formatted(realm));
        bench.apply("-f", "realm.yaml").ended(0);
    }

    @Test
    void nothingIsAskedTwiceAndOneLoginIsEnough() {
        for (String command : List.of("plan", "drift")) {
            CommandLineRun run = bench.run(command, "-f", "realm.yaml", "--verbose").ended(0);

            List<String> sent = requests(run);
            assertThat(sent).as(run.toString()).hasSizeGreaterThan(10).doesNotHaveDuplicates();
            assertThat(sent).filteredOn(request -> request.contains("/protocol/openid-connect/token")).hasSize(1);
        }
    }

    @Test
    void aPasswordThatIsRefusedIsNotSentAgain() {
        // A second failure within a second locks the account where brute force is watched for.
        for (String command : List.of("plan", "drift", "apply", "destroy")) {
            CommandLineRun run = bench.with("KEYCLOAK_PASSWORD", "wrong")
                    .run(command, "-f", "realm.yaml", "--verbose")
                    .ended(3)
                    .complained("Keycloak refuses the login: Invalid user credentials");

            assertThat(requests(run)).singleElement().asString().contains("/protocol/openid-connect/token");
        }
    }

    @Test
    void whatIsWrongWithTheFilesComesFirst() {
        bench.write("wrong.yaml", bench.read("realm.yaml") + "displayName: [1]\n");

        for (String command : List.of("plan", "drift", "apply", "destroy")) {
            bench.with("KEYCLOAK_URL", "http://127.0.0.1:1")
                    .run(command, "-f", "wrong.yaml")
                    .ended(1)
                    .complained("wrong.yaml:8:14")
                    .notComplained("cannot reach");
        }
    }

    private static List<String> requests(CommandLineRun run) {
        return run.err()
                .lines()
                .filter(line -> line.matches(REQUEST))
                .map(line -> line.replaceFirst(" [^ ]+ \\d+ ms.*", ""))
                .toList();
    }
}
