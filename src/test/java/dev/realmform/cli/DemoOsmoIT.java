package dev.realmform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** OSMO's realm is made, proved, broken five times, and each time the cause is named and mended. */
class DemoOsmoIT {

    @Test
    void theDemoNamesEachOfTheFiveCausesAndMendsThem() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Shell shell = new Shell(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), InputStream.nullInputStream(),
                Map.of("COLUMNS", "120", "KEYCLOAK_URL", "http://127.0.0.1:9"), Path.of(""), Shell.Terminal.NONE,
                StandardCharsets.UTF_8, InstantSource.system(), new SecureRandom());

        int code = new Realmform(shell).run("demo", "osmo");

        String said = out.toString(StandardCharsets.UTF_8);
        String aside = err.toString(StandardCharsets.UTF_8);
        assertThat(code).as(said + aside).isZero();
        String words = said.replaceAll("\\s+", " ");
        assertThat(words).containsSubsequence("==> 1.", "0 to change, 0 to destroy.", "==> 2.", "Apply complete!",
                "==> 3.", "All of it works.",
                "==> 4.", "names the client osmo-browser-flow, not osmo-device", "helps: realmform apply",
                "Apply complete!",
                "==> 5.", "is not multivalued", "helps: realmform apply", "Apply complete!",
                "==> 6.", "leaves ID tokens out: id.token.claim is not true", "helps: realmform apply",
                "Apply complete!",
                "==> 7.", "the default client scope profile is missing", "helps: realmform apply", "Apply complete!",
                "==> 8.", "the group /OSMO group1 does not give it", "helps: realmform apply", "Apply complete!",
                "==> 9.", "All of it works.", "Done in ");
        assertThat(said + aside).doesNotContain("none that is known", "of-the-identity-provider");
        assertThat(said.lines()).allMatch(line -> line.length() <= 120);
    }
}
