package dev.realmform.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.realmform.model.Address;
import dev.realmform.model.Fingerprint;
import dev.realmform.model.Owned;
import dev.realmform.model.Path;
import dev.realmform.model.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StateSchemaTest {

    @Test
    void aStateIsAsItsSchemaSays() throws IOException {
        Owned secretive = new Owned(Optional.empty(), true, true, new TreeMap<>(Map.of(
                Path.of("smtpServer", "password"),
                new Owned.Mark(Fingerprint.of(Secret.of("CANARY-3a", "$(secret:smtp)"), new SplittableRandom(1)), true),
                Path.of("secret"), new Owned.Mark(Fingerprint.NONE, true))), Set.of());
        TreeMap<Address, Owned> resources = new TreeMap<>(States.state().resources());
        resources.put(Address.of("identity-provider", "retail", "entra"), secretive);
        String text = text(States.sealed(States.state().withResources(resources)).stored("run-1"));

        assertThat(errors(text)).isEmpty();
        assertThat(text).contains("\"seal\": \"pbkdf2:");
        assertThat(text).doesNotContain("CANARY");
    }

    @Test
    void aStateWithoutAnythingIsOneToo() throws IOException {
        assertThat(errors(text(State.fresh("l").stored("run-1")))).isEmpty();
    }

    @Test
    void theSchemaRefusesWhatIsNoState() throws IOException {
        String text = text(States.state().stored("run-1"));
        assertThat(errors(text.replace("\"created\"", "\"made\""))).isNotEmpty();
        assertThat(errors(text.replace("sha256:", "clear:"))).isNotEmpty();
        assertThat(errors(text.replace("\"realmform_state\": 1", "\"realmform_state\": 2"))).isNotEmpty();
    }

    private static String text(State state) {
        return States.JSON.page().apply(StateFormat.write(state, List.of()));
    }

    private static List<Error> errors(String text) throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(java.nio.file.Path.of("schema/state.schema.json")));
        return schema.validate(text, InputFormat.JSON);
    }
}
