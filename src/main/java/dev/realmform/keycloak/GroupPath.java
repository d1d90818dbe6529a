package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Path;
import dev.realmform.model.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How a group is named inside values: {@code /Payments/Approvers}. A slash that belongs to a name is written {@code ~/}, as
 * Keycloak does where it is told to; left to its default, it leaves such paths ambiguous.
 */
final class GroupPath {

    /** Of deeper ones no other meaning is looked for: their number doubles with each level. */
    private static final int DEEPEST = 4;

    private GroupPath() {}

    static Address address(String realm, String path) {
        List<String> key = new ArrayList<>();
        key.add(realm);
        key.addAll(names(path));
        return new Address(GroupType.NAME, key);
    }

    /**
     * That a setting names the group, which the server finds by its path: it takes a slash for one of a name too (26.7.3), and
     * there is no other way to write it there.
     */
    static Reference reference(String realm, String path, Path at) {
        Set<Address> meanings = new HashSet<>();
        List<String> names = names(path);
        if (names.size() <= DEEPEST) {
            joined(List.of(realm), names, meanings);
        }
        Address plain = address(realm, path);
        meanings.remove(plain);
        return new Reference(plain, at, meanings);
    }

    private static void joined(List<String> above, List<String> names, Set<Address> meanings) {
        for (int i = 1; i <= names.size(); i++) {
            List<String> key = new ArrayList<>(above);
            key.add(String.join("/", names.subList(0, i)));
            if (i == names.size()) {
                meanings.add(new Address(GroupType.NAME, key));
            } else {
                joined(key, names.subList(i, names.size()), meanings);
            }
        }
    }

    /** The names from the top down. */
    static List<String> names(String path) {
        return path.indexOf('~') < 0 ? List.of(bare(path).split("/", -1)) : marked(path);
    }

    private static String bare(String path) {
        return path.startsWith("/") ? path.substring(1) : path;
    }

    private static List<String> marked(String path) {
        return Arrays.stream(bare(path).split("(?<!~)/", -1))
                .map(name -> name.replace("~/", "/"))
                .toList();
    }

    static String text(Address group) {
        List<String> key = group.key();
        return text(key.subList(1, key.size()));
    }

    static String text(List<String> names) {
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            text.append('/').append(escaped(name));
        }
        return text.toString();
    }

    private static String escaped(String name) {
        return name.replace("/", "~/");
    }

    /** The path in its one notation: with the slash in front. */
    static String canonical(String path) {
        return path.startsWith("/") && path.indexOf('~') < 0 ? path : text(names(path));
    }

    /** Whether Keycloak, left to its defaults, takes the path for this group and no other. */
    static boolean isPlain(String path) {
        return path.indexOf('~') < 0 || names(path).stream().noneMatch(name -> name.contains("/"));
    }

    /**
     * The names in a path as the server writes it. It does not mark slashes inside names: the last name is known, those
     * above it are taken to hold none.
     */
    static List<String> ofServer(String path, String last) {
        int length = path.endsWith("/" + last) ? last.length() : escaped(last).length();
        List<String> names = new ArrayList<>();
        if (path.length() > length + 1) {
            names.addAll(names(path.substring(0, path.length() - length - 1)));
        }
        names.add(last);
        return names;
    }
}
