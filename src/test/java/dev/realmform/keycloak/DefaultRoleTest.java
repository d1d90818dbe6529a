package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Origin;
import dev.realmform.model.Plan;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DefaultRoleTest {

    private static List<Plan.Notice> notices(String name, Value composites) {
        Resource role = Resource.desired(Address.of(RealmRoleType.NAME, "Retail", name),
                Value.EMPTY_MAP.with("composites", Value.EMPTY_MAP.with("realm", composites)), Origin.NONE);
        Plan plan = new Plan(List.of(new Change.Create(role, role)), new TreeMap<>(), 0, List.of());
        return DefaultRole.notices(plan);
    }

    private static Value roles(String... names) {
        return Value.texts(List.of(names));
    }

    @Test
    void aNewRealmSaysWhatItTakesFromEverybody() {
        assertThat(notices("default-roles-retail", roles("offline_access", "staff"))).singleElement()
                .extracting(Plan.Notice::text)
                .asString()
                .contains("takes uma_authorization from everybody", "$add");
    }

    @Test
    void nothingIsSaidWhereNothingIsTaken() {
        assertThat(notices("default-roles-retail", roles("uma_authorization", "offline_access", "staff"))).isEmpty();
        assertThat(notices("default-roles-retail", Value.EMPTY_MAP.with("$add", roles("staff")))).isEmpty();
        assertThat(notices("staff", roles("reader"))).isEmpty();
    }
}
