package dev.realmform.keycloak;

import static dev.realmform.keycloak.AuthorizationIT.NOTHING_IN_IT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.TestRealm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Null in the authorization services of a client, on a real server. */
@ExtendWith(RealKeycloak.class)
class EmptiedAuthorizationIT {

    private LiveRealm live;

    @BeforeEach
    void open(KeycloakServer server, TestRealm realm) {
        live = new LiveRealm(server, realm.name());
    }

    @AfterEach
    void close() {
        live.close();
    }

    @Test
    void aPolicyIsEmptiedOnce() {
        String document = NOTHING_IN_IT.formatted(
                """
                , "authorizationSettings": {"policies": {"p": {"type": "role", "config": {"roles": ["offline_access"]}}}}""");
        live.apply(document);

        String emptied = document.replace("{\"roles\": [\"offline_access\"]}", "null");
        assertThat(live.apply(emptied)).singleElement().asString().startsWith("update authorization-policy/R/shop/p");
        assertThat(live.plan(emptied)).isEmpty();
    }

    @Test
    void whatIsNeverEmptyIsLeftAsItIsWhereAFileEmptiesIt() {
        String document = NOTHING_IN_IT.formatted("""
                , "authorizationSettings": {"policyEnforcementMode": "PERMISSIVE", "decisionStrategy": "AFFIRMATIVE",
                    "policies": {"p": {"type": "time", "logic": "NEGATIVE", "config": {"hour": 8}}}}""");
        live.apply(document);

        assertThat(live.plan(document.replace("\"PERMISSIVE\"", "null")
                .replace("\"AFFIRMATIVE\"", "null")
                .replace("\"NEGATIVE\"", "null"))).isEmpty();
    }
}
