package dev.realmform.osmo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Paths of groups, in which a slash that belongs to a name is written {@code ~/}. */
final class GroupNames {

    private GroupNames() {}

    /** The path of a group inside another one, or at the top if that is empty. */
    static String inside(String parent, String name) {
        return parent + "/" + name.replace("/", "~/");
    }

    /** The path that somebody wrote, with or without a slash in front; empty if it is none. */
    static Optional<String> path(String written) {
        String path = written.startsWith("/") ? written : "/" + written;
        return path.endsWith("/") || path.contains("//") ? Optional.empty() : Optional.of(path);
    }

    /** A path and those of all groups around it, outermost first. */
    static List<String> downTo(String path) {
        List<String> paths = new ArrayList<>();
        for (int i = 1; i < path.length(); i++) {
            if (path.charAt(i) == '/' && path.charAt(i - 1) != '~') {
                paths.add(path.substring(0, i));
            }
        }
        paths.add(path);
        return paths;
    }

    static boolean isInside(String path, String around) {
        return path.equals(around) || path.startsWith(around + "/");
    }

    /** The names in a path, outermost first. */
    static List<String> names(String path) {
        List<String> names = new ArrayList<>();
        int from = 1;
        for (String around : downTo(path)) {
            names.add(around.substring(from).replace("~/", "/"));
            from = around.length() + 1;
        }
        return names;
    }
}
