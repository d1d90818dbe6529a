package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** A command line that has ended: its exit code and what it printed. */
record CommandLineRun(List<String> arguments, int code, String out, String err) {

    /** Fails the test if it ended otherwise; the output is in the failure. */
    CommandLineRun ended(int expected) {
        assertThat(code).as(() -> "exit code of " + this).isEqualTo(expected);
        return this;
    }

    CommandLineRun printed(String... texts) {
        assertThat(out).as(toString()).contains(texts);
        return this;
    }

    CommandLineRun notPrinted(String text) {
        assertThat(out).as(toString()).doesNotContain(text);
        return this;
    }

    /** On stderr, wherever its lines were broken. */
    CommandLineRun complained(String... texts) {
        assertThat(err.replaceAll("\\s+", " ")).as(toString()).contains(texts);
        return this;
    }

    CommandLineRun notComplained(String text) {
        assertThat(err.replaceAll("\\s+", " ")).as(toString()).doesNotContain(text);
        return this;
    }

    /** The plan had nothing in it. */
    CommandLineRun foundNothingToDo() {
        return ended(0).printed("No changes.");
    }

    /** All that it printed. */
    String all() {
        return out + err;
    }

    @Override
    public String toString() {
        return "realmform " + String.join(" ", arguments) + "\n--- exit " + code + "\n--- out\n" + out + "--- err\n"
                + err;
    }
}
