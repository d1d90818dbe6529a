package dev.realmform.render;

import dev.realmform.model.Proof;
import dev.realmform.model.Proof.Check;
import dev.realmform.model.Proof.Fault;
import dev.realmform.model.Proof.Status;
import java.util.ArrayList;
import java.util.List;

/** What was looked at, for people: one line for what works, and for each thing that does not its cause and what helps. */
public final class ProofText {

    /** So many people are named; the others are counted. */
    private static final int NAMED = 5;

    private static final int INDENT = 4;

    private final Look look;
    private final Layout layout;

    private ProofText(Look look) {
        this.look = look;
        this.layout = new Layout(look);
    }

    /**
     * The text, with a line break at its end.
     *
     * @param heading what was looked at
     * @param end     what to say if all of it works
     */
    public static String render(Proof proof, String heading, String end, Look look) {
        return new ProofText(look).text(proof, heading, end);
    }

    private String text(Proof proof, String heading, String end) {
        StringBuilder text = new StringBuilder();
        if (!heading.isEmpty()) {
            text.append(layout.line(Line.of(0, Tone.PLAIN, escape(heading)))).append('\n');
        }
        proof.checks().forEach(check -> text.append(layout.blocks(List.of(block(check)))));
        return text.append('\n').append(layout.line(end(proof, end))).toString();
    }

    private Line end(Proof proof, String end) {
        int faults = proof.faults();
        return proof.holds() ? Line.of(0, Tone.GOOD, end)
                : Line.of(0, Tone.ERROR,
                        faults == 1 ? "1 thing does not work." : faults + " things do not work.");
    }

    private Block block(Check check) {
        List<Line> lines = new ArrayList<>();
        check.faults().forEach(fault -> lines(fault, lines));
        String title = check.about() + (check.says().isEmpty() ? "" : ": " + check.says());
        return new Block(symbol(check.status()), tone(check.status()), escape(title), "", lines);
    }

    private void lines(Fault fault, List<Line> lines) {
        String who = fault.concerns().isEmpty() ? "" : " (" + who(fault.concerns()) + ")";
        lines.add(Line.of(INDENT, Tone.PLAIN, escape(fault.what() + who)));
        if (!fault.cause().isEmpty()) {
            lines.add(Line.of(INDENT, Tone.PLAIN, "cause: " + escape(fault.cause())));
        }
        lines.add(Line.of(INDENT, Tone.PLAIN, "helps: " + escape(fault.remedy())));
    }

    private String who(List<String> concerned) {
        boolean all = look.isFull() || concerned.size() <= NAMED;
        return String.join(", ", all ? concerned : concerned.subList(0, NAMED))
                + (all ? "" : " and " + (concerned.size() - NAMED) + " more; --full");
    }

    private String symbol(Status status) {
        boolean ascii = look.glyphs() == Glyphs.ASCII;
        return switch (status) {
            case WORKS -> ascii ? "ok" : "✓";
            case FAILS -> ascii ? "!!" : "✗";
            case NOTE -> ascii ? " -" : "·";
        };
    }

    private static Tone tone(Status status) {
        return switch (status) {
            case WORKS -> Tone.GOOD;
            case FAILS -> Tone.ERROR;
            case NOTE -> Tone.QUIET;
        };
    }

    private String escape(String text) {
        return look.glyphs().prose(text);
    }
}
