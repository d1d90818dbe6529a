package dev.realmform.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way to a field inside a resource's value: map keys, outermost first; list members by index.
 *
 * <p>A list and not a dotted text, because Keycloak's attribute names hold dots. Printed with dots; a segment that holds
 * one is quoted.
 */
public record Path(List<String> segments) implements Comparable<Path> {

    public static final Path ROOT = new Path(List.of());

    public Path {
        segments = List.copyOf(segments);
    }

    public static Path of(String... segments) {
        return new Path(List.of(segments));
    }

    /** A path as people write it: segments between dots, quoted where they hold one. */
    public static Path parse(String text) {
        List<String> segments = new ArrayList<>();
        StringBuilder segment = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '.' && !quoted) {
                segments.add(segment.toString());
                segment.setLength(0);
            } else {
                segment.append(c);
            }
        }
        segments.add(segment.toString());
        return new Path(segments);
    }

    public Path then(String segment) {
        List<String> longer = new ArrayList<>(segments.size() + 1);
        longer.addAll(segments);
        longer.add(segment);
        return new Path(longer);
    }

    public boolean isRoot() {
        return segments.isEmpty();
    }

    /** The last segment. */
    public String last() {
        return segments.getLast();
    }

    /** The path without its last segment. */
    public Path parent() {
        return new Path(segments.subList(0, segments.size() - 1));
    }

    /** Whether this path is {@code prefix} or lies below it. */
    public boolean startsWith(Path prefix) {
        return segments.size() >= prefix.segments.size()
                && segments.subList(0, prefix.segments.size()).equals(prefix.segments);
    }

    /** As a record's own, which is assembled at run time and several times as slow. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Path it && segments.equals(it.segments);
    }

    @Override
    public int hashCode() {
        return segments.hashCode();
    }

    @Override
    public int compareTo(Path other) {
        int shared = Math.min(segments.size(), other.segments.size());
        for (int i = 0; i < shared; i++) {
            int by = segments.get(i).compareTo(other.segments.get(i));
            if (by != 0) {
                return by;
            }
        }
        return Integer.compare(segments.size(), other.segments.size());
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (String segment : segments) {
            text.append(text.isEmpty() ? "" : ".")
                    .append(Quoting.isNeeded(segment, ".\"") ? '"' + segment.replace("\"", "\\\"") + '"' : segment);
        }
        return text.toString();
    }
}
