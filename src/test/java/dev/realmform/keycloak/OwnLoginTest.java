package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Plan;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OwnLoginTest {

    private static final String LIGHT = "{\"iss\": \"https://sso.example.com/realms/master\", \"azp\": \"admin-cli\","
            + " \"preferred_username\": \"boss@example.com\"}";

    private final FakeAdmin admin = new FakeAdmin().saying(LIGHT);

    @Test
    void aTokenThatNamesItsRolesIsTakenAtItsWord() {
        FakeAdmin full = new FakeAdmin();
        assertThat(OwnLogin.of(full, planIn("retail")).hasRealmRole("operator")).isTrue();
        assertThat(full.sent()).isEmpty();
    }

    @Test
    void nothingIsAskedAboutARealmThatIsNotOurs() {
        OwnLogin.of(admin, planIn("retail"));
        assertThat(admin.sent()).isEmpty();
    }

    @Test
    void nameAndRolesThatALightTokenLacksAreLookedUp() {
        admin.answers("GET /master/users?email=boss%40example.com&exact=true", 200,
                "[{\"id\": \"7\", \"username\": \"boss\"}]");
        admin.answers("GET /master/users/7/role-mappings/realm/composite", 200, "[{\"name\": \"admin\"}]");
        admin.answers("GET /master/users/7/role-mappings", 200,
                "{\"clientMappings\": {\"pay\": {\"mappings\": [{\"name\": \"read\"}]}}}");
        Login login = OwnLogin.of(admin, planIn("master"));
        assertThat(login.username()).contains("boss");
        assertThat(login.hasRealmRole("admin")).isTrue();
        assertThat(login.hasClientRole("pay", "read")).isTrue();
    }

    @Test
    void aLoginThatMayNotLookGoesByWhatItKnows() {
        admin.answers("GET /master/users?exact=true&username=boss%40example.com", 403, "{\"error\": \"forbidden\"}");
        assertThat(OwnLogin.of(admin, planIn("master")).username()).contains("boss@example.com");
    }

    private static Plan planIn(String realm) {
        Resource role = Resource.live(Address.of("realm-role", realm, "staff"), Value.EMPTY_MAP);
        return new Plan(List.of(new Change.Adopt(role, role, role, List.of())), new TreeMap<>(), 0, List.of());
    }
}
