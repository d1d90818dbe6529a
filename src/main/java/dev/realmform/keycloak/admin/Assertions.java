package dev.realmform.keycloak.admin;

import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;

/** The JWTs by which a client proves itself (RFC 7523). */
final class Assertions {

    private static final int SECONDS = 60;

    private final Surroundings surroundings;
    private final Supplier<String> audience;

    /**
     * @param audience the issuer of the login realm, by its own word: newer servers accept nothing else
     */
    Assertions(Surroundings surroundings, Supplier<String> audience) {
        this.surroundings = surroundings;
        this.audience = audience;
    }

    /** A ready assertion. A file is read each time, since who writes it renews it. */
    String given(Login.Assertion.Given given) {
        return switch (given) {
            case Login.Assertion.Given.Text(Secret text) -> text.reveal();
            case Login.Assertion.Given.File(Path path) -> Pem
                    .read(path, "realmform.server.login.assertion or KEYCLOAK_ASSERTION")
                    .strip();
        };
    }

    /** An assertion of our own making, good for a minute and for one use. */
    String signed(Login.SignedJwt login) {
        SigningKey key = SigningKey.read(login.key());
        Value.MapOf header = Value.EMPTY_MAP.with("alg", Value.text(key.algorithm())).with("typ", Value.text("JWT"));
        Optional<String> keyId = login.keyId().or(key::keyId);
        long now = surroundings.clock().instant().getEpochSecond();
        byte[] id = new byte[16];
        surroundings.random().nextBytes(id);
        Value.MapOf claims = Value.EMPTY_MAP.with("iss", Value.text(login.clientId()))
                .with("sub", Value.text(login.clientId()))
                .with("aud", Value.text(audience.get()))
                .with("jti", Value.text(HexFormat.of().formatHex(id)))
                .with("iat", Value.num(now))
                .with("exp", Value.num(now + SECONDS));
        String content = part(keyId.map(kid -> header.with("kid", Value.text(kid))).orElse(header)) + "."
                + part(claims);
        return content + "." + base64(key.sign(content.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String part(Value.MapOf json) {
        return base64(Bodies.write(json, _ -> {
        }));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
