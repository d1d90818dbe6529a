package dev.realmform.kubernetes.section;

import dev.realmform.model.Address;
import dev.realmform.model.Path;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.util.Optional;

/**
 * A password: in which Secret the pods find it, and what it is if that Secret is ours to make.
 *
 * @param value empty if the Secret is made by somebody else
 * @param from  where it was written
 */
record Credential(String secret, String key, Optional<Value> value, Path from) {

    /**
     * What a part says in its fields {@code password}, {@code secretName} and {@code secretKey}; empty if it names neither a
     * password nor a Secret.
     */
    static Optional<Credential> in(Part part, String secretName) {
        Optional<Part> password = part.get("password");
        Optional<String> named = part.text("secretName");
        if (password.isEmpty() && named.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Credential(named.orElse(secretName), part.text("secretKey", "password"),
                password.map(Part::value), part.path()));
    }

    /** A password that is made once and kept in its Secret: letters and digits, which need no quoting anywhere. */
    static Credential generated(Part part, String secretName) {
        Value made = new Value.Unknown(Address.of("random", "letters:32"), "value");
        return new Credential(secretName, part.text("secretKey", "password"), Optional.of(made), part.path());
    }

    /** Refuses a password that Keycloak would read as another one. */
    void checkForKeycloak(Part part) {
        boolean other = value.filter(it -> it instanceof Secret secret && secret.isGiven()
                && Keycloak.readsOtherwise(secret.reveal())).isPresent();
        if (other) {
            part.part("password").complain(Keycloak.EXPRESSIONS, "Choose another password.");
        }
    }

    /** The Secret, if it is ours to make. */
    Optional<Item> item(App app) {
        return value.map(password -> new Item(App.secret(
                app.metadata("").with("name", Value.text(secret)), Value.EMPTY_MAP.with(key, password)), from));
    }
}
