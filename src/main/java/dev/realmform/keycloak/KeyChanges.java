package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Plan;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a change of a key provider's settings does to what its key has signed. Measured on 26.7.3, by the ids of keys and by tokens
 * of before: another size or curve makes a new key and forgets the old one; another algorithm keeps the key, and its tokens are
 * refused all the same; so are those of a key that is no longer enabled. One that is not active, or has another priority,
 * still vouches for them.
 */
final class KeyChanges {

    private static final Set<String> NEW_KEY = Set.of("keySize", "secretSize", "ecdsaEllipticCurveKey",
            "ecdhEllipticCurveKey", "eddsaEllipticCurveKey");

    private static final Set<String> ALGORITHM = Set.of("algorithm", "ecdhAlgorithm");

    private static final String ENABLED = "enabled";

    private static final String LOST = ": tokens and sessions that it has signed are no longer valid. ";

    private static final String INSTEAD = "To keep them, add a second key provider with a higher priority instead, and take"
            + " this one out later";

    private KeyChanges() {}

    static List<Plan.Notice> of(Plan plan) {
        List<Plan.Notice> notices = new ArrayList<>();
        for (Change change : plan.changes()) {
            boolean updates = change instanceof Change.Update || change instanceof Change.Adopt;
            Address address = change.address();
            if (updates && address.type().equals(ComponentType.NAME)
                    && ComponentType.kind(address).equals(ComponentKinds.KEYS)) {
                loss(change).ifPresent(loss -> notices.add(new Plan.Notice.Warning(Optional.of(address), loss)));
            }
        }
        return notices;
    }

    /** The first that holds: a key that is gone cannot be lost twice. */
    private static Optional<String> loss(Change change) {
        Value.MapOf before = change.before().map(Resource::value).orElse(Value.EMPTY_MAP).map(Components.CONFIG);
        Value.MapOf after = Wire.planned(change).value().map(Components.CONFIG);
        List<String> changed = List.copyOf(Wire.differing(before, after));
        return changed.stream()
                .filter(NEW_KEY::contains)
                .findFirst()
                .map(setting -> before.has(setting)
                        ? "another " + setting + " makes a new key" + LOST + INSTEAD
                        : "unless " + setting + " is what the key has already, it makes a new key" + LOST + INSTEAD)
                .or(() -> changed.stream()
                        .filter(ALGORITHM::contains)
                        .findFirst()
                        .map(setting -> "another " + setting + " for a key that is in use" + LOST + INSTEAD))
                .or(() -> changed.stream()
                        .filter(setting -> setting.equals(ENABLED) && after.text(setting).equals(Optional.of("false")))
                        .findFirst()
                        .map(setting -> "the key is switched off" + LOST
                                + "With active: false it signs no more, and they stay valid"));
    }
}
