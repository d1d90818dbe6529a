package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Edit;
import dev.realmform.model.Problem;
import dev.realmform.model.Value;
import dev.realmform.plan.Planned;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.RealKeycloak.RealmName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds for every type, field by field, against the real server: a declared value that differs shows as one edit,
 * arrives, and is found again; other fields stay as they were. What an older server does not know is said in the plan: of a field
 * that it is left aside, of a whole type that it is refused.
 */
@ExtendWith(RealKeycloak.class)
class TypeContractIT {

    private final Bench bench;

    TypeContractIT(KeycloakServer server) {
        bench = new Bench(server);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @ParameterizedTest
    @MethodSource("dev.realmform.keycloak.TypeContract#here")
    void eachFieldIsAnEditThenThereThenNoEdit(TypeContract contract, RealmName realm) {
        if (contract.since().filter(RealKeycloak::isOlderThan).isPresent()) {
            isRefused(contract, realm.value());
            return;
        }
        bench.settle(contract.document(realm.value(), Value.EMPTY_MAP));
        List<String> broken = new ArrayList<>();
        for (Map.Entry<String, Value> field : contract.fields().fields().entrySet()) {
            try {
                if (lacks(contract, field.getKey())) {
                    isLeftAside(contract, realm.value(), field.getKey(), field.getValue());
                } else {
                    change(contract, realm.value(), field.getKey(), field.getValue());
                }
            } catch (AssertionError e) {
                broken.add(field.getKey() + ": " + String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
            }
        }
        assertThat(broken).isEmpty();
    }

    /** All that speaks of something else than the missing type would be an error of the contract. */
    private void isRefused(TypeContract contract, String realm) {
        assertThat(bench.refused(contract.document(realm, Value.EMPTY_MAP))).extracting(Problem::what)
                .isNotEmpty()
                .allMatch(what -> what.startsWith("Keycloak " + RealKeycloak.version() + " has no "));
    }

    private static boolean lacks(TypeContract contract, String field) {
        return Lacking.lacks(Address.of(contract.type(), "any"), field, new ServerVersion(RealKeycloak.version()));
    }

    private void isLeftAside(TypeContract contract, String realm, String field, Value value) {
        bench.settle(contract.document(realm, Value.EMPTY_MAP.with(field, value)));
        assertThat(bench.leftAside())
                .contains(field + " is left aside: Keycloak " + RealKeycloak.version() + " does not know it");
    }

    private void change(TypeContract contract, String realm, String field, Value value) {
        bench.settle(contract.document(realm, Value.EMPTY_MAP));
        String document = contract.document(realm, Value.EMPTY_MAP.with(field, value));
        Planned planned = bench.forget().plan(document);
        List<Edit> edits = planned.plan().changes().stream().map(Change::edits).flatMap(List::stream).toList();
        assertThat(edits).as("edits")
                .isNotEmpty()
                .allMatch(
                        edit -> edit.path().segments().getFirst().equals(field));
        bench.settle(document);
    }
}
