package dev.realmform.e2e;

import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.RealKeycloak.RealmName;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Flows in files: what a plan of one looks like, and where it says what is wrong. */
@ExtendWith(RealKeycloak.class)
class FlowFileIT {

    @TempDir
    Path folder;

    private Workbench bench;
    private RealmName realm;

    @BeforeEach
    void place(KeycloakServer server, RealmName name) {
        realm = name;
        bench = Workbench.at(server, folder);
    }

    private void write(String flows) {
        bench.write("realm.yaml", "realm: " + realm + "\nenabled: true\nauthenticationFlows:\n" + flows);
    }

    @Test
    void whatIsWrongIsToldWithItsLineForARealmThatIsNotThereYet() {
        write("""
                  own:
                    authenticationExecutions:
                      - {authenticator: auth-cookie, requirement: ALTERNATIVE}
                      - {authenticator: auth-otp-from, requirement: REQUIRED}
                      - flowAlias: forms
                        requirement: REQUIRED
                        authenticationExecutions:
                          - {authenticator: client-secret, requirement: REQUIRED}
                  browser:
                    authenticationExecutions:
                      auth-otp-form: {requirement: REQUIRED}
                """);

        bench.run("plan", "-f", "realm.yaml")
                .ended(1)
                .complained("this server has no auth-otp-from, which flow/" + realm + "/own names", "realm.yaml:7:",
                        "the alias forms is taken: flow browser has a sub-flow of that name", "realm.yaml:8:",
                        "this server has no client-secret, which flow/" + realm + "/own names", "realm.yaml:11:",
                        "flow/" + realm
                                + "/browser is Keycloak's own: no step can be added, and auth-otp-form is none of"
                                + " its",
                        "realm.yaml:14:");
    }

    @Test
    void aPlanShowsTheStepsThatComeGoAndMove() {
        write("""
                  own:
                    authenticationExecutions:
                      - {authenticator: auth-cookie, requirement: ALTERNATIVE}
                      - {authenticator: auth-spnego, requirement: ALTERNATIVE}
                      - {authenticator: identity-provider-redirector, requirement: ALTERNATIVE}
                """);
        bench.apply("-f", "realm.yaml").ended(0);
        write("""
                  own:
                    authenticationExecutions:
                      - {authenticator: identity-provider-redirector, requirement: ALTERNATIVE}
                      - {authenticator: auth-cookie, requirement: REQUIRED}
                """);

        bench.run("plan", "-f", "realm.yaml")
                .ended(0)
                .printed("~ flow/" + realm + "/own",
                        "authenticationExecutions.auth-cookie.requirement: ALTERNATIVE → REQUIRED",
                        "authenticationExecutions.auth-spnego", "order: order changed",
                        "Plan: 0 to add, 1 to change, 0 to destroy.");
        bench.apply("-f", "realm.yaml").ended(0);
        bench.run("plan", "-f", "realm.yaml", "--detailed-exitcode").foundNothingToDo();
        bench.run("drift", "-f", "realm.yaml").ended(0);
    }
}
