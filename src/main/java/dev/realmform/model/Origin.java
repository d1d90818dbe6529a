package dev.realmform.model;

import java.util.Map;

/**
 * Where a value and everything in it was declared: a tree of {@link Source}s beside the value, of the same shape.
 *
 * <p>After layers have been merged, the source of a field is the place of the value that won.
 *
 * @param source where the value itself starts
 * @param below  origins of map fields (by name) and list items (by index)
 */
public record Origin(Source source, Map<String, Origin> below) {

    public static final Origin NONE = new Origin(Source.NONE, Map.of());

    public Origin {
        below = Map.copyOf(below);
    }

    public static Origin of(Source source) {
        return new Origin(source, Map.of());
    }

    /** The origin of a field or item; this one's source, without anything below, if it is not known. */
    public Origin at(String segment) {
        Origin found = below.get(segment);
        return found != null ? found : new Origin(source, Map.of());
    }

    /** The source of the value at a path, or of the nearest value around it. */
    public Source at(Path path) {
        Origin origin = this;
        for (String segment : path.segments()) {
            Origin next = origin.below.get(segment);
            if (next == null) {
                break;
            }
            origin = next;
        }
        return origin.source;
    }
}
