package dev.realmform.keycloak;

import java.util.regex.Pattern;

/**
 * Texts of which no check of any server version could think ill. Narrower than the server's own rules on purpose: what is not
 * plain is sent in a way in which the server checks it itself.
 */
final class PlainText {

    private static final Pattern NAME = Pattern
            .compile("[\\p{L}\\p{N}_](?:[\\p{L}\\p{N} ._:@+-]{0,198}[\\p{L}\\p{N}._:@+-])?");

    private static final Pattern PERSON = Pattern
            .compile("\\p{L}(?:[\\p{L}\\p{M}\\p{N} .'-]{0,198}[\\p{L}\\p{M}\\p{N}.])?");

    private static final Pattern USERNAME = Pattern.compile("[a-z0-9](?:[a-z0-9._@+-]{0,198}[a-z0-9])?");

    private static final Pattern EMAIL = Pattern.compile(
            "[A-Za-z0-9]+(?:[._+-][A-Za-z0-9]+)*@[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*(?:\\.[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)+");

    private static final Pattern BETWEEN_LABELS = Pattern.compile("[@.]");

    private static final int LONGEST_LOCAL_PART = 64;
    private static final int LONGEST_LABEL = 63;
    private static final int LONGEST = 200;

    private PlainText() {}

    /** A name of a role or group. */
    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    static boolean isPerson(String text) {
        return PERSON.matcher(text).matches();
    }

    static boolean isUsername(String text) {
        return USERNAME.matcher(text).matches();
    }

    static boolean isEmail(String text) {
        return text.length() <= LONGEST && EMAIL.matcher(text).matches()
                && text.indexOf('@') <= LONGEST_LOCAL_PART
                && hasShortLabels(text.substring(text.indexOf('@') + 1));
    }

    private static boolean hasShortLabels(String host) {
        for (String label : BETWEEN_LABELS.split(host, -1)) {
            if (label.length() > LONGEST_LABEL) {
                return false;
            }
        }
        return true;
    }

    /** A value of an attribute. */
    static boolean isValue(String text) {
        return !text.isBlank() && text.length() <= LONGEST && text.strip().equals(text)
                && text.chars().noneMatch(Character::isISOControl);
    }
}
