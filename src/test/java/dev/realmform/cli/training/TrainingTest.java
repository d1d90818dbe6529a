package dev.realmform.cli.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Nobody notices a training that fails half-way but by slower starts: so it is looked at here. */
class TrainingTest {

    @Test
    void everyCommandGoesThrough() throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();

        assertThat(new Training(new PrintStream(said, true, StandardCharsets.UTF_8)).run())
                .containsExactly(0, 0, 0, 0, 0, 2, 0, 2);

        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("0 to change, 0 to destroy.")
                .containsPattern("Apply complete! Resources: \\d{3} added, 0 changed, 0 destroyed\\.")
                .contains("displayName: Training → Changed")
                .doesNotContain("error:");
    }
}
