package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.json.Json;
import dev.realmform.model.Value;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** How old a server is, by what it tells. */
class ServerVersionTest {

    @Test
    void aServerThatTellsItsVersionIsOfThat() {
        assertThat(told("{\"systemInfo\": {\"version\": \"26.1.4\"}, \"features\": []}")).isEqualTo("Keycloak 26.1.4");
    }

    @Test
    void oneThatHidesItIsKnownByTheFeaturesThatItHasNotYet() {
        assertThat(byFeatures("WORKFLOWS", "SPIFFE")).isEqualTo("Keycloak 26.4");
        assertThat(byFeatures("WORKFLOWS", "JWT_AUTHORIZATION_GRANT")).isEqualTo("Keycloak 26.5");
        assertThat(byFeatures("JWT_AUTHORIZATION_GRANT", "IDENTITY_BROKERING_API_V2")).isEqualTo("new");
    }

    @Test
    void oneThatTellsNothingIsTakenForNew() {
        assertThat(told("{}")).isEqualTo("new");
    }

    @Test
    void theThirdNumberDoesNotCountAndTheFirstDoes() {
        assertThat(List.of("26.4", "26.4.7", "26.1.4", "25.0.6"))
                .allMatch(version -> new ServerVersion(version).isUpTo("26.4"));
        assertThat(List.of("26.5.0", "26.10.1", "27.0.0", "nightly"))
                .noneMatch(version -> new ServerVersion(version).isUpTo("26.4"));
        assertThat(List.of("26.5", "26.5.9", "26.1.4", "25.0.6"))
                .allMatch(version -> new ServerVersion(version).isBefore("26.6"));
        assertThat(List.of("26.6", "26.6.0", "26.10.1", "nightly"))
                .noneMatch(version -> new ServerVersion(version).isBefore("26.6"));
    }

    private static String byFeatures(String... names) {
        return told(List.of(names)
                .stream()
                .map(name -> "{\"name\": \"" + name + "\", \"enabled\": false}")
                .collect(Collectors.joining(",", "{\"features\": [", "]}")));
    }

    private static String told(String serverInfo) {
        return ServerVersion.told((Value.MapOf) Json.parse(serverInfo)).map(ServerVersion::toString).orElse("new");
    }
}
