package dev.realmform.osmo.token;

import dev.realmform.json.Json;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Value;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** A signed token (RFC 7519, 7515), taken apart and not checked. */
public final class Jwt {

    /** Header, claims, signature. */
    private static final int PARTS = 3;

    /** Years from 1970 to 9999: what is beyond is no time. */
    private static final BigDecimal LATEST = BigDecimal.valueOf(253_402_300_799L);

    private final Value.MapOf header;
    private final Value.MapOf claims;
    private final byte[] signed;
    private final byte[] signature;

    private Jwt(Value.MapOf header, Value.MapOf claims, byte[] signed, byte[] signature) {
        this.header = header;
        this.claims = claims;
        this.signed = signed;
        this.signature = signature;
    }

    /**
     * Reads a token, with or without {@code Bearer} before it.
     *
     * @throws ProblemException if it is none; the text is not repeated
     */
    public static Jwt parse(String text) {
        String token = text.strip().replaceFirst("(?i)^(authorization:\\s*)?bearer\\s+", "");
        String[] parts = token.split("\\.", -1);
        if (parts.length != PARTS) {
            throw no(parts.length == 5 ? "it is encrypted (five parts), and OSMO reads signed ones alone"
                    : "it has " + parts.length + (parts.length == 1 ? " part" : " parts") + " between dots, not three");
        }
        try {
            byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
            return new Jwt(map(parts[0], "header"), map(parts[1], "claims"),
                    (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII), signature);
        } catch (IllegalArgumentException e) {
            throw no("its signature is not written in base64url");
        }
    }

    private static Value.MapOf map(String part, String name) {
        try {
            if (Json.parse(Base64.getUrlDecoder().decode(part)) instanceof Value.MapOf map) {
                return map;
            }
        } catch (IllegalArgumentException e) {
            throw no("its " + name + " are not written in base64url");
        } catch (ProblemException e) {
            throw no("its " + name + " are no JSON");
        }
        throw no("its " + name + " are no object");
    }

    private static ProblemException no(String why) {
        return Problem.invalid("this is no token: " + why, "",
                "Give the whole token: three parts of letters, digits, - and _, with dots between them.").asException();
    }

    public Value.MapOf header() {
        return header;
    }

    public Value.MapOf claims() {
        return claims;
    }

    /** The time of a claim such as {@code exp}. */
    public Optional<Instant> time(String claim) {
        return claims.get(claim)
                .filter(Value.Num.class::isInstance)
                .map(number -> ((Value.Num) number).value())
                .filter(seconds -> seconds.signum() >= 0 && seconds.compareTo(LATEST) <= 0)
                .map(seconds -> Instant.ofEpochSecond(seconds.longValue()));
    }

    String algorithm() {
        return header.text("alg").orElse("");
    }

    /** What is signed: header and claims as they came. */
    byte[] signed() {
        return signed.clone();
    }

    byte[] signature() {
        return signature.clone();
    }
}
