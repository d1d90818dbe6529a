package dev.realmform.keycloak.admin;

import dev.realmform.model.Secret;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** How realmform proves to the server who it is. */
public sealed interface Login {

    /** A service account with its client's secret. */
    record ClientSecret(String clientId, Secret secret) implements Login {}

    /**
     * A service account whose client proves itself by a signed JWT ({@code private_key_jwt}).
     *
     * @param key   a private key: PEM, or a JWK
     * @param keyId the {@code kid} to name; empty for the JWK's own, or for none
     */
    record SignedJwt(String clientId, Path key, Optional<String> keyId) implements Login {}

    /**
     * A service account whose client proves itself by a ready assertion, such as a pipeline's own id token.
     *
     * @param assertion the token, or the file that holds it; a file is read again at each login
     */
    record Assertion(String clientId, Given assertion) implements Login {

        /** Where an assertion comes from. */
        public sealed interface Given {
            record Text(Secret text) implements Given {}

            record File(Path path) implements Given {}
        }
    }

    /**
     * A person's name and password.
     *
     * @param clientSecret for a client that is not public
     */
    record Password(String clientId, Optional<Secret> clientSecret, String username, Secret password)
            implements
                Login {}

    /** A ready access token. It cannot be renewed. */
    record Token(Secret token) implements Login {}

    /**
     * One that is looked up when it is first needed, and then is any of the others.
     *
     * @param source throws {@link dev.realmform.model.ProblemException} if there is none
     */
    record Kept(Supplier<Login> source) implements Login {

        @Override
        public Login now() {
            return source.get();
        }
    }

    /** What to log in with. */
    default Login now() {
        return this;
    }
}
