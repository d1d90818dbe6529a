package dev.realmform.plan;

import dev.realmform.model.Address;
import dev.realmform.model.Fingerprint;
import dev.realmform.model.Owned;
import dev.realmform.model.Path;
import dev.realmform.model.Resource;
import dev.realmform.model.Secret;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * One slow hash over all secrets that the state has slow hashes of. Where none was rotated, which is nearly always, a plan takes
 * this one and not one for each: twenty identity providers cost twenty times a tenth of a second. Where it does not fit, each
 * hash is compared for itself.
 *
 * <p>It tells an attacker less than the hashes beside it: who guesses has to guess all secrets at once.
 */
public final class Seal {

    private Seal() {}

    /**
     * The entries as the planner is to see them: if the seal fits what is declared, each hash is known to be of its secret.
     *
     * @param owned what the state remembers
     * @param seal  what it has for a seal
     */
    public static SortedMap<Address, Owned> proven(SortedMap<Address, Owned> owned, Optional<Fingerprint> seal,
            Map<Address, Resource> declared) {
        return seal.filter(one -> all(owned, declared).filter(one::matches).isPresent())
                .map(ignored -> marked(owned, declared))
                .orElse(owned);
    }

    /** The seal of these entries; empty if a secret of them is not at hand, or if one hash alone would be sealed. */
    public static Optional<Fingerprint> of(SortedMap<Address, Owned> owned, Map<Address, Resource> declared,
            RandomGenerator random) {
        return owned.values().stream().mapToInt(entry -> entry.hashesOfSecrets().size()).sum() < 2 ? Optional.empty()
                : all(owned, declared).map(secrets -> Fingerprint.of(secrets, random));
    }

    /** All secrets as one, each with where it belongs and the hash it has there; empty if one is not declared, or not given. */
    private static Optional<Secret> all(SortedMap<Address, Owned> owned, Map<Address, Resource> declared) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<Address, Owned> entry : owned.entrySet()) {
            for (Map.Entry<Path, Fingerprint> hash : entry.getValue().hashesOfSecrets().entrySet()) {
                Optional<Secret> secret = secret(declared, entry.getKey(), hash.getKey());
                if (secret.isEmpty()) {
                    return Optional.empty();
                }
                String content = secret.get().reveal();
                text.append(entry.getKey())
                        .append(' ')
                        .append(hash.getKey())
                        .append(' ')
                        .append(hash.getValue().text());
                text.append(' ').append(content.length()).append(':').append(content).append('\n');
            }
        }
        return Optional.of(Secret.of(text.toString(), ""));
    }

    private static SortedMap<Address, Owned> marked(SortedMap<Address, Owned> owned, Map<Address, Resource> declared) {
        SortedMap<Address, Owned> entries = new TreeMap<>(owned);
        entries.replaceAll((address, entry) -> {
            if (!entry.hasHashOfSecret()) {
                return entry;
            }
            SortedMap<Path, Owned.Mark> fields = new TreeMap<>(entry.fields());
            entry.hashesOfSecrets()
                    .forEach((path, hash) -> fields.computeIfPresent(path, (_, mark) -> new Owned.Mark(
                            hash.provenOf(secret(declared, address, path).orElseThrow()), mark.written())));
            return new Owned(entry.id(), entry.created(), entry.protect(), fields, entry.needs());
        });
        return entries;
    }

    private static Optional<Secret> secret(Map<Address, Resource> declared, Address address, Path path) {
        return Optional.ofNullable(declared.get(address))
                .map(resource -> Leaves.of(resource.value()).get(path))
                .filter(Secret.class::isInstance)
                .map(Secret.class::cast)
                .filter(Secret::isGiven);
    }
}
