package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Origin;
import dev.realmform.model.Plan;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WelcomeTest {

    private static final AccessRealm REALM = new AccessRealm("r", Optional.of("r"), groups("/old"), Map.of());

    private static Value.MapOf groups(String path) {
        return Value.EMPTY_MAP.with("defaultGroups", Value.texts(List.of(path)));
    }

    private static Change user(String name) {
        Resource user = Resource.desired(UserType.address("r", name), Value.EMPTY_MAP, Origin.NONE);
        return new Change.Create(user, user);
    }

    @Test
    void whoIsMadeAfterTheDefaultGroupsChangeGetsTheNewOnes() {
        Address bindings = RealmBindingsType.address("r");
        Resource planned = Resource.live(bindings, groups("/new"));
        Change change = new Change.Update(Resource.live(bindings, groups("/old")),
                Resource.desired(bindings, groups("/new"), Origin.NONE), planned, List.of(), Optional.empty());
        Change before = user("ada");
        Change after = user("bob");
        Plan plan = new Plan(List.of(before, change, after), new TreeMap<>(), 0, List.of());

        Welcome welcome = new Welcome(plan, new Renames(Map.of()), name -> REALM);

        assertThat(welcome.apply(before)).contains(GroupPath.address("r", "/old")).hasSize(2);
        assertThat(welcome.apply(after)).contains(GroupPath.address("r", "/new")).hasSize(2);
    }
}
