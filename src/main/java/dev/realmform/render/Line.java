package dev.realmform.render;

/**
 * A line of a block, not laid out yet: what it says, without colour, width or wrapping.
 *
 * @param indent columns before it; a multiple of two
 * @param text   safe to print
 * @param note   a remark in the column beside it; may be empty
 * @param fit    what becomes of it where it is too long
 */
record Line(int indent, Tone tone, String text, String note, Fit fit) {

    enum Fit {
        /** Always shown whole, in several rows. */
        WHOLE,
        /** Shown whole only if asked for; else a few rows of it. */
        SHORTENED
    }

    static Line of(int indent, Tone tone, String text) {
        return new Line(indent, tone, text, "", Fit.WHOLE);
    }

    static Line shortened(int indent, Tone tone, String text) {
        return new Line(indent, tone, text, "", Fit.SHORTENED);
    }

    Line noted(String remark) {
        return new Line(indent, tone, text, remark, fit);
    }
}
