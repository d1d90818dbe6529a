package dev.realmform.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class LookTest {

    @Test
    void coloursAreForTerminalsUnlessTheUserSaysOtherwise() {
        Map<String, String> usual = Map.of("TERM", "xterm-256color");

        assertThat(ColorMode.AUTO.resolve(true, usual)).isEqualTo(Look.Color.ANSI);
        assertThat(ColorMode.AUTO.resolve(false, usual)).isEqualTo(Look.Color.PLAIN);
        assertThat(ColorMode.AUTO.resolve(true, Map.of("TERM", "dumb"))).isEqualTo(Look.Color.PLAIN);
        assertThat(ColorMode.AUTO.resolve(true, Map.of("NO_COLOR", "1"))).isEqualTo(Look.Color.PLAIN);
        assertThat(ColorMode.AUTO.resolve(true, Map.of("NO_COLOR", ""))).isEqualTo(Look.Color.ANSI);
        assertThat(ColorMode.ALWAYS.resolve(false, Map.of("NO_COLOR", "1"))).isEqualTo(Look.Color.ANSI);
        assertThat(ColorMode.NEVER.resolve(true, usual)).isEqualTo(Look.Color.PLAIN);
    }

    @Test
    void theWidthIsAskedOfTheUserThenOfTheTerminal() {
        assertThat(Look.width(Map.of("COLUMNS", "72"), OptionalInt.of(90))).isEqualTo(72);
        assertThat(Look.width(Map.of("COLUMNS", "wide"), OptionalInt.of(90))).isEqualTo(90);
        assertThat(Look.width(Map.of("COLUMNS", "0"), OptionalInt.empty())).isEqualTo(100);
        assertThat(Look.width(Map.of(), OptionalInt.empty())).isEqualTo(100);
    }

    @Test
    void onlyUtf8GetsMoreThanAscii() {
        assertThat(Glyphs.of(StandardCharsets.UTF_8)).isEqualTo(Glyphs.UNICODE);
        assertThat(Glyphs.of(StandardCharsets.ISO_8859_1)).isEqualTo(Glyphs.ASCII);
    }
}
