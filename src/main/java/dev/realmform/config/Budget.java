package dev.realmform.config;

/**
 * What the variables of all files together may grow to: thirty that each name the one before twice are a gigabyte.
 */
final class Budget {

    private static final int LONGEST_TEXT = 1024 * 1024;
    private static final long MOST_TEXT = 64L * 1024 * 1024;
    private static final int MOST_NODES = 1_000_000;

    private final Findings findings;

    private long text;
    private int nodes;
    private boolean exhausted;

    Budget(Findings findings) {
        this.findings = findings;
    }

    boolean isExhausted() {
        return exhausted;
    }

    /** Takes the length of a text out of the budget. Says so, once, if it is not enough. */
    boolean takesText(int length, Place place) {
        text += length;
        return takes(length > LONGEST_TEXT || text > MOST_TEXT, place);
    }

    /** Takes a tree out of the budget. */
    boolean takesNodes(Node node, Place place) {
        nodes += weight(node);
        return takes(nodes > MOST_NODES, place);
    }

    private boolean takes(boolean over, Place place) {
        if (over && !exhausted) {
            exhausted = true;
            findings.add(place, "the variables of these files grow without end", "Do not nest variables so deeply.");
        }
        return !exhausted;
    }

    private static int weight(Node node) {
        return switch (node) {
            case Node.Leaf ignored -> 1;
            case Node.Items list -> 1 + list.items().stream().mapToInt(Budget::weight).sum();
            case Node.Fields map -> 1 + map.entries().values().stream().mapToInt(e -> weight(e.node())).sum();
        };
    }
}
