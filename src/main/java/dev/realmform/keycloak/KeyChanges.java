package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Plan;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a change of a key provider's settings does to its key: of some, Keycloak makes another, and forgets the one before. */
final class KeyChanges {

    /** By provider, the settings whose change makes a new key. */
    private static final Map<String, Set<String>> NEW_KEY = Map.of(
            "rsa-generated", Set.of("keySize"),
            "rsa-enc-generated", Set.of("keySize"),
            "ecdsa-generated", Set.of("ecdsaEllipticCurveKey"),
            "ecdh-generated", Set.of("ecdhEllipticCurveKey"),
            "eddsa-generated", Set.of("eddsaEllipticCurveKey"),
            "hmac-generated", Set.of("secretSize"),
            "aes-generated", Set.of("secretSize"));

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

    private static Optional<String> loss(Change change) {
        Value.MapOf before = change.before().map(Resource::value).orElse(Value.EMPTY_MAP).map(Components.CONFIG);
        Value.MapOf planned = Wire.planned(change).value();
        Value.MapOf after = planned.map(Components.CONFIG);
        Set<String> making = NEW_KEY.getOrDefault(planned.text(Components.PROVIDER).orElse(""), Set.of());
        return Wire.differing(before, after)
                .stream()
                .filter(making::contains)
                .findFirst()
                .map(setting -> "another " + setting + " makes a new key, and the one before is gone: tokens and sessions that"
                        + " it has signed are no longer valid. To keep it, add a key provider with a higher priority"
                        + " instead");
    }
}
