package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.json.Json;
import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Origin;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.Overlay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Golden cases: what each change sends. A case is a folder in {@code calls/}: {@code case.json} with a realm document
 * ({@code desired}), raw live bodies by address ({@code live}), addresses that go ({@code gone}); and {@code calls.txt}.
 * {@code -Dgolden.update} rewrites the latter.
 */
class CallsTest {

    private static final Path CASES = Path.of("src/test/resources/calls");

    static List<Path> cases() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aChangeSendsTheseCalls(Path folder) throws IOException {
        Value.MapOf given = (Value.MapOf) Json.parse(Files.readString(folder.resolve("case.json")));
        String calls = String.join("\n", lines(given)) + "\n";
        Path golden = folder.resolve("calls.txt");
        if (System.getProperty("golden.update") != null) {
            Files.writeString(golden, calls);
        }
        assertThat(calls).isEqualTo(Files.readString(golden));
    }

    private static List<String> lines(Value.MapOf given) {
        List<String> lines = new ArrayList<>();
        for (Resource desired : new RealmDocument().expand(given.map("desired"), Origin.NONE).resources()) {
            describe(change(desired, given.map("live")), lines);
        }
        for (String gone : given.texts("gone")) {
            Address address = Address.parse(gone);
            Resource live = Resource.live(address, type(address).canonical(given.map("live").map(gone)));
            describe(new Change.Delete(live, Change.Delete.DeleteReason.ASKED, Optional.empty()), lines);
        }
        return lines;
    }

    private static Change change(Resource desired, Value.MapOf lives) {
        KeycloakType type = type(desired.address());
        Address name = desired.directives().was().orElse(desired.address());
        Optional<Value> raw = lives.get(name.toString());
        if (raw.isEmpty()) {
            return new Change.Create(desired,
                    desired.withValue(Overlay.alone(type.schema(), desired.value())));
        }
        Resource live = Resource.live(desired.address(), type.canonical((Value.MapOf) raw.get()));
        return new Change.Update(live, desired, type.propose(desired, live), List.of(), desired.directives().was());
    }

    private static void describe(Change change, List<String> lines) {
        lines.add(change.getClass().getSimpleName() + " " + change.address());
        type(change.address()).calls(change).forEach(call -> lines.add("  " + call.shown()));
    }

    private static KeycloakType type(Address address) {
        return KeycloakProvider.TYPES.stream()
                .filter(type -> type.name().equals(address.type()))
                .findFirst()
                .orElseThrow();
    }
}
