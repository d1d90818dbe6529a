package dev.realmform.osmo.token;

import dev.realmform.json.Json;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Value;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The public keys of an issuer (RFC 7517), and whether one of them has signed a token. */
public final class KeySet {

    private final List<Value.MapOf> keys;

    private KeySet(List<Value.MapOf> keys) {
        this.keys = keys;
    }

    /**
     * Reads a set of keys.
     *
     * @param where it came from, for messages
     */
    public static KeySet parse(byte[] json, String where) {
        Value read;
        try {
            read = Json.parse(json);
        } catch (ProblemException e) {
            throw none("it is no JSON", where);
        }
        return of(read, where);
    }

    /** The same of what was read already. */
    public static KeySet of(Value read, String where) {
        if (!(read instanceof Value.MapOf set) || !set.has("keys")) {
            throw none("there is no list of keys in it", where);
        }
        return new KeySet(set.list("keys")
                .stream()
                .filter(Value.MapOf.class::isInstance)
                .map(Value.MapOf.class::cast)
                .filter(key -> !key.text("use").orElse("sig").equals("enc"))
                .toList());
    }

    private static ProblemException none(String why, String where) {
        return Problem.invalid("this is no key set: " + why, where,
                "Give what is at .../protocol/openid-connect/certs of the realm.").asException();
    }

    /** How a check ended. */
    public sealed interface Outcome {

        /** A key of the set has signed it. */
        record Signed(String key) implements Outcome {}

        /** None has, or it cannot have. */
        record Refused(String why) implements Outcome {}

        /** It cannot be told with public keys. */
        record Open(String why) implements Outcome {}
    }

    /** Whether a token is signed with one of these keys, by the algorithm that it names. */
    public Outcome check(Jwt token) {
        String algorithm = token.algorithm();
        if (algorithm.startsWith("HS")) {
            return new Outcome.Open(
                    algorithm + " is signed with a secret that only the issuer has, so no public key can"
                            + " check it");
        }
        Optional<SignatureAlgorithm> known = SignatureAlgorithm.named(algorithm);
        if (known.isEmpty()) {
            return new Outcome.Refused(algorithm.isEmpty() || algorithm.equalsIgnoreCase("none")
                    ? "it is not signed (alg " + (algorithm.isEmpty() ? "is missing" : algorithm) + ")"
                    : "the algorithm " + algorithm + " is not known");
        }
        Optional<String> kid = token.header().text("kid");
        List<Value.MapOf> candidates = keys.stream()
                .filter(key -> kid.isEmpty() || key.text("kid").equals(kid))
                .filter(key -> key.text("alg").orElse(algorithm).equals(algorithm))
                .toList();
        return candidates.isEmpty() ? new Outcome.Refused(noKey(kid, algorithm))
                : tried(token, known.get(), candidates);
    }

    private String noKey(Optional<String> kid, String algorithm) {
        String there = keys.stream()
                .map(key -> key.text("kid").orElse("?") + " (" + key.text("alg").orElse("?") + ")")
                .collect(Collectors.joining(", "));
        return "no key " + kid.map(id -> id + " ").orElse("") + "for " + algorithm + " in the set"
                + (there.isEmpty() ? ", which is empty" : ": " + there);
    }

    private static Outcome tried(Jwt token, SignatureAlgorithm algorithm, List<Value.MapOf> candidates) {
        for (Value.MapOf key : candidates) {
            try {
                if (algorithm.verifies(token, key)) {
                    return new Outcome.Signed(key.text("kid").orElse(algorithm.name()));
                }
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                return new Outcome.Refused(
                        "the key " + key.text("kid").orElse("?") + " cannot be used: it does not fit "
                                + algorithm.name());
            }
        }
        return new Outcome.Refused("the signature is not of key "
                + candidates.stream().map(key -> key.text("kid").orElse("?")).collect(Collectors.joining(", ")));
    }
}
