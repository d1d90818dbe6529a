package dev.realmform.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The name of a resource: its type and the names that lead to it, never a server id.
 *
 * <p>Printed as {@code type/key/key}; a key that holds a slash, a quote or a backslash, or is empty, is quoted:
 * {@code client/retail/"https://pay.example/saml"}. The printed form is also the form in which a person may write an address.
 *
 * <p>No record, because it is the key of nearly every map and set: it knows its hash, and what it is compared by lies in an array.
 */
public final class Address implements Comparable<Address> {

    /** The type of a database that serves what runs in a cluster, on a server of its own: {@code database/HOST/NAME}. */
    public static final String DATABASE = "database";

    private final String type;
    private final List<String> key;
    private final String[] names;
    /** 0: not asked for yet. Threads that ask at once come to the same. */
    private int hash;

    /**
     * @param type resource type: Keycloak types in lower case ({@code client-role}), Kubernetes kinds as kubectl writes them
     * @param key  names from the outermost container inwards, at least one; for Keycloak the first is the realm
     */
    public Address(String type, List<String> key) {
        if (type.isEmpty() || key.isEmpty()) {
            throw new IllegalArgumentException("an address has a type and at least one key");
        }
        this.type = type;
        this.key = List.copyOf(key);
        this.names = key.toArray(new String[0]);
    }

    public static Address of(String type, String... key) {
        return new Address(type, List.of(key));
    }

    /** The resource type. */
    public String type() {
        return type;
    }

    /** The names from the outermost container inwards. */
    public List<String> key() {
        return key;
    }

    /** The outermost key: the realm for Keycloak types, the namespace or name for Kubernetes kinds. */
    public String root() {
        return names[0];
    }

    /** Whether it belongs to the side of the cluster: an object in it, whose kind begins with a capital letter, or its database. */
    public boolean isOfCluster() {
        return Character.isUpperCase(type.charAt(0)) || type.equals(DATABASE);
    }

    /** The innermost key: what the resource itself is called. */
    public String name() {
        return names[names.length - 1];
    }

    /**
     * Reads the printed form.
     *
     * @throws IllegalArgumentException with a message for people if the text is not an address
     */
    public static Address parse(String text) {
        List<String> parts = new ArrayList<>();
        int at = 0;
        while (at <= text.length()) {
            if (at < text.length() && text.charAt(at) == '"') {
                int end = closingQuote(text, at);
                parts.add(unquote(text.substring(at + 1, end)));
                at = end + 1;
                if (at < text.length() && text.charAt(at) != '/') {
                    throw new IllegalArgumentException(
                            "\"" + text + "\" is not an address: text follows a closing quote");
                }
                at++;
            } else {
                int slash = text.indexOf('/', at);
                int end = slash < 0 ? text.length() : slash;
                parts.add(text.substring(at, end));
                at = end + 1;
            }
        }
        if (parts.size() < 2 || parts.getFirst().isEmpty()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not an address; one looks like client/my-realm/my-client");
        }
        // Of thousands that are read most have the same type and root: kept once, they are also compared at once.
        parts.set(0, parts.getFirst().intern());
        parts.set(1, parts.get(1).intern());
        return new Address(parts.getFirst(), parts.subList(1, parts.size()));
    }

    private static int closingQuote(String text, int open) {
        for (int i = open + 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == '"') {
                return i;
            }
        }
        throw new IllegalArgumentException("\"" + text + "\" is not an address: a quote is not closed");
    }

    private static String unquote(String inner) {
        return inner.replaceAll("\\\\(.)", "$1");
    }

    private static String quoted(String part) {
        return Quoting.isNeeded(part, "/\"\\") ? '"' + part.replace("\\", "\\\\").replace("\"", "\\\"") + '"' : part;
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof Address it && hashCode() == it.hashCode() && type.equals(it.type)
                && hasNames(it.names));
    }

    /** From the innermost outwards: most that are compared share what they lie in. */
    private boolean hasNames(String[] others) {
        if (names.length != others.length) {
            return false;
        }
        for (int i = names.length - 1; i >= 0; i--) {
            if (!names[i].equals(others[i])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int known = hash;
        if (known == 0) {
            known = 31 * type.hashCode() + Arrays.hashCode(names);
            hash = known;
        }
        return known;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // Only to be quick: most that are compared share type and realm.
    public int compareTo(Address other) {
        if (this == other) {
            return 0;
        }
        int byType = type == other.type ? 0 : type.compareTo(other.type);
        if (byType != 0) {
            return byType;
        }
        String[] others = other.names;
        int shared = Math.min(names.length, others.length);
        for (int i = 0; i < shared; i++) {
            int byPart = names[i] == others[i] ? 0 : names[i].compareTo(others[i]);
            if (byPart != 0) {
                return byPart;
            }
        }
        return Integer.compare(names.length, others.length);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(type);
        for (String name : names) {
            text.append('/').append(quoted(name));
        }
        return text.toString();
    }
}
