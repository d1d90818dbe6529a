package dev.realmform.model;

import java.util.List;

/**
 * What a file expects of access to a realm.
 *
 * @param text   as it was written
 * @param source where
 */
public record Expectation(String realm, String text, Sentence sentence, Source source) {

    /** How a realm stands to an expectation. */
    public enum Verdict {
        PASSED, FAILED,
        /** It is about somebody who is declared and not there yet. */
        WAITS
    }

    /**
     * What came of looking.
     *
     * @param because why it failed or waits, each reason a sentence without a full stop; empty if it passed
     */
    public record Outcome(Expectation expectation, Verdict verdict, List<String> because) {
        public Outcome {
            because = List.copyOf(because);
        }

        public boolean failed() {
            return verdict == Verdict.FAILED;
        }
    }
}
