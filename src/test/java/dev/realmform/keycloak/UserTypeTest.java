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
import org.junit.jupiter.api.Test;

class UserTypeTest {

    private static final Resource REALM = Resource.live(RealmType.address("retail"), Value.EMPTY_MAP);

    private static Change changed(String field) {
        return new Change.Update(REALM, REALM, REALM,
                List.of(new Edit.Set(Path.of(field), Value.bool(false), Value.bool(true))), Optional.empty());
    }

    private static boolean awaits(String attribute, String field) {
        Value.MapOf attributes = Value.EMPTY_MAP.with(attribute, Value.texts(List.of("de")));
        Resource user = Resource.live(UserType.address("retail", "ada"),
                Value.EMPTY_MAP.with(Attributes.FIELD, attributes));
        return new UserType().awaits(user, changed(field));
    }

    /** Nothing else of a realm is waited for: it would go along with each user who is a target. */
    @Test
    void aUserWithALocaleWaitsForTheRealmsLanguages() {
        assertThat(awaits("locale", "internationalizationEnabled")).isTrue();
        assertThat(awaits("locale", "displayName")).isFalse();
        assertThat(awaits("team", "internationalizationEnabled")).isFalse();
    }

    @Test
    void whoIsMadeWithoutGroupsFollowsTheRealmsDefaultGroups() {
        Address bindings = RealmBindingsType.address("retail");
        Resource user = Resource.live(UserType.address("retail", "ada"), Value.EMPTY_MAP);
        Resource groups = Resource.live(bindings,
                Value.EMPTY_MAP.with("defaultGroups", Value.texts(List.of("/Staff"))));
        Resource flows = Resource.live(bindings, Value.EMPTY_MAP.with("browserFlow", Value.text("own")));

        Resource alone = user.withValue(Value.EMPTY_MAP.with("groups", Value.texts(List.of())));

        assertThat(new UserType().follows(new Change.Create(user, user))).containsExactly(bindings);
        assertThat(new UserType().follows(new Change.Create(alone, alone))).isEmpty();
        assertThat(new UserType().awaits(user, new Change.Create(groups, groups))).isTrue();
        assertThat(new UserType().awaits(user, new Change.Create(flows, flows))).isFalse();
    }
}
