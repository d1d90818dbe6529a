package dev.realmform.state;

import static dev.realmform.state.States.PAY;
import static dev.realmform.state.States.REALM;
import static dev.realmform.state.States.SAML;
import static dev.realmform.state.States.owned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Action;
import dev.realmform.model.Address;
import dev.realmform.model.Fingerprint;
import dev.realmform.model.Owned;
import dev.realmform.model.Path;
import dev.realmform.model.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LoadedTest {

    private static final Address NEW = Address.of("client", "retail", "new");

    @Test
    void whatIsLiveAfterACreationOfOursCountsAsCreated() {
        Loaded loaded = pending(NEW, Action.CREATE, Optional.empty());
        assertThat(loaded.settled(live(Map.of(NEW, Optional.of("n")))).find(NEW)).hasValueSatisfying(found -> {
            assertThat(found.created()).isTrue();
            assertThat(found.id()).contains("n");
            assertThat(found.fields()).isEmpty();
        });
        assertThat(loaded.settled(live(Map.of()))).isEqualTo(States.state());
    }

    @Test
    void whatIsNotLiveAfterADeletionIsGone() {
        Loaded loaded = pending(PAY, Action.DELETE, Optional.empty());
        assertThat(loaded.settled(live(Map.of())).find(PAY)).isEmpty();
        assertThat(loaded.settled(live(Map.of(PAY, Optional.of("p"))))).isEqualTo(States.state());
    }

    @Test
    void aReplacementMayHaveStoppedHalfway() {
        Loaded loaded = pending(PAY, Action.REPLACE, Optional.empty());
        assertThat(loaded.settled(live(Map.of())).find(PAY)).isEmpty();
        assertThat(loaded.settled(live(Map.of(PAY, Optional.of("p2")))).find(PAY).orElseThrow().id()).contains("p2");
    }

    @Test
    void aRenameIsKnownByItsId() {
        Loaded loaded = pending(NEW, Action.UPDATE, Optional.of(PAY));
        assertThat(loaded.settled(live(Map.of(NEW, Optional.of("p")))).resources()).containsKey(NEW)
                .doesNotContainKey(PAY);
        assertThat(loaded.settled(live(Map.of(NEW, Optional.of("another"))))).isEqualTo(States.state());
        assertThat(loaded.settled(live(Map.of(PAY, Optional.of("p"))))).isEqualTo(States.state());
    }

    @Test
    void aFieldThatAChangeOfOursWasToWriteCountsAsWrittenIfItIsThere() {
        Owned becomes = new Owned(Optional.empty(), true, true,
                new TreeMap<>(Map.of(Path.of("name"), mark("Shop", true), Path.of("attributes", "a"), mark("1", true),
                        Path.of("secret"), new Owned.Mark(Fingerprint.NONE, true), Path.of("enabled"),
                        mark("true", false))),
                Set.of(REALM));
        Evidence live = live(Map.of(NEW, Optional.of("n"), PAY, Optional.of("p")),
                Map.of(Path.of("name"), "Another", Path.of("attributes", "a"), "1", Path.of("enabled"), "true"));
        Owned made = settled(States.pending(NEW, Action.CREATE, becomes), live, NEW);
        assertThat(made).isEqualTo(new Owned(Optional.of("n"), true, true,
                new TreeMap<>(Map.of(Path.of("attributes", "a"), mark("1", true), Path.of("secret"),
                        new Owned.Mark(Fingerprint.NONE, true))),
                Set.of(REALM)));
        Owned changed = settled(States.pending(PAY, Action.UPDATE, becomes), live, PAY);
        assertThat(changed.fields()).containsAllEntriesOf(owned("p").fields())
                .containsEntry(Path.of("attributes", "a"), mark("1", true))
                .doesNotContainKeys(Path.of("name"), Path.of("secret"));
        Owned adopted = settled(States.pending(NEW, Action.ADOPT, becomes), live, NEW);
        assertThat(adopted.created()).isFalse();
        assertThat(adopted.fields()).containsOnlyKeys(Path.of("attributes", "a"));
    }

    @Test
    void anAdoptionOfWhichNothingIsThereIsPlannedAgain() {
        Owned becomes = new Owned(Optional.empty(), false, false,
                new TreeMap<>(Map.of(Path.of("name"), mark("Shop", true), Path.of("enabled"), mark("true", false))),
                Set.of());
        Loaded loaded = new Loaded(States.state(), List.of(States.pending(NEW, Action.ADOPT, becomes)));
        assertThat(loaded.settled(live(Map.of(NEW, Optional.of("n")), Map.of(Path.of("enabled"), "true"))))
                .isEqualTo(States.state());
    }

    private static Owned settled(Pending pending, Evidence live, Address address) {
        return new Loaded(States.state(), List.of(pending)).settled(live).find(address).orElseThrow();
    }

    private static Owned.Mark mark(String text, boolean written) {
        return new Owned.Mark(Fingerprint.of(Value.text(text)), written);
    }

    private static Evidence live(Map<Address, Optional<String>> ids) {
        return live(ids, Map.of());
    }

    private static Evidence live(Map<Address, Optional<String>> ids, Map<Path, String> fields) {
        return new Evidence() {
            @Override
            public boolean isLive(Address address) {
                return ids.containsKey(address);
            }

            @Override
            public Optional<String> id(Address address) {
                return ids.getOrDefault(address, Optional.empty());
            }

            @Override
            public boolean holds(Address address, Path path, Fingerprint print) {
                return isLive(address) && fields.containsKey(path)
                        && print.matches(Value.text(fields.get(path)));
            }
        };
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
                List.of(States.pending(SAML, Action.CREATE, Optional.empty())));
        Loaded left = loaded.voidFor(States.server("https://sso.example", "retail", "id-2"));
        assertThat(left.state().resources()).containsOnlyKeys(other);
        assertThat(left.pending()).isEmpty();
        assertThat(loaded.voidFor(States.SERVER)).isEqualTo(loaded);
    }

    private static Loaded pending(Address address, Action action, Optional<Address> was) {
        return new Loaded(States.state(), List.of(States.pending(address, action, was),
                States.pending(REALM, Action.ADOPT, Optional.empty())));
    }
}
