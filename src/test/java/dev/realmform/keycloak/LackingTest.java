package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Address;
import dev.realmform.model.Origin;
import dev.realmform.model.Plan;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.Provider;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** One file for servers of several versions. */
class LackingTest {

    private static final Address GROUP = Address.of("group", "osmo", "Ops");
    private static final Address ROLE = Address.of("realm-role", "osmo", "ops");

    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void whatAnOlderServerDoesNotKnowIsLeftAsideAndNamed() {
        Provider.Accepted accepted = accepted("26.1.4", declared(GROUP, "description"));

        assertThat(accepted.declared().values()).singleElement()
                .satisfies(group -> assertThat(group.value().fields()).containsOnlyKeys("attributes"));
        assertThat(accepted.notices()).extracting(Plan.Notice::text)
                .containsExactly("description is left aside: Keycloak 26.1.4 does not know it");
    }

    @Test
    void aFieldInsideAnotherIsLeftAsideAloneUnderItsPath() {
        Address profile = UserProfileType.address("osmo");
        Value.MapOf desk = Value.EMPTY_MAP.with("defaultValue", Value.text("7")).with("group", Value.text("work"));
        Value.MapOf value = Value.EMPTY_MAP.with("attributes", Value.EMPTY_MAP.with("desk", desk));

        Provider.Accepted accepted = accepted("26.1.4",
                new TreeMap<>(Map.of(profile, Resource.desired(profile, value, Origin.NONE))));

        assertThat(accepted.declared().values()).singleElement()
                .satisfies(kept -> assertThat(kept.value().map("attributes").map("desk").fields())
                        .containsOnlyKeys("group"));
        assertThat(accepted.notices()).extracting(Plan.Notice::text)
                .containsExactly("attributes.desk.defaultValue is left aside: Keycloak 26.1.4 does not know it");
    }

    /** The text of a user profile in an export of 26.1.4 stands for an attribute without a default value, which it does not know. */
    @Test
    void nothingIsSaidOfAFieldThatSaysOnlyThatThereIsNothing() {
        Address realm = RealmType.address("osmo");
        Value.MapOf value = Value.EMPTY_MAP.with("adminPermissionsEnabled", Value.bool(false))
                .with("webAuthnPolicyResidentKey", Value.NULL);

        Provider.Accepted accepted = accepted("26.1.4",
                new TreeMap<>(Map.of(realm, Resource.desired(realm, value, Origin.NONE))));

        assertThat(accepted.declared().values()).singleElement()
                .satisfies(kept -> assertThat(kept.value().fields()).isEmpty());
        assertThat(accepted.notices()).isEmpty();
    }

    @Test
    void aNewerServerGetsAll() {
        SortedMap<Address, Resource> declared = declared(GROUP, "description");

        assertThat(accepted("26.4.7", declared)).isEqualTo(new Provider.Accepted(declared, java.util.List.of()));
        assertThat(accepted("nightly", declared).declared()).isEqualTo(declared);
    }

    @Test
    void withoutAVersionEverythingIsSentAndTheServerItselfAnswers() {
        SortedMap<Address, Resource> declared = declared(GROUP, "description");

        assertThat(Lacking.accepted(declared, Optional::empty).declared()).isEqualTo(declared);
    }

    @Test
    void nobodyIsAskedForTheVersionIfAllKnowWhatIsDeclared() {
        accepted("26.1.4", declared(ROLE, "description"));

        assertThat(asked).hasValue(0);
    }

    private Provider.Accepted accepted(String version, SortedMap<Address, Resource> declared) {
        return Lacking.accepted(declared, () -> {
            asked.incrementAndGet();
            return Optional.of(new ServerVersion(version));
        });
    }

    private static SortedMap<Address, Resource> declared(Address address, String field) {
        Value.MapOf value = Value.EMPTY_MAP.with(field, Value.text("x")).with("attributes", Value.EMPTY_MAP);
        return new TreeMap<>(Map.of(address, Resource.desired(address, value, Origin.NONE)));
    }
}
