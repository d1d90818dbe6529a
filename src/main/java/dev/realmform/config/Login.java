package dev.realmform.config;

import dev.realmform.model.Secret;
import java.util.Optional;
import java.util.Set;

/**
 * How to enter Keycloak. Which way is taken, what is given decides; that of two ways one is missing is no concern of this
 * package.
 */
public record Login(String clientId, Optional<Secret> clientSecret, Optional<Secret> assertion,
        Optional<String> assertionFile, Optional<String> keyFile, Optional<String> keyId,
        Optional<String> username, Optional<Secret> password, Optional<Secret> token) {

    /** Variables that hold a credential, of Keycloak or of the state's server, whatever the file says. */
    static final Set<String> VARIABLES = Set.of("KEYCLOAK_CLIENT_SECRET", "KEYCLOAK_ASSERTION", "KEYCLOAK_PASSWORD",
            "KEYCLOAK_TOKEN", "REALMFORM_STATE_PASSWORD", "REALMFORM_STATE_TOKEN", "TF_HTTP_PASSWORD");
}
