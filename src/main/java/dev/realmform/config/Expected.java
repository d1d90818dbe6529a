package dev.realmform.config;

import dev.realmform.model.Expectation;
import dev.realmform.model.Sentence;
import dev.realmform.provider.Overlay;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The section {@code expect}: sentences on who can have what. They declare nothing: a plan and a proof of access check them. */
final class Expected {

    static final String SECTION = "expect";

    private Expected() {}

    /** What a merged document expects, references resolved. What the schema let through as a reference is read once more. */
    static List<Expectation> of(String realm, Node.Fields document, Findings findings) {
        List<Expectation> expected = new ArrayList<>();
        for (Node item : items(document)) {
            Optional<String> text = item instanceof Node.Leaf leaf ? leaf.text() : Optional.empty();
            Optional<Sentence> sentence = text.flatMap(Sentence::parse);
            if (sentence.isPresent()) {
                expected.add(new Expectation(realm, text.get().strip(), sentence.get(), item.place().source()));
            } else {
                findings.add(item.place(), "this is no sentence about access",
                        "Write one of: " + Sentence.GRAMMAR + ".");
            }
        }
        return expected;
    }

    /** With nothing below it, a part of the list is the list. */
    private static List<Node> items(Node.Fields document) {
        return document.list(SECTION)
                .or(() -> document.map(SECTION).flatMap(part -> part.list(Overlay.ADD)))
                .map(Node.Items::items)
                .orElse(List.of());
    }
}
