package dev.realmform.keycloak.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentProxyTest {

    private static final URI SERVER = URI.create("https://sso.example.com/auth");

    @Test
    void theVariableOfTheSchemeCounts() {
        assertThat(
                EnvironmentProxy.of(SERVER, Map.of("HTTPS_PROXY", "http://proxy:3128", "HTTP_PROXY", "http://other")))
                .contains(URI.create("http://proxy:3128"));
        assertThat(EnvironmentProxy.of(SERVER, Map.of("https_proxy", "proxy:3128")))
                .contains(URI.create("http://proxy:3128"));
        assertThat(EnvironmentProxy.of(SERVER, Map.of("HTTP_PROXY", "http://other"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sso.example.com", "x, .example.com", "example.com", "*", "EXAMPLE.com"})
    void hostsThatAreExcludedAreReachedDirectly(String excluded) {
        assertThat(EnvironmentProxy.of(SERVER, Map.of("HTTPS_PROXY", "http://proxy:3128", "NO_PROXY", excluded)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8080", "http://127.0.0.1:8080/auth", "http://[::1]:8080"})
    void thisMachineIsReachedDirectly(String url) {
        assertThat(EnvironmentProxy.of(URI.create(url), Map.of("HTTP_PROXY", "http://proxy:3128"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ample.com", "other.example.com", "example.com.evil"})
    void otherHostsGoThroughTheProxy(String excluded) {
        assertThat(EnvironmentProxy.of(SERVER, Map.of("HTTPS_PROXY", "http://proxy:3128", "NO_PROXY", excluded)))
                .isPresent();
    }

    @Test
    void callsGoThroughTheProxy() {
        World world = new World();
        try (FaultyServer proxy = FaultyServer.start();
                HttpAdmin admin = new HttpAdmin(World.connection(URI.create("http://keycloak.invalid"))
                        .through(Map.of("http_proxy", proxy.url().toString())), world.surroundings())) {
            admin.get(Request.get("retail"));

            assertThat(proxy.seen("GET http://keycloak.invalid/admin/realms/retail")).hasSize(1);
        }
    }
}
