package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Path;
import dev.realmform.model.Reference;
import dev.realmform.model.Value;
import dev.realmform.provider.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The accounts at identity providers that are linked to a user, by the alias of the provider.
 *
 * <p>Seen on 26.7.3: a POST of a user honours them, a PUT ignores them. A link is never changed, but removed and made. One to a
 * provider that is not there is taken, and never shown.
 */
final class FederatedIdentities {

    static final String NAME = "federatedIdentities";

    static final Field FIELD = Field.named("identityProvider", Field.object(Map.of()));

    private static final String ENDPOINT = "federated-identity";

    private FederatedIdentities() {}

    static Set<Reference> references(String realm, Value.MapOf user) {
        Set<Reference> references = new HashSet<>();
        user.map(NAME).fields().forEach((alias, link) -> {
            if (!(link instanceof Value.Null)) {
                references.add(new Reference(IdentityProviderType.address(realm, alias), Path.of(NAME)));
            }
        });
        return references;
    }

    /** A live user with its links, by the names that the providers have in the file. */
    static Value.MapOf with(Value.MapOf user, String realm, Reader reader, Renames renames) {
        List<Value> links = new ArrayList<>();
        for (Value.MapOf link : reader.objects(realm, "users", user.text("id").orElse(""), ENDPOINT)) {
            Address provider = IdentityProviderType.address(realm, link.text("identityProvider").orElse(""));
            links.add(link.with("identityProvider", Value.text(renames.now(provider).name())));
        }
        return user.with(NAME, new Value.ListOf(links));
    }

    static List<Call> calls(Way user, Value.MapOf before, Value.MapOf after) {
        List<Call> calls = new ArrayList<>();
        Value.MapOf old = before.map(NAME);
        Value.MapOf now = after.map(NAME);
        for (String alias : Wire.differing(old, now)) {
            Way link = user.then(ENDPOINT).then(alias);
            if (old.has(alias)) {
                calls.add(Call.delete(link));
            }
            if (now.has(alias)) {
                calls.add(Call.post(link, now.map(alias).with("identityProvider", Value.text(alias))));
            }
        }
        return calls;
    }
}
