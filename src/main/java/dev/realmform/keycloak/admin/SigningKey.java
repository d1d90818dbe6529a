package dev.realmform.keycloak.admin;

import dev.realmform.model.Problem;
import dev.realmform.model.Value;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.util.Base64;
import java.util.Optional;

/**
 * A private key that signs JWTs.
 *
 * @param keyId what the key is called, if it says so itself
 */
record SigningKey(PrivateKey key, Optional<String> keyId) {

    private static final String SETTING = "realmform.server.login.key";

    /** Reads PEM, or a JWK. */
    static SigningKey read(Path file) {
        String text = Pem.read(file, SETTING).strip();
        if (!text.startsWith("{")) {
            return new SigningKey(Pem.privateKey(file, SETTING), Optional.empty());
        }
        Value.MapOf jwk = Bodies.readMap(text.getBytes(StandardCharsets.UTF_8))
                .orElseThrow(() -> unusable(file).asException());
        try {
            return new SigningKey(switch (jwk.text("kty").orElse("")) {
                case "RSA" -> rsa(jwk);
                case "EC" -> ec(jwk);
                default -> throw unusable(file).asException();
            }, jwk.text("kid"));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw unusable(file).asException();
        }
    }

    /** The JWS algorithm (RFC 7518, 3.1). */
    String algorithm() {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "RS256";
            case "EC" -> switch (fieldSize()) {
                case 256 -> "ES256";
                case 384 -> "ES384";
                default -> "ES512";
            };
            default -> "EdDSA";
        };
    }

    byte[] sign(byte[] content) {
        String hash = "SHA" + algorithm().substring(2);
        try {
            Signature signature = Signature.getInstance(switch (key.getAlgorithm()) {
                case "RSA" -> "SHA256withRSA";
                case "EC" -> hash + "withECDSAinP1363Format";
                default -> "Ed25519";
            });
            signature.initSign(key);
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw Problem.invalid("the private key cannot sign", SETTING,
                    "It takes RSA keys, EC keys on P-256, P-384 or P-521, and Ed25519 keys.").causedBy(e).asException();
        }
    }

    private int fieldSize() {
        return key instanceof ECKey ec ? ec.getParams().getCurve().getField().getFieldSize() : 0;
    }

    private static PrivateKey rsa(Value.MapOf jwk) throws GeneralSecurityException {
        return KeyFactory.getInstance("RSA")
                .generatePrivate(new RSAPrivateCrtKeySpec(number(jwk, "n"), number(jwk, "e"), number(jwk, "d"),
                        number(jwk, "p"), number(jwk, "q"), number(jwk, "dp"), number(jwk, "dq"), number(jwk, "qi")));
    }

    private static PrivateKey ec(Value.MapOf jwk) throws GeneralSecurityException {
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp" + jwk.text("crv").orElse("").replace("P-", "") + "r1"));
        return KeyFactory.getInstance("EC")
                .generatePrivate(
                        new ECPrivateKeySpec(number(jwk, "d"), curve.getParameterSpec(ECParameterSpec.class)));
    }

    private static BigInteger number(Value.MapOf jwk, String field) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(jwk.text(field).orElse("")));
    }

    private static Problem unusable(Path file) {
        return Problem.invalid("the JWK is not a private RSA or EC key", file.toString(),
                "Check " + SETTING + ": it needs kty RSA with n e d p q dp dq qi, or kty EC with crv and d.");
    }

    @Override
    public String toString() {
        return "private key";
    }
}
