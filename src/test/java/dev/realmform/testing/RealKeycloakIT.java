package dev.realmform.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.RealKeycloak.RealmName;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** The server that all the other tests against a real Keycloak stand on. */
@ExtendWith(RealKeycloak.class)
@Isolated("It stops the server, and counts its realms.")
class RealKeycloakIT {

    private static final Set<String> SEEN = new HashSet<>();

    @Test
    void aRealmIsMadeForTheTest(TestRealm realm) {
        assertThat(realm.get("").path("enabled").asBoolean()).isTrue();
        assertThat(realm.get("users")).isEmpty();
        assertThat(SEEN.add(realm.name())).isTrue();
    }

    @Test
    void anotherTestGetsAnotherRealmAndTheOldOneIsGone(TestRealm realm, AdminApi admin) {
        assertThat(SEEN.add(realm.name())).isTrue();
        assertThat(admin.get("").findValuesAsText("realm")).containsExactlyInAnyOrder("master", realm.name());
    }

    @Test
    void aNameIsGivenWithoutARealm(RealmName name, AdminApi admin) {
        assertThat(admin.find(name.value())).isEmpty();
    }

    @Test
    void theLogHasALineForEachRequest(TestRealm realm, KeycloakServer server) throws Exception {
        realm.get("roles?search=counted");

        String line = "\"GET /admin/realms/" + realm.name() + "/roles?search=counted HTTP/1.1\" 200";
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!Files.readString(server.log()).contains(line) && System.nanoTime() < deadline) {
            Thread.sleep(20); // the line is written after the answer
        }
        assertThat(Files.readString(server.log())).contains(line);
    }

    @Test
    void aKilledServerStartsAgainWithItsDataOnItsPort(TestRealm realm, KeycloakServer server) throws Exception {
        realm.post("roles", "{\"name\": \"kept\"}");

        server.kill();
        assertThat(server.isRunning()).isFalse();
        server.startAgain();

        assertThat(realm.get("roles/kept").path("name").asText()).isEqualTo("kept");
    }
}
