package dev.realmform.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Fingerprint;
import dev.realmform.model.Origin;
import dev.realmform.model.Owned;
import dev.realmform.model.Path;
import dev.realmform.model.Resource;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SlowHashesTest {

    private static final Address GOOGLE = Address.of("identity-provider", "retail", "google");
    private static final Path PASSWORD = Path.of("config", "clientSecret");
    private static final Secret OLD = Secret.of("old-canary", "$(env:OLD)");
    private static final Secret NEW = Secret.of("new-canary", "$(env:NEW)");

    private final Counting random = new Counting();
    private final SlowHashes hashes = new SlowHashes(random);

    @Test
    void whatWasBegunIsWhatOneGets() {
        hashes.begin(GOOGLE, PASSWORD, NEW, Optional.empty());
        hashes.begin(GOOGLE, PASSWORD, NEW, Optional.empty());

        Fingerprint hash = hashes.get(GOOGLE, PASSWORD, NEW, Optional.empty());

        assertThat(hash.matches(NEW)).isTrue();
        assertThat(hash.matches(OLD)).isFalse();
        assertThat(random.salts).isEqualTo(1);
    }

    @Test
    void anotherSecretThanWasBegunHasItsOwn() {
        hashes.begin(GOOGLE, PASSWORD, OLD, Optional.empty());

        assertThat(hashes.get(GOOGLE, PASSWORD, NEW, Optional.empty()).matches(NEW)).isTrue();
    }

    @Test
    void theSameSecretHasAnotherHashElsewhere() {
        Address github = Address.of("identity-provider", "retail", "github");
        hashes.begin(GOOGLE, PASSWORD, NEW, Optional.empty());
        hashes.begin(github, PASSWORD, NEW, Optional.empty());

        assertThat(hashes.get(GOOGLE, PASSWORD, NEW, Optional.empty()))
                .isNotEqualTo(hashes.get(github, PASSWORD, NEW, Optional.empty()));
    }

    @Test
    void theHashOfBeforeStaysWhereItFits() {
        Fingerprint before = Fingerprint.of(NEW, random);
        hashes.begin(GOOGLE, PASSWORD, NEW, Optional.of(before));

        assertThat(hashes.get(GOOGLE, PASSWORD, NEW, Optional.of(before))).isEqualTo(before);
        assertThat(hashes.get(GOOGLE, PASSWORD, OLD, Optional.of(before))).isNotEqualTo(before);
    }

    @Test
    void theEntryOfAChangeTakesWhatWasBegunForIt() {
        Resource desired = Resource.desired(Planning.A, Value.EMPTY_MAP.with("password", NEW), Origin.NONE);
        Change create = new Change.Create(desired, desired);
        Ownership ownership = new Ownership(random);

        ownership.begin(Planning.TYPE, create, Optional.empty());
        assertThat(random.salts).isEqualTo(1);
        Owned entry = ownership.after(Planning.TYPE, create, Optional.of("1"), Optional.empty());

        assertThat(entry.hashesOfSecrets().values()).hasSize(1).allMatch(hash -> hash.matches(NEW));
        assertThat(random.salts).isEqualTo(1);
    }

    /** A new salt each time it is asked for one. */
    private static final class Counting implements RandomGenerator {

        private int salts;

        @Override
        public void nextBytes(byte[] bytes) {
            salts++;
            RandomGenerator.super.nextBytes(bytes);
        }

        @Override
        public long nextLong() {
            return salts;
        }
    }
}
