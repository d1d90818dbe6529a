package dev.realmform.osmo;

import dev.realmform.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The key that OAuth2 Proxy encrypts its cookies with: 16, 24 or 32 bytes.
 *
 * <p>As the proxy (v7.14.2) reads it: base64 of the sort for URLs, padded or not, if that comes to such a length; else the
 * bytes as they stand. So what {@code openssl rand -base64 32} makes, as in OSMO's guide, is refused in three of four cases,
 * namely if there is a {@code +} or a {@code /} in it.
 *
 * @param data in base64, as Kubernetes keeps it: the bytes need not be text
 */
public record CookieSecret(Secret data) {

    private static final int BYTES = 32;
    private static final Set<Integer> LENGTHS = Set.of(16, 24, 32);

    /** A new one. */
    public static CookieSecret make(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    static CookieSecret of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new CookieSecret(Secret.of(Base64.getEncoder().encodeToString(bytes), ""));
    }

    /** As Kubernetes keeps it; empty if that is no base64. */
    static Optional<CookieSecret> ofData(String base64) {
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(base64);
            return Optional.of(new CookieSecret(Secret.of(Base64.getEncoder().encodeToString(bytes), "")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private byte[] bytes() {
        return Base64.getDecoder().decode(data.reveal());
    }

    /** How many bytes it has as it stands. */
    public int length() {
        return bytes().length;
    }

    /** Whether the proxy starts with it. */
    public boolean isValid() {
        return LENGTHS.contains(length())
                || LENGTHS.contains(decodedLength(new String(bytes(), StandardCharsets.ISO_8859_1)));
    }

    private static int decodedLength(String text) {
        try {
            return Base64.getUrlDecoder().decode(text.replaceFirst("=+$", "")).length;
        } catch (IllegalArgumentException e) {
            return -1; // no base64 of this sort
        }
    }
}
