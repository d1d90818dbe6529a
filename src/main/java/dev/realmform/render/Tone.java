package dev.realmform.render;

/** What a piece of text is about; colours follow from it and say nothing else. */
enum Tone {
    PLAIN(""), EDITED(""), ABOUT(""), HEAD("1"), ADDED("32"), REMOVED("31"), CHANGED("33"), QUIET("2"), WARNING("33"),
    ERROR("1;31"),
    GOOD("1;32");

    private final String code;

    Tone(String code) {
        this.code = code;
    }

    String paint(Look look, String text) {
        return look.color() == Look.Color.PLAIN || code.isEmpty() || text.isBlank()
                ? text
                : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
