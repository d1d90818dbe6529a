package dev.realmform.testing;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/** What GitHub and GitLab are to Keycloak: an issuer of id tokens for jobs, with its public key. */
public final class IdTokens implements AutoCloseable {

    private final HttpServer door;
    private final KeyPair keys;

    private IdTokens(HttpServer door, KeyPair keys) {
        this.door = door;
        this.keys = keys;
    }

    public static IdTokens open() throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        HttpServer door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        IdTokens tokens = new IdTokens(door, generator.generateKeyPair());
        byte[] keys = tokens.keys().getBytes(StandardCharsets.UTF_8);
        door.createContext("/jwks", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        door.start();
        return tokens;
    }

    /** The identity provider that has Keycloak believe these tokens, as its admin API takes it. */
    public String provider(String alias) {
        return """
                {"alias": "%s", "providerId": "oidc", "enabled": true, "hideOnLogin": true, "config": {
                  "issuer": "%s", "useJwksUrl": "true", "jwksUrl": "%s/jwks", "validateSignature": "true",
                  "supportsClientAssertions": "true", "clientId": "unused", "clientSecret": "unused",
                  "authorizationUrl": "%s/unused", "tokenUrl": "%s/unused"}}
                """.formatted(alias, issuer(), issuer(), issuer(), issuer());
    }

    /** A token for a job. */
    public String token(String subject, String audience) throws GeneralSecurityException {
        long now = Instant.now().getEpochSecond();
        String content = part("{\"alg\": \"RS256\", \"typ\": \"JWT\", \"kid\": \"one\"}") + "." + part("""
                {"iss": "%s", "sub": "%s", "aud": "%s", "jti": "%s", "iat": %d, "nbf": %d, "exp": %d}
                """.formatted(issuer(), subject, audience, UUID.randomUUID(), now, now, now + 120));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(keys.getPrivate());
        signature.update(content.getBytes(StandardCharsets.US_ASCII));
        return content + "." + encoded(signature.sign());
    }

    private String issuer() {
        return "http://127.0.0.1:" + door.getAddress().getPort();
    }

    private String keys() {
        RSAPublicKey key = (RSAPublicKey) keys.getPublic();
        return """
                {"keys": [{"kty": "RSA", "use": "sig", "alg": "RS256", "kid": "one", "n": "%s", "e": "%s"}]}
                """.formatted(number(key.getModulus()), number(key.getPublicExponent()));
    }

    private static String number(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return encoded(bytes[0] == 0 ? java.util.Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    private static String part(String json) {
        return encoded(json.strip().getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public void close() {
        door.stop(0);
    }
}
