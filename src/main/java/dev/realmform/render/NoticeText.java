package dev.realmform.render;

/** What a command says beside its result: a warning, a remark. */
public final class NoticeText {

    private NoticeText() {}

    /** Something to look into: {@code warning: …}, with a line break at its end. */
    public static String warning(String text, Look look) {
        return remark("warning: " + text, look);
    }

    /** Something to know, in rows that fit, with a line break at its end. */
    public static String remark(String text, Look look) {
        return new Layout(look).line(Line.of(0, Tone.PLAIN, look.glyphs().prose(text)));
    }
}
