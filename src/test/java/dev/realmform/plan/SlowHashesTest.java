package dev.realmform.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Address;
import dev.realmform.model.Fingerprint;
import dev.realmform.model.Path;
import dev.realmform.model.Secret;
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
