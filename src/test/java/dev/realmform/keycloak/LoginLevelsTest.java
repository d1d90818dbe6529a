package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Edit;
import dev.realmform.model.Path;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoginLevelsTest {

    private static final Address BINDINGS = RealmBindingsType.address("retail");
    private static final Resource BOUND = Resource.live(BINDINGS,
            Value.EMPTY_MAP.with("browserFlow", Value.text("own")));

    @Test
    void aClientThatAsksForALevelOfTheFlowFollowsItsBinding() {
        assertThat(followed("default.acr.values", "silver##2")).containsExactly(BINDINGS);
        assertThat(followed("minimum.acr.value", "1")).containsExactly(BINDINGS);
        assertThat(followed("default.acr.values", "silver")).isEmpty();
        assertThat(followed("login_theme", "2")).isEmpty();
    }

    @Test
    void oneThatMapsItsLevelsDoesNot() {
        Value.MapOf attributes = Value.EMPTY_MAP.with("default.acr.values", Value.text("2"));

        assertThat(followed(attributes.with("acr.loa.map", Value.text("{\"2\": 2}")))).isEmpty();
        assertThat(followed(attributes.with("acr.loa.map", Value.text("{\"1\": 1}")))).containsExactly(BINDINGS);
        assertThat(followed(attributes.with("acr.loa.map", Value.text("no map")))).containsExactly(BINDINGS);
    }

    @Test
    void onlyAnotherBrowserFlowIsWaitedFor() {
        Resource client = client(Value.EMPTY_MAP);

        assertThat(new ClientType().awaits(client, new Change.Create(BOUND, BOUND))).isTrue();
        Resource builtIn = BOUND.withValue(Value.EMPTY_MAP.with("browserFlow", Value.text("browser")));
        assertThat(new ClientType().awaits(client, new Change.Create(builtIn, builtIn))).isFalse();
        assertThat(new ClientType().awaits(client, changed("browserFlow"))).isTrue();
        assertThat(new ClientType().awaits(client, changed("defaultGroups"))).isFalse();
    }

    private static Change changed(String field) {
        return new Change.Update(BOUND, BOUND, BOUND,
                List.of(new Edit.Set(Path.of(field), Value.text("a"), Value.text("b"))), Optional.empty());
    }

    private static Set<Address> followed(String attribute, String value) {
        return followed(Value.EMPTY_MAP.with(attribute, Value.text(value)));
    }

    private static Set<Address> followed(Value.MapOf attributes) {
        Resource client = client(attributes);
        return new ClientType().follows(new Change.Create(client, client));
    }

    private static Resource client(Value.MapOf attributes) {
        return Resource.live(ClientType.address("retail", "web"), Value.EMPTY_MAP.with("attributes", attributes));
    }
}
