package dev.realmform.osmo.token;

import dev.realmform.model.Value;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * A way to sign with a key of which the other half is public (RFC 7518, 3.1), by what the JDK has.
 *
 * @param name {@code RS256}
 */
record SignatureAlgorithm(String name) {

    private static final Map<String, String> CURVES = Map.of("P-256", "secp256r1", "P-384", "secp384r1", "P-521",
            "secp521r1");

    static Optional<SignatureAlgorithm> named(String name) {
        return name.matches("(RS|PS|ES)(256|384|512)") ? Optional.of(new SignatureAlgorithm(name)) : Optional.empty();
    }

    private String bits() {
        return name.substring(2);
    }

    boolean verifies(Jwt token, Value.MapOf key) throws GeneralSecurityException {
        Signature signature = signature();
        signature.initVerify(name.startsWith("ES") ? curve(key) : rsa(key));
        signature.update(token.signed());
        try {
            return signature.verify(token.signature());
        } catch (SignatureException e) {
            // Of another length than this key makes.
            return false;
        }
    }

    private Signature signature() throws GeneralSecurityException {
        return switch (name.substring(0, 2)) {
            case "ES" -> Signature.getInstance("SHA" + bits() + "withECDSAinP1363Format");
            case "PS" -> {
                Signature pss = Signature.getInstance("RSASSA-PSS");
                String hash = "SHA-" + bits();
                pss.setParameter(new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash),
                        Integer.parseInt(bits()) / Byte.SIZE, PSSParameterSpec.TRAILER_FIELD_BC));
                yield pss;
            }
            default -> Signature.getInstance("SHA" + bits() + "withRSA");
        };
    }

    private static PublicKey rsa(Value.MapOf key) throws GeneralSecurityException {
        return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(number(key, "n"), number(key, "e")));
    }

    private static PublicKey curve(Value.MapOf key) throws GeneralSecurityException {
        String curve = CURVES.get(key.text("crv").orElse(""));
        if (curve == null) {
            throw new IllegalArgumentException("no such curve");
        }
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec(curve));
        return KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(new ECPoint(number(key, "x"), number(key, "y")),
                        parameters.getParameterSpec(ECParameterSpec.class)));
    }

    private static BigInteger number(Value.MapOf key, String field) {
        return new BigInteger(1, Base64.getUrlDecoder()
                .decode(key.text(field)
                        .orElseThrow(() -> new IllegalArgumentException("no " + field))));
    }
}
