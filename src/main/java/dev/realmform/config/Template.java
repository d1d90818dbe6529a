package dev.realmform.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The parts of a text that may hold references.
 *
 * @param parts   literal text and references in order
 * @param problem what is wrong with the text, if it cannot be cut into parts
 */
record Template(List<Part> parts, Optional<String> problem) {

    private static final String OPEN = "$(";

    Template {
        parts = List.copyOf(parts);
    }

    sealed interface Part permits Literal, Call {}

    record Literal(String text) implements Part {}

    /**
     * {@code $(kind:argument)}.
     *
     * @param raw the whole of it as written
     */
    record Call(String kind, String argument, String raw) implements Part {}

    /** Whether a text needs looking at: it holds a reference or an escaped one. */
    static boolean isIn(String text) {
        return text.contains(OPEN);
    }

    /** The reference that a text consists of, if it is nothing else. */
    Optional<Call> whole() {
        return problem.isEmpty() && parts.size() == 1 && parts.getFirst() instanceof Call call ? Optional.of(call)
                : Optional.empty();
    }

    static Template parse(String text) {
        List<Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            if (text.startsWith("$$(", at)) {
                literal.append(OPEN);
                at += 3;
            } else if (text.startsWith(OPEN, at)) {
                int end = end(text, at + 2);
                if (end < 0) {
                    return new Template(List.of(), Optional.of(Texts.printable(text.substring(at))));
                }
                if (!literal.isEmpty()) {
                    parts.add(new Literal(literal.toString()));
                    literal.setLength(0);
                }
                parts.add(call(text.substring(at, end + 1)));
                at = end + 1;
            } else {
                literal.append(text.charAt(at++));
            }
        }
        if (!literal.isEmpty() || parts.isEmpty()) {
            parts.add(new Literal(literal.toString()));
        }
        return new Template(parts, Optional.empty());
    }

    /** The closing parenthesis; a default may hold references itself. */
    private static int end(String text, int from) {
        int depth = 1;
        for (int i = from; i < text.length(); i++) {
            if (text.startsWith(OPEN, i)) {
                depth++;
                i++;
            } else if (text.charAt(i) == ')' && --depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private static Call call(String raw) {
        String inner = raw.substring(2, raw.length() - 1);
        int colon = inner.indexOf(':');
        return colon < 0 ? new Call("", inner, raw)
                : new Call(inner.substring(0, colon).strip(), inner.substring(colon + 1).strip(), raw);
    }
}
