package dev.realmform.keycloak;

import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.util.List;

/** What a new user can log in with: passwords in clear, or hashes as an export holds them. Secrets, and sent once. */
final class Credentials {

    private static final List<String> SECRETS = List.of("value", "secretData", "hashedSaltedValue", "salt");

    private static final List<String> COMPUTED = List.of("id", "createdDate", "federationLink");

    private Credentials() {}

    /** The credentials of a user without what the server computes, their secrets wrapped. */
    static Value.MapOf wrapped(Value.MapOf user) {
        if (!(user.get(UserType.CREDENTIALS).orElse(Value.NULL) instanceof Value.ListOf(List<Value> items))) {
            return user;
        }
        return user.with(UserType.CREDENTIALS, new Value.ListOf(items.stream().map(Credentials::one).toList()));
    }

    private static Value one(Value item) {
        if (!(item instanceof Value.MapOf credential)) {
            return item;
        }
        Value.MapOf wrapped = credential.without(COMPUTED.toArray(String[]::new));
        for (String field : SECRETS) {
            if (credential.get(field).orElse(Value.NULL) instanceof Value.Text(String text)) {
                wrapped = wrapped.with(field, Secret.of(text, ""));
            }
        }
        return wrapped.has("type") ? wrapped : wrapped.with("type", Value.text("password"));
    }
}
