package dev.realmform.provider;

import java.util.List;
import java.util.Map;

/**
 * Which collections are authoritative: what is live in them and not declared is deleted.
 *
 * @param patterns per collection the names it applies to; {@code *} stands for any run of characters
 */
public record Manage(Map<String, List<String>> patterns) {

    public static final Manage NOTHING = new Manage(Map.of());

    public Manage {
        patterns = Map.copyOf(patterns);
    }

    public boolean covers(String collection, String name) {
        return patterns.getOrDefault(collection, List.of()).stream().anyMatch(pattern -> matches(pattern, name));
    }

    public boolean mentions(String collection) {
        return patterns.containsKey(collection);
    }

    private static boolean matches(String pattern, String name) {
        String[] parts = pattern.split("\\*", -1);
        if (parts.length == 1) {
            return pattern.equals(name);
        }
        if (!name.startsWith(parts[0])) {
            return false;
        }
        int at = parts[0].length();
        for (int i = 1; i < parts.length - 1; i++) {
            int found = name.indexOf(parts[i], at);
            if (found < 0) {
                return false;
            }
            at = found + parts[i].length();
        }
        String end = parts[parts.length - 1];
        return name.length() - at >= end.length() && name.endsWith(end);
    }
}
