package dev.realmform.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SchemaTextTest {

    /** Ours and Jackson's own reading must not differ in anything. */
    @Test
    void isTheTreeOfThePublishedFile() throws IOException {
        assertThat(SchemaText.parsed())
                .isEqualTo(new ObjectMapper().readTree(Path.of("schema/desired-state.schema.json").toFile()));
    }
}
