package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/resources.md} says what the types say. {@code -Dgolden.update} writes it anew. */
class ResourcesDocTest {

    private static final Path PAGE = Path.of("docs/resources.md");

    @Test
    void thePageIsWhatTheTypesSay() throws IOException {
        String page = new ResourcesDoc().page();
        if (System.getProperty("golden.update") != null) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).as("to write it anew: ./mvnw test -Dtest=ResourcesDocTest -Dgolden.update")
                .isEqualTo(page);
    }
}
