package dev.realmform.config;

import dev.realmform.model.Nearness;
import dev.realmform.model.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which keys that the schema does not know a user lets through: a newer server may know them.
 *
 * @param allowed names of keys, paths within the realm's document in which {@code *} stands for any one segment, or for any
 *                run of characters of it, and {@link #ALL}
 */
record UnknownKeys(Set<String> allowed) {

    /** All keys but those that look like a typing error: such a one has to be named. */
    static final String ALL = "*";

    UnknownKeys {
        allowed = Set.copyOf(allowed);
    }

    /**
     * Whether a key may pass.
     *
     * @param path  the way to it, with the key as its last segment
     * @param known the keys that the schema knows there
     */
    boolean allow(Path path, Collection<String> known) {
        return names(path) || (allowed.contains(ALL) && !Nearness.looksMistyped(path.last(), known));
    }

    /** Whether a key is allowed by itself, and not just with all others. */
    boolean names(Path path) {
        return allowed.contains(path.last()) || allowed.contains(path.toString())
                || allowed.stream().anyMatch(pattern -> !pattern.equals(ALL) && covers(pattern, path));
    }

    private static boolean covers(String pattern, Path path) {
        if (pattern.indexOf('*') < 0) {
            return false;
        }
        List<String> wanted = Path.parse(pattern).segments();
        if (wanted.size() != path.segments().size()) {
            return false;
        }
        for (int i = 0; i < wanted.size(); i++) {
            String regex = Stream.of(wanted.get(i).split("\\*", -1))
                    .map(Pattern::quote)
                    .collect(Collectors.joining(".*"));
            if (!Pattern.compile(regex, Pattern.DOTALL).matcher(path.segments().get(i)).matches()) {
                return false;
            }
        }
        return true;
    }
}
