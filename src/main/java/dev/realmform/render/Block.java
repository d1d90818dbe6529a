package dev.realmform.render;

import java.util.List;

/**
 * One change as it is shown, before layout: terminal and Markdown are made from the same blocks.
 *
 * @param symbol {@code + ~ - -/+ = .}
 * @param title  the address, and a word beside it
 * @param right  where the file asked for it, or why it goes; may be empty
 */
record Block(String symbol, Tone tone, String title, String right, List<Line> lines) {

    Block {
        lines = List.copyOf(lines);
    }
}
