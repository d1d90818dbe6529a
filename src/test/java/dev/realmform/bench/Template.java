package dev.realmform.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;

/** A text with holes for ids that are not known before the replay. */
record Template(List<Piece> pieces) {

    sealed interface Piece {
        record Literal(String text) implements Piece {}

        record Hole(String recorded) implements Piece {}
    }

    Template {
        pieces = List.copyOf(pieces);
    }

    /** A hole for each of these ids; other ids stay as they are. */
    static Template of(String text, Set<String> ids) {
        if (Collections.disjoint(Ids.in(text), ids)) {
            return new Template(text.isEmpty() ? List.of() : List.of(new Piece.Literal(text)));
        }
        List<Piece> pieces = new ArrayList<>();
        Matcher matcher = Ids.PATTERN.matcher(text);
        int at = 0;
        while (matcher.find()) {
            if (ids.contains(matcher.group())) {
                pieces.add(new Piece.Literal(text.substring(at, matcher.start())));
                pieces.add(new Piece.Hole(matcher.group()));
                at = matcher.end();
            }
        }
        pieces.add(new Piece.Literal(text.substring(at)));
        return new Template(pieces);
    }

    /** The text with the ids of this replay. */
    String filled(Map<String, String> ids) {
        StringBuilder text = new StringBuilder();
        for (Piece piece : pieces) {
            switch (piece) {
                case Piece.Literal(String literal) -> text.append(literal);
                case Piece.Hole(String recorded) -> {
                    String now = ids.get(recorded);
                    if (now == null) {
                        throw new IllegalStateException(
                                "no answer of the replay told what " + recorded + " has become");
                    }
                    text.append(now);
                }
            }
        }
        return text.toString();
    }

    boolean isEmpty() {
        return pieces.isEmpty();
    }
}
