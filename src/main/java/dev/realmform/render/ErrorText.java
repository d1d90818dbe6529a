package dev.realmform.render;

import dev.realmform.model.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Problems for people: what happened, where, what to do. */
public final class ErrorText {

    private static final int LONGEST_CHAIN = 10;

    private final Look look;
    private final Layout layout;
    private final UnaryOperator<String> causes;

    private ErrorText(Look look, UnaryOperator<String> causes) {
        this.look = look;
        this.layout = new Layout(look);
        this.causes = causes;
    }

    /** The text, with a line break at its end; empty if there are no problems. */
    public static String render(List<Problem> problems, Look look) {
        return new ErrorText(look, message -> "").all(problems, List.of());
    }

    /**
     * As {@link #render}, with what lies below each problem ({@code --verbose}).
     *
     * @param redactor takes secrets out of a message that others wrote
     */
    public static String verbose(List<Problem> problems, Look look, UnaryOperator<String> redactor) {
        ErrorText text = new ErrorText(look, redactor);
        return text.all(problems, problems.stream().map(text::chain).toList());
    }

    private String all(List<Problem> problems, List<String> chains) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < problems.size(); i++) {
            texts.add(one(problems.get(i)) + (chains.isEmpty() ? "" : chains.get(i)));
        }
        return String.join("\n", texts);
    }

    private String one(Problem problem) {
        String head = "error:";
        List<String> rows = new ArrayList<>();
        problem.what()
                .lines()
                .forEach(row -> rows.addAll(Columns.wrap(escape(row),
                        look.width() - (rows.isEmpty() ? head.length() + 1 : 2),
                        rows.isEmpty() ? -head.length() + 1 : 0)));
        StringBuilder text = new StringBuilder(Tone.ERROR.paint(look, head));
        for (int i = 0; i < rows.size(); i++) {
            text.append(i == 0 ? " " : "  ").append(rows.get(i)).append('\n');
        }
        if (rows.isEmpty()) {
            text.append('\n');
        }
        return text.append(below(problem.where(), Tone.QUIET)).append(below(problem.remedy(), Tone.PLAIN)).toString();
    }

    private String below(String paragraphs, Tone tone) {
        StringBuilder text = new StringBuilder();
        paragraphs.lines()
                .forEach(row -> Columns.wrap(escape(row), look.width() - 2, 0)
                        .forEach(part -> text.append("  ").append(tone.paint(look, part)).append('\n')));
        return text.toString();
    }

    private String chain(Problem problem) {
        StringBuilder text = new StringBuilder();
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Throwable cause = problem.cause().orElse(null);
        while (cause != null && seen.size() < LONGEST_CHAIN && seen.add(cause)) {
            String message = cause.getMessage();
            String said = message == null ? "" : ": " + escape(causes.apply(message));
            text.append(layout.line(Line.of(2, Tone.QUIET, "caused by " + cause.getClass().getName() + said)));
            cause = cause.getCause();
        }
        return text.toString();
    }

    private String escape(String text) {
        return look.glyphs().prose(text);
    }
}
