package dev.realmform.plan;

import static dev.realmform.plan.FakeType.map;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Address;
import dev.realmform.model.Fingerprint;
import dev.realmform.model.Path;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One hash over all secrets. */
class SealTest extends Planning {

    private static final Path PASSWORD = Path.of("password");

    @BeforeEach
    void twoSecretsInPlace() {
        declare(A, "p-a");
        declare(B, "p-b");
        own(A, true, map("password", Secret.of("p-a", "$(secret:p)")));
        own(B, true, map("password", Secret.of("p-b", "$(secret:p)")));
        live(A, map("password", new Value.Hidden(Value.Hidden.Reason.MASKED)));
        live(B, map("password", new Value.Hidden(Value.Hidden.Reason.MASKED)));
    }

    @Test
    void whereNothingWasRotatedEachHashIsKnownToFit() {
        Optional<Fingerprint> seal = seal();
        owned.putAll(Seal.proven(owned, seal, desired));
        assertThat(print(A).proven()).contains(Secret.of("p-a", ""));
        assertThat(print(B).proven()).contains(Secret.of("p-b", ""));
        assertThat(plan().plan().isEmpty()).isTrue();
    }

    @Test
    void whereOneWasRotatedEachIsComparedForItself() {
        Optional<Fingerprint> seal = seal();
        declare(B, "p-c");
        assertThat(Seal.proven(owned, seal, desired)).isSameAs(owned);
        assertThat(only(plan()).address()).isEqualTo(B);
    }

    @Test
    void whatIsKnownToFitFitsNoOtherSecret() {
        Fingerprint proven = print(A).provenOf(Secret.of("p-a", ""));
        assertThat(proven.matches(Secret.of("p-a", "elsewhere"))).isTrue();
        assertThat(proven.matches(Secret.of("p-b", ""))).isFalse();
        assertThat(proven.matches(Secret.notGiven("$(secret:p)"))).isFalse();
        assertThat(proven).isEqualTo(print(A)).hasSameHashCodeAs(print(A));
    }

    @Test
    void itIsOfTheSecretsInTheirPlaces() {
        Optional<Fingerprint> seal = seal();
        declare(A, "p-b");
        declare(B, "p-a");
        assertThat(Seal.proven(owned, seal, desired)).isSameAs(owned);
    }

    @Test
    void itIsOfTheHashesThatWereThere() {
        Optional<Fingerprint> seal = seal();
        own(A, true, map("password", Secret.of("p-z", "")));
        assertThat(Seal.proven(owned, seal, desired)).isSameAs(owned);
    }

    @Test
    void aSecretThatIsNotAtHandIsNeitherSealedNorProven() {
        Optional<Fingerprint> seal = seal();
        desire(B, map("password", Secret.notGiven("$(secret:p)")));
        assertThat(Seal.proven(owned, seal, desired)).isSameAs(owned);
        assertThat(seal()).isEmpty();
        desired.remove(B);
        assertThat(seal()).isEmpty();
    }

    @Test
    void oneHashNeedsNoSeal() {
        owned.remove(B);
        assertThat(seal()).isEmpty();
    }

    private Optional<Fingerprint> seal() {
        return Seal.of(owned, desired, new Random(2));
    }

    private void declare(Address address, String password) {
        desire(address, map("password", Secret.of(password, "$(secret:p)")));
    }

    private Fingerprint print(Address address) {
        return Optional.ofNullable(entry(address).hashesOfSecrets().get(PASSWORD)).orElseThrow();
    }
}
