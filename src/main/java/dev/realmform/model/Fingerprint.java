package dev.realmform.model;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A one-way hash of a value: enough to tell whether it moved, too little to get it back.
 *
 * <p>Plain values are hashed with SHA-256. A secret that the server does not show is hashed with PBKDF2-HMAC-SHA256, salted
 * and slow, because whoever may plan may read the state. A secret that can be read back needs no hash and has none.
 *
 * @param text   {@code sha256:…}, {@code pbkdf2:rounds:salt:…}, or {@code -} for "none kept"
 * @param proven the secret that it is known to be the hash of, so that nobody has to hash it again; not part of what is stored,
 *               nor of what makes two equal
 */
public record Fingerprint(String text, Optional<Secret> proven) {

    /** Nothing is kept: the value is compared with the server. */
    public static final Fingerprint NONE = new Fingerprint("-");

    /** OWASP's figure of 2023 for PBKDF2-HMAC-SHA256; about 0.1 s, where the JVM's second compiler may help (see the launcher). */
    private static final int ROUNDS = 600_000;

    /** One for each thread: getting it takes as long as using it. */
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(Fingerprint::sha256);

    private static final int SALT_BYTES = 16;
    private static final int KEY_BITS = 256;

    /** As it is stored: of what, nobody knows yet. */
    public Fingerprint(String text) {
        this(text, Optional.empty());
    }

    /** The hash of a value without secrets; secrets inside count by their reference only. */
    public static Fingerprint of(Value value) {
        MessageDigest digest = SHA_256.get();
        digest.reset();
        feed(digest, value);
        return new Fingerprint("sha256:" + HexFormat.of().formatHex(digest.digest(), 0, 16));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The slow, salted hash of a secret that is at hand. */
    public static Fingerprint of(Secret secret, RandomGenerator random) {
        return of(secret, salt(random));
    }

    /** A new one, of as many bytes as {@link #of(Secret, byte[])} wants. */
    public static byte[] salt(RandomGenerator random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return salt;
    }

    /** The slow hash of a secret that is at hand, with this salt, which must be used for nothing else. */
    public static Fingerprint of(Secret secret, byte[] salt) {
        Base64.Encoder base64 = Base64.getEncoder();
        return new Fingerprint("pbkdf2:" + ROUNDS + ":" + base64.encodeToString(salt) + ":"
                + base64.encodeToString(stretch(secret.reveal(), salt, ROUNDS)));
    }

    /** The same, known to be of this secret. */
    public Fingerprint provenOf(Secret secret) {
        return new Fingerprint(text, Optional.of(secret));
    }

    /** Whether what was declared is a secret: none of it is kept, or a slow hash. */
    public boolean isOfSecret() {
        return equals(NONE) || isSlow();
    }

    /** Whether it takes a slow hash to compare with it. */
    public boolean isSlow() {
        return text.startsWith("pbkdf2:");
    }

    /** Whether this is the hash of {@code value}; false if none was kept, or if a secret was not given. */
    public boolean matches(Value value) {
        if (!isSlow()) {
            return !equals(NONE) && equals(of(value));
        }
        if (!(value instanceof Secret secret) || !secret.isGiven()) {
            return false;
        }
        if (proven.isPresent()) {
            return proven.get().equals(secret);
        }
        String[] parts = text.split(":", -1);
        byte[] salt = Base64.getDecoder().decode(parts[2]);
        byte[] kept = Base64.getDecoder().decode(parts[3]);
        return MessageDigest.isEqual(kept, stretch(secret.reveal(), salt, Integer.parseInt(parts[1])));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fingerprint that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    private static byte[] stretch(String content, byte[] salt, int rounds) {
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(content.toCharArray(), salt, rounds, KEY_BITS))
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has PBKDF2WithHmacSHA256", e);
        }
    }

    /** Every piece is preceded by its kind and length, so that no two trees feed the same bytes. */
    private static void feed(MessageDigest digest, Value value) {
        switch (value) {
            case Value.Null ignored -> piece(digest, 'n', "");
            case Value.Bool(boolean flag) -> piece(digest, 'b', String.valueOf(flag));
            case Value.Num number -> piece(digest, 'd', number.plain());
            case Value.Text(String text) -> piece(digest, 't', text);
            case Value.ListOf(List<Value> items) -> {
                piece(digest, 'l', String.valueOf(items.size()));
                items.forEach(item -> feed(digest, item));
            }
            case Value.MapOf map -> {
                piece(digest, 'm', String.valueOf(map.fields().size()));
                for (Map.Entry<String, Value> field : map.fields().entrySet()) {
                    piece(digest, 'k', field.getKey());
                    feed(digest, field.getValue());
                }
            }
            case Secret secret -> piece(digest, 's', secret.reference());
            case Value.Unknown(Address source, String field) -> piece(digest, 'u', source + "." + field);
            case Value.Hidden(Value.Hidden.Reason why) -> piece(digest, 'h', why.name());
        }
    }

    private static void piece(MessageDigest digest, char kind, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((byte) kind);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }
}
