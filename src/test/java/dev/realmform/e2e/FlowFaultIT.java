package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.RealKeycloak.RealmName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Steps of flows on a bad line: the server would take each of them twice without a word. */
@ExtendWith(RealKeycloak.class)
class FlowFaultIT {

    private static final String FILE = """
            realm: %s
            enabled: true
            browserFlow: own
            authenticationFlows:
              own:
                authenticationExecutions:
                  - {authenticator: auth-cookie, requirement: ALTERNATIVE}
                  - flowAlias: own forms
                    requirement: ALTERNATIVE
                    authenticationExecutions:
                      - {authenticator: auth-username-password-form, requirement: REQUIRED}
                      - authenticator: conditional-user-role
                        requirement: REQUIRED
                        authenticatorConfig: {alias: own role, config: {condUserRole: offline_access}}
                      - {authenticator: conditional-user-role, requirement: DISABLED}
            """;

    private static final List<String> STEPS = List.of("auth-cookie ALTERNATIVE", "own forms ALTERNATIVE",
            "auth-username-password-form REQUIRED", "conditional-user-role REQUIRED", "conditional-user-role DISABLED");

    @TempDir
    Path folder;

    @Test
    void everyLostAnswerAboutAStepIsResolvedByLooking(RealmName realm, KeycloakServer server, AdminApi admin)
            throws IOException {
        AtomicInteger lost = new AtomicInteger();
        Relay.Manner losing = new Relay.Manner() {
            @Override
            public Relay.Reply passing(Relay.Call call, Relay.Reply reply) {
                boolean makes = call.method().equals("POST") && call.path().contains("/authentication/");
                if (makes) {
                    lost.incrementAndGet();
                }
                return makes ? Relay.Reply.reset() : reply;
            }
        };
        Workbench bench = Workbench.at(server, folder);
        bench.write("realm.yaml", FILE.formatted(realm));

        try (Relay relay = Relay.before(server.url(), losing)) {
            bench.with("KEYCLOAK_URL", relay.url()).apply("-f", "realm.yaml").ended(0);
        }

        assertThat(lost.get()).isEqualTo(7);
        assertThat(steps(admin, realm)).isEqualTo(STEPS);
        bench.run("plan", "-f", "realm.yaml", "--detailed-exitcode").foundNothingToDo();
    }

    @Test
    void aStepThatNeverReachedTheServerIsMadeByTheNextApply(RealmName realm, KeycloakServer server, AdminApi admin)
            throws IOException {
        Relay.Manner swallowing = new Relay.Manner() {
            @Override
            public Optional<Relay.Reply> instead(Relay.Call call) {
                boolean step = call.method().equals("POST") && call.path().endsWith("/executions/execution")
                        && call.body().contains("conditional-user-role");
                return step ? Optional.of(Relay.Reply.reset()) : Optional.empty();
            }
        };
        Workbench bench = Workbench.at(server, folder);
        bench.write("realm.yaml", FILE.formatted(realm));

        try (Relay relay = Relay.before(server.url(), swallowing)) {
            bench.with("KEYCLOAK_URL", relay.url()).apply("-f", "realm.yaml").ended(1);
        }
        assertThat(steps(admin, realm)).containsExactly("auth-cookie ALTERNATIVE", "own forms DISABLED",
                "auth-username-password-form REQUIRED");

        bench.apply("-f", "realm.yaml").ended(0);
        assertThat(steps(admin, realm)).isEqualTo(STEPS);
        bench.run("plan", "-f", "realm.yaml", "--detailed-exitcode").foundNothingToDo();
        bench.run("destroy", "-f", "realm.yaml", "--auto-approve").ended(0);
    }

    private static List<String> steps(AdminApi admin, RealmName realm) {
        List<String> steps = new ArrayList<>();
        for (JsonNode step : admin.get(realm + "/authentication/flows/own/executions")) {
            steps.add(step.path(step.has("flowId") ? "displayName" : "providerId").asText() + " "
                    + step.path("requirement").asText());
        }
        return steps;
    }
}
