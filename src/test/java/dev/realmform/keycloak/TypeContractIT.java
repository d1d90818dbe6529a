package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Edit;
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
 * arrives, and is found again; other fields stay as they were.
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
    @MethodSource("dev.realmform.keycloak.TypeContract#all")
    void eachFieldIsAnEditThenThereThenNoEdit(TypeContract contract, RealmName realm) {
        bench.settle(contract.document(realm.value(), Value.EMPTY_MAP));
        List<String> broken = new ArrayList<>();
        for (Map.Entry<String, Value> field : contract.fields().fields().entrySet()) {
            if (lacks(contract, field.getKey())) {
                continue;
            }
            try {
                change(contract, realm.value(), field.getKey(), field.getValue());
            } catch (AssertionError e) {
                broken.add(field.getKey() + ": " + String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
            }
        }
        assertThat(broken).isEmpty();
    }

    private boolean lacks(TypeContract contract, String field) {
        return Lacking.lacks(Address.of(contract.type(), "any"), field, RealKeycloak.version());
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
