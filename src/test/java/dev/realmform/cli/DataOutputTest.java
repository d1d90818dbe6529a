package dev.realmform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What programs read is UTF-8 also where the terminal shows less, as in a container without a locale. */
class DataOutputTest {

    private static final String STATE = """
            {
              "files": ["area.yaml"],
              "lineage": "l1",
              "realmform_state": 1,
              "resources": {
                "realm-role/area/Größe 日本": {"created": true, "found": {}, "id": "1", "needs": [], "written": {}}
              },
              "run": "r1",
              "serial": 1,
              "server": {"issuer": "http://127.0.0.1/realms/master", "realms": {"area": "1"}}
            }
            """;

    @TempDir
    Path folder;

    private String printed(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Shell shell = new Shell(new PrintStream(out, false, StandardCharsets.US_ASCII),
                new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.US_ASCII),
                InputStream.nullInputStream(), Map.of(), folder, Shell.Terminal.NONE, StandardCharsets.US_ASCII,
                InstantSource.system(), new SecureRandom());
        new Realmform(shell).run(arguments);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aStateIsPulledAsItIsKept() throws IOException {
        Files.writeString(folder.resolve("state.json"), STATE);
        assertThat(printed("state", "pull", "--state", "state.json")).contains("realm-role/area/Größe 日本");
        assertThat(printed("state", "list", "--state", "state.json")).doesNotContain("?").contains("Gr\\xf6");
    }

    @Test
    void layersAreMergedAsTheyAreWritten() throws IOException {
        Files.writeString(folder.resolve("area.yaml"), "realm: area\ndisplayName: Größe 日本\n");
        assertThat(printed("render", "desired", "-f", "area.yaml")).contains("Größe 日本");
    }

    @Test
    void eventsNameThingsAsTheyAreCalled() {
        assertThat(printed("apply", "--json", "-f", "größe.yaml")).contains("größe.yaml");
    }
}
