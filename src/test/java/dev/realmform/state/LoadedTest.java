package dev.realmform.state;

import static dev.realmform.state.States.PAY;
import static dev.realmform.state.States.REALM;
import static dev.realmform.state.States.SAML;
import static dev.realmform.state.States.owned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Action;
import dev.realmform.model.Address;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoadedTest {

    private static final Address NEW = Address.of("client", "retail", "new");

    @Test
    void whatIsLiveAfterACreationOfOursCountsAsCreated() {
        Loaded loaded = pending(NEW, Action.CREATE, Optional.empty());
        assertThat(loaded.settled(Map.of(NEW, Optional.of("n"))).find(NEW)).hasValueSatisfying(found -> {
            assertThat(found.created()).isTrue();
            assertThat(found.id()).contains("n");
            assertThat(found.fields()).isEmpty();
        });
        assertThat(loaded.settled(Map.of())).isEqualTo(States.state());
    }

    @Test
    void whatIsNotLiveAfterADeletionIsGone() {
        Loaded loaded = pending(PAY, Action.DELETE, Optional.empty());
        assertThat(loaded.settled(Map.of()).find(PAY)).isEmpty();
        assertThat(loaded.settled(Map.of(PAY, Optional.of("p")))).isEqualTo(States.state());
    }

    @Test
    void aReplacementMayHaveStoppedHalfway() {
        Loaded loaded = pending(PAY, Action.REPLACE, Optional.empty());
        assertThat(loaded.settled(Map.of()).find(PAY)).isEmpty();
        assertThat(loaded.settled(Map.of(PAY, Optional.of("p2"))).find(PAY).orElseThrow().id()).contains("p2");
    }

    @Test
    void aRenameIsKnownByItsId() {
        Loaded loaded = pending(NEW, Action.UPDATE, Optional.of(PAY));
        assertThat(loaded.settled(Map.of(NEW, Optional.of("p"))).resources()).containsKey(NEW).doesNotContainKey(PAY);
        assertThat(loaded.settled(Map.of(NEW, Optional.of("another")))).isEqualTo(States.state());
        assertThat(loaded.settled(Map.of(PAY, Optional.of("p")))).isEqualTo(States.state());
    }

    @Test
    void onAnotherServerEveryEntryIsVoid() {
        Loaded loaded = pending(PAY, Action.CREATE, Optional.empty());
        Loaded left = loaded.voidFor(States.server("https://other.example", "retail", "id-1"));
        assertThat(left.state().resources()).isEmpty();
        assertThat(left.pending()).isEmpty();
    }

    @Test
    void onlyTheEntriesOfARealmThatWasResetAreVoid() {
        Address other = Address.of("client", "other", "x");
        var resources = new java.util.TreeMap<>(States.state().resources());
        resources.put(other, owned("o"));
        Loaded loaded = new Loaded(States.state().withResources(resources),
                List.of(new Pending(SAML, Action.CREATE, Optional.empty())));
        Loaded left = loaded.voidFor(States.server("https://sso.example", "retail", "id-2"));
        assertThat(left.state().resources()).containsOnlyKeys(other);
        assertThat(left.pending()).isEmpty();
        assertThat(loaded.voidFor(States.SERVER)).isEqualTo(loaded);
    }

    private static Loaded pending(Address address, Action action, Optional<Address> was) {
        return new Loaded(States.state(), List.of(new Pending(address, action, was),
                new Pending(REALM, Action.ADOPT, Optional.empty())));
    }
}
