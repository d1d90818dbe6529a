package dev.realmform.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a newcomer types first, on a server of its own. */
class DemoIT {

    private static final Pattern STARTING = Pattern.compile("starting on http://127\\.0\\.0\\.1:(\\d+)");

    @Test
    void theDemoAppliesPlansFindsDriftAndLeavesNothingBehind() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Shell shell = new Shell(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), InputStream.nullInputStream(),
                Map.of("COLUMNS", "80", "KEYCLOAK_URL", "http://127.0.0.1:9"), Path.of(""), Shell.Terminal.NONE,
                StandardCharsets.UTF_8, InstantSource.system(), new SecureRandom());

        int code = new Realmform(shell).run("demo");

        String said = out.toString(StandardCharsets.UTF_8);
        String aside = err.toString(StandardCharsets.UTF_8);
        assertThat(code).as(said + aside).isZero();
        assertThat(said).containsSubsequence("==> 1.", "Plan: 12 to add, 0 to change, 0 to destroy.",
                "Apply complete! Resources: 12 added", "==> 2.", "No changes.", "==> 3.", "==> 4.",
                "- https://evil.example/callback", "enabled: false → true", "Drift: 2 changed", "==> 5.",
                "Apply complete! Resources: 0 added, 2 changed", "Done in ");
        assertThat(said + aside).doesNotContain("change-me-at-first-login");
        Matcher starting = STARTING.matcher(aside);
        assertThat(starting.find()).isTrue();
        int port = Integer.parseInt(starting.group(1));
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(java.net.ConnectException.class);
    }
}
