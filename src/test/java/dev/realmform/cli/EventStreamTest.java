package dev.realmform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.realmform.apply.ApplyEvent;
import dev.realmform.apply.ApplyResult;
import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.testing.AdminApi;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The last line of a stream tells all of its run. */
class EventStreamTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final EventStream stream = new EventStream(new Shell(new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(out, true, StandardCharsets.UTF_8), InputStream.nullInputStream(), Map.of(), Path.of(""),
            Shell.Terminal.NONE, StandardCharsets.UTF_8, InstantSource.system(), new SecureRandom()));

    private static ApplyResult oneRole() {
        Resource role = Resource.live(Address.of("realm-role", "retail", "one"), Value.EMPTY_MAP);
        return new ApplyResult(
                List.of(new ApplyEvent.Succeeded(new Change.Create(role, role), Duration.ofMillis(5), false)),
                List.of(), List.of(), false);
    }

    private List<JsonNode> lines() {
        return out.toString(StandardCharsets.UTF_8).lines().map(AdminApi::json).toList();
    }

    @Test
    void whatFailsAfterTheApplyChangesTheOneSummaryAndNotItsCounts() {
        stream.carriedOut(oneRole());
        stream.ended(List.of(Problem.failed("the lock was not freed", "", "Free it.")));

        assertThat(lines()).extracting(line -> line.path("type").asText())
                .containsExactly("version", "diagnostic", "apply_summary");
        JsonNode summary = lines().getLast();
        assertThat(summary.path("add").asInt()).isOne();
        assertThat(summary.path("outcome").asText()).isEqualTo("failed");
        assertThat(summary.path("exit_code").asInt()).isOne();
    }

    @Test
    void anApplyThatIsDoneSaysSoOnce() {
        stream.carriedOut(oneRole());
        stream.ended(ExitCode.DONE);

        assertThat(lines()).hasSize(2);
        assertThat(lines().getLast().path("outcome").asText()).isEqualTo("complete");
    }
}
