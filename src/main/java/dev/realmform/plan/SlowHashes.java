package dev.realmform.plan;

import dev.realmform.model.Address;
import dev.realmform.model.Fingerprint;
import dev.realmform.model.Path;
import dev.realmform.model.Secret;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.random.RandomGenerator;

/**
 * Slow hashes of secrets, on request made before they are asked for: each takes a tenth of a second, in which the thread that
 * asks could send requests. That they are begun early is all that other threads have to do with it: used by one thread.
 */
final class SlowHashes {

    /** @param before the hash that is kept if it fits, so that an unchanged secret does not change the state file */
    private record Wanted(Address address, Path path, Secret secret, Optional<Fingerprint> before) {

        Fingerprint made(byte[] salt) {
            return before.filter(print -> print.matches(secret)).orElseGet(() -> Fingerprint.of(secret, salt));
        }
    }

    private final RandomGenerator random;
    private final Map<Wanted, ForkJoinTask<Fingerprint>> begun = new HashMap<>();

    /** Salts come from {@code random}. */
    SlowHashes(RandomGenerator random) {
        this.random = random;
    }

    void begin(Address address, Path path, Secret secret, Optional<Fingerprint> before) {
        begun.computeIfAbsent(new Wanted(address, path, secret, before), wanted -> {
            byte[] salt = Fingerprint.salt(random);
            return ForkJoinPool.commonPool().submit(() -> wanted.made(salt));
        });
    }

    Fingerprint get(Address address, Path path, Secret secret, Optional<Fingerprint> before) {
        Wanted wanted = new Wanted(address, path, secret, before);
        return Optional.ofNullable(begun.remove(wanted))
                .map(ForkJoinTask::join)
                .orElseGet(() -> wanted.made(Fingerprint.salt(random)));
    }
}
