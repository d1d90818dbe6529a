package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.model.ProblemException;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.TestRealm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Users and the e-mails by which they may go, and which only one of them may have, against the real server. */
@ExtendWith(RealKeycloak.class)
class MailNamesIT {

    private TestRealm realm;
    private LiveRealm live;

    @BeforeEach
    void open(TestRealm realm, KeycloakServer server) {
        this.realm = realm;
        this.live = new LiveRealm(server, realm.name());
    }

    @AfterEach
    void close() {
        live.close();
    }

    private static String file(String username, String firstName) {
        return "{\"registrationEmailAsUsername\": true, \"users\": [{\"username\": \"" + username
                + "\", \"email\": \"Ada@example.com\", \"enabled\": true, \"firstName\": \"" + firstName + "\"}]}";
    }

    private String names() {
        return String.join(" ", realm.get("users").findValuesAsText("username"));
    }

    @Test
    void whoIsDeclaredByTheMailIsMadeOnceAndChangedInPlace() {
        live.apply(file("Ada@Example.com", "Ada"));

        assertThat(live.plan(file("Ada@Example.com", "Ada"))).isEmpty();
        assertThat(live.apply(file("ada@example.com", "Augusta"))).contains("update user/R/ada@example.com: firstName");
        assertThat(live.plan(file("ada@example.com", "Augusta"))).isEmpty();
        assertThat(names()).isEqualTo("ada@example.com");
    }

    @Test
    void anotherNameIsRefusedSinceTheServerWouldNotKeepIt() {
        realm.post("users", "{\"username\": \"ada\", \"email\": \"ada@example.com\"}");
        assertThat(names()).isEqualTo("ada");

        assertThatThrownBy(() -> live.plan(file("ada", "Ada"))).isInstanceOf(ProblemException.class)
                .hasMessageContaining("user/" + realm.name() + "/ada will go by ada@example.com");

        live.apply("{\"registrationEmailAsUsername\": true}");
        assertThat(names()).isEqualTo("ada@example.com");
    }

    @Test
    void whoTakesTheMailOfSomebodyWhoGoesIsMadeAfterwards() {
        String user = "{\"users\": [{\"username\": \"%s\", \"email\": \"ada@example.com\"}]}";
        live.apply(user.formatted("lovelace"));

        assertThat(live.apply(user.formatted("ada"))).hasSize(2);
        assertThat(names()).isEqualTo("ada");
        assertThat(live.plan(user.formatted("ada"))).isEmpty();
    }
}
