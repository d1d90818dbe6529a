package dev.realmform.kubernetes;

import dev.realmform.model.Address;
import dev.realmform.model.Path;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A value that is made once and kept in the cluster for ever after: {@code $(random:base64url:32)}.
 *
 * <p>In a resource it is a value of the future that comes from the resource itself: known once that is applied.
 *
 * @param bytes how many bytes of chance; of {@code letters} how many letters
 */
record Generated(Alphabet alphabet, int bytes) {

    /** What is written in which letters. */
    enum Alphabet {
        /** Base64 for URLs, without padding: what OAuth2 Proxy reads as 16, 24 or 32 bytes. */
        BASE64URL,
        /** Standard base64, padded. */
        BASE64,
        /** Hexadecimal digits. */
        HEX,
        /** Letters and digits: a password that needs no quoting anywhere. */
        LETTERS
    }

    /** The type of the address that stands for "made by chance" in a value of the future. */
    static final String TYPE = "random";

    private static final String FIELD = "random:";
    private static final Pattern WORDS = Pattern.compile("(base64url|base64|hex|letters):([0-9]{1,4})");
    private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
    private static final int FEWEST = 8;
    private static final int MOST = 1024;

    /** Reads {@code base64url:32}; empty if that is no generator. */
    static Optional<Generated> parse(String text) {
        Matcher matcher = WORDS.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int bytes = Integer.parseInt(matcher.group(2));
        Alphabet alphabet = Alphabet.valueOf(matcher.group(1).toUpperCase(Locale.ROOT));
        return bytes < FEWEST || bytes > MOST ? Optional.empty() : Optional.of(new Generated(alphabet, bytes));
    }

    /** What stands in a resource of that address: another value of the future for each place. */
    static Value in(Address resource, Path place, String text) {
        return new Value.Unknown(resource, FIELD + text + " " + place);
    }

    /** The generator that a value of the future is; empty if it comes from elsewhere. */
    static Optional<Generated> of(Value.Unknown unknown) {
        return unknown.field().startsWith(FIELD)
                ? parse(unknown.field().substring(FIELD.length()).replaceFirst(" .*", ""))
                : Optional.empty();
    }

    /** A new one. */
    Secret make(RandomGenerator random) {
        if (alphabet == Alphabet.LETTERS) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < bytes; i++) {
                text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
            return Secret.of(text.toString(), "");
        }
        byte[] chance = new byte[bytes];
        random.nextBytes(chance);
        return Secret.of(switch (alphabet) {
            case BASE64URL -> Base64.getUrlEncoder().withoutPadding().encodeToString(chance);
            case BASE64 -> Base64.getEncoder().encodeToString(chance);
            case HEX -> HexFormat.of().formatHex(chance);
            case LETTERS -> throw new IllegalStateException("made above");
        }, "");
    }
}
