package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.model.Address;
import dev.realmform.model.Problem;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.RealKeycloak.RealmName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The short form of the contract, for a build that also looks at an older server: for every type an object with all its fields at
 * once, made and then in step. What the server does not know is said in the plan.
 */
@ExtendWith(RealKeycloak.class)
class SmokeIT {

    private final Bench bench;

    SmokeIT(KeycloakServer server) {
        bench = new Bench(server);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @ParameterizedTest
    @MethodSource("dev.realmform.keycloak.TypeContract#here")
    void anObjectWithAllItsFieldsIsMadeAndThenInStep(TypeContract contract, RealmName realm) {
        String document = contract.document(realm.value(), contract.together());
        if (contract.since().filter(RealKeycloak::isOlderThan).isPresent()) {
            assertThat(bench.refused(document)).extracting(Problem::what)
                    .isNotEmpty()
                    .allMatch(what -> what.startsWith("Keycloak " + RealKeycloak.version() + " has no "));
            return;
        }
        bench.settle(document);
        assertThat(bench.leftAside()).containsAll(contract.together()
                .fields()
                .keySet()
                .stream()
                .filter(field -> Lacking.lacks(Address.of(contract.type(), "any"), field,
                        new ServerVersion(RealKeycloak.version())))
                .map(field -> field + " is left aside: Keycloak " + RealKeycloak.version() + " does not know it")
                .toList());
    }
}
