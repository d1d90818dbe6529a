package dev.realmform.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorTextTest {

    private static final Problem PROBLEM = Problem.invalid(
            "role \"osmo-audit\" is not defined in client \"osmo-browser-flow\"",
            "osmo.yaml:104  groups[1].clientRoles.osmo-browser-flow[0]",
            "Define it under roles.client.osmo-browser-flow, or remove it here. Similar: osmo-admin.");

    private static final Look LOOK = new Look(100, Look.Color.PLAIN, Glyphs.UNICODE, Look.Detail.FOLDED);

    @Test
    void theSampleOfTheDesignComesOutByteForByte() {
        assertThat(ErrorText.render(List.of(PROBLEM), LOOK)).isEqualTo("""
                error: role "osmo-audit" is not defined in client "osmo-browser-flow"
                  osmo.yaml:104  groups[1].clientRoles.osmo-browser-flow[0]
                  Define it under roles.client.osmo-browser-flow, or remove it here. Similar: osmo-admin.
                """);
    }

    @Test
    void problemsAreSetApartAndWrapped() {
        Look narrow = new Look(60, Look.Color.PLAIN, Glyphs.UNICODE, Look.Detail.FOLDED);
        Problem bare = Problem.failed("two\nrows", "", "");

        assertThat(ErrorText.render(List.of(PROBLEM, bare), narrow)).isEqualTo("""
                error: role "osmo-audit" is not defined in client
                  "osmo-browser-flow"
                  osmo.yaml:104  groups[1].clientRoles.osmo-browser-flow[0]
                  Define it under roles.client.osmo-browser-flow, or remove
                  it here. Similar: osmo-admin.

                error: two
                  rows
                """);
    }

    @Test
    void whatLiesBelowIsShownOnRequestAndRedacted() {
        Problem caused = PROBLEM.causedBy(new UncheckedIOException(new IOException("password=hunter2")));
        String text = ErrorText.verbose(List.of(caused), LOOK, message -> message.replace("hunter2", "(secret)"));

        assertThat(text).contains("  caused by java.io.UncheckedIOException: java.io.IOException: password=(secret)\n",
                "  caused by java.io.IOException: password=(secret)\n").doesNotContain("hunter2");
        assertThat(ErrorText.render(List.of(caused), LOOK)).doesNotContain("caused by");
    }

    @Test
    void aChainOfCausesThatEndsInItselfEnds() {
        IllegalStateException outer = new IllegalStateException("outer");
        outer.initCause(new IllegalStateException("inner", outer));

        assertThat(ErrorText.verbose(List.of(PROBLEM.causedBy(outer)), LOOK, message -> message).lines()).hasSize(5);
    }

    @Test
    void namesInAProblemCannotSteerTheTerminal() {
        Problem hostile = Problem.failed("client \"\u001b[2Jx\" failed", "a\u202eb", "\u0007");

        assertThat(ErrorText.render(List.of(hostile), LOOK)).contains("\\x1b[2Jx", "a\\u202eb", "\\x07");
    }
}
