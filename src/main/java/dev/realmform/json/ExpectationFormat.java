package dev.realmform.json;

import dev.realmform.model.Expectation;
import dev.realmform.model.Expectation.Outcome;
import dev.realmform.model.Expectation.Verdict;
import dev.realmform.model.Fields;
import dev.realmform.model.Sentence;
import dev.realmform.model.Source;
import dev.realmform.model.Value;
import java.util.List;

/** What files expect of access, and what came of looking, in a plan file. */
final class ExpectationFormat {

    private static final String EXPECTATIONS = "expectations";
    private static final String EXPECT = "expect";

    private ExpectationFormat() {}

    static Value write(List<Outcome> outcomes) {
        return new Value.ListOf(outcomes.stream()
                .<Value>map(outcome -> write(outcome.expectation())
                        .with("verdict", Value.text(word(outcome.verdict())))
                        .with("because", Value.texts(outcome.because())))
                .toList());
    }

    private static Value.MapOf write(Expectation expectation) {
        Value.MapOf written = Value.EMPTY_MAP.with("realm", Value.text(expectation.realm()))
                .with(EXPECT, Value.text(expectation.text()));
        return expectation.source().isNone() ? written
                : written.with("file", Value.text(expectation.source().file()))
                        .with("line", Value.num(expectation.source().line()));
    }

    /** A plan that knows of none was made by an older version, or of files that expect nothing. */
    static List<Outcome> read(Fields plan) {
        return plan.has(EXPECTATIONS)
                ? plan.each(EXPECTATIONS)
                        .stream()
                        .map(fields -> new Outcome(expectation(fields), verdict(fields), fields.texts("because")))
                        .toList()
                : List.of();
    }

    private static Expectation expectation(Fields fields) {
        String text = fields.text(EXPECT);
        Sentence sentence = Sentence.parse(text).orElseThrow(() -> fields.wrong(EXPECT, "is no sentence about access"));
        Source source = fields.has("file")
                ? new Source(fields.text("file"), Math.toIntExact(fields.number("line")), 0)
                : Source.NONE;
        return new Expectation(fields.text("realm"), text, sentence, source);
    }

    private static String word(Verdict verdict) {
        return switch (verdict) {
            case PASSED -> "passed";
            case FAILED -> "failed";
            case WAITS -> "waits";
        };
    }

    private static Verdict verdict(Fields fields) {
        return switch (fields.text("verdict")) {
            case "passed" -> Verdict.PASSED;
            case "failed" -> Verdict.FAILED;
            case "waits" -> Verdict.WAITS;
            default -> throw fields.wrong("verdict", "is none of passed, failed, waits");
        };
    }
}
