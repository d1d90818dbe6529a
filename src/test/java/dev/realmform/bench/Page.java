package dev.realmform.bench;

/** A document, part of which is written by the benchmark: what stands between two comments. */
record Page(String text) {

    private static final String BEGIN = "<!-- bin/bench --write: from here -->";
    private static final String END = "<!-- to here -->";

    Page with(String figures) {
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END, Math.max(begin, 0));
        if (begin < 0 || end < 0) {
            throw new IllegalArgumentException("the page has no place for figures: " + BEGIN + " and " + END);
        }
        return new Page(text.substring(0, begin + BEGIN.length()) + "\n\n" + figures + "\n" + text.substring(end));
    }
}
