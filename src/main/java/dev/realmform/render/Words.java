package dev.realmform.render;

import java.util.List;

/** Words made from names and numbers. */
final class Words {

    private Words() {}

    /** A resource type in prose: {@code client role}. */
    static String type(String type) {
        return type.replace('-', ' ');
    }

    /** A resource type in prose, many of it: {@code client roles}. */
    static String types(String type) {
        String word = type(type);
        if (word.endsWith("s")) {
            return word;
        }
        return word.endsWith("y") ? word.substring(0, word.length() - 1) + "ies" : word + "s";
    }

    /** {@code 1 client}, {@code 12 clients}. */
    static String count(int count, String type) {
        return count + " " + (count == 1 ? type(type) : types(type));
    }

    static String plural(int count, String word) {
        return count + " " + word + (count == 1 ? "" : "s");
    }

    /** Notes beside a line, with commas between those that say something. */
    static String join(String... notes) {
        return String.join(", ", List.of(notes).stream().filter(note -> !note.isEmpty()).toList());
    }
}
