package dev.realmform.testing;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/** An issuer that signs whatever a test says, by one algorithm, with a key of its own called {@code one}. */
public final class SignedTokens {

    private final String algorithm;
    private final KeyPair keys;

    public SignedTokens(String algorithm) throws GeneralSecurityException {
        this.algorithm = algorithm;
        KeyPairGenerator generator = KeyPairGenerator.getInstance(isCurve() ? "EC" : "RSA");
        if (isCurve()) {
            generator.initialize(new ECGenParameterSpec(
                    algorithm.equals("ES512") ? "secp521r1" : algorithm.equals("ES384") ? "secp384r1" : "secp256r1"));
        } else {
            generator.initialize(2048);
        }
        this.keys = generator.generateKeyPair();
    }

    private boolean isCurve() {
        return algorithm.startsWith("ES");
    }

    /** A token with these claims. */
    public String token(String claims) throws GeneralSecurityException {
        return token("{\"alg\": \"" + algorithm + "\", \"typ\": \"JWT\", \"kid\": \"one\"}", claims);
    }

    /** A token with this header, whatever it says. */
    public String token(String header, String claims) throws GeneralSecurityException {
        String content = encoded(header.getBytes(StandardCharsets.UTF_8)) + "."
                + encoded(claims.getBytes(StandardCharsets.UTF_8));
        Signature signature = signature();
        signature.initSign(keys.getPrivate());
        signature.update(content.getBytes(StandardCharsets.US_ASCII));
        return content + "." + encoded(signature.sign());
    }

    private Signature signature() throws GeneralSecurityException {
        String bits = algorithm.substring(2);
        if (isCurve()) {
            return Signature.getInstance("SHA" + bits + "withECDSAinP1363Format");
        }
        if (algorithm.startsWith("PS")) {
            Signature pss = Signature.getInstance("RSASSA-PSS");
            pss.setParameter(new PSSParameterSpec("SHA-" + bits, "MGF1", new MGF1ParameterSpec("SHA-" + bits),
                    Integer.parseInt(bits) / 8, 1));
            return pss;
        }
        return Signature.getInstance("SHA" + bits + "withRSA");
    }

    /** The public key, as a key set. */
    public String keySet() {
        String key = keys.getPublic() instanceof ECPublicKey curve
                ? "\"kty\": \"EC\", \"crv\": \"%s\", \"x\": \"%s\", \"y\": \"%s\"".formatted(curveName(),
                        number(curve.getW().getAffineX()), number(curve.getW().getAffineY()))
                : "\"kty\": \"RSA\", \"n\": \"%s\", \"e\": \"%s\"".formatted(
                        number(((RSAPublicKey) keys.getPublic()).getModulus()),
                        number(((RSAPublicKey) keys.getPublic()).getPublicExponent()));
        return "{\"keys\": [{\"use\": \"enc\", \"kid\": \"other\", \"kty\": \"RSA\", \"alg\": \"RSA-OAEP\"}, {\"use\": \"sig\","
                + " \"kid\": \"one\", \"alg\": \"" + algorithm + "\", " + key + "}]}";
    }

    private String curveName() {
        return algorithm.equals("ES512") ? "P-521" : algorithm.equals("ES384") ? "P-384" : "P-256";
    }

    private static String number(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return encoded(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
