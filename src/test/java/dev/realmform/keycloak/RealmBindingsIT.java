package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.TestRealm;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the realm points to, on a real server. */
@ExtendWith(RealKeycloak.class)
class RealmBindingsIT {

    private final KeycloakServer server;
    private final TestRealm realm;
    private LiveRealm live;

    RealmBindingsIT(KeycloakServer server, TestRealm realm) {
        this.server = server;
        this.realm = realm;
    }

    @BeforeEach
    void open() {
        live = new LiveRealm(server, realm.name());
    }

    @AfterEach
    void close() {
        live.close();
    }

    @Test
    void aScopeThatJoinsOneListLeavesTheOther() {
        String document = """
                {"defaultDefaultClientScopes": {"$add": ["phone"]}}""";

        assertThat(live.apply(document)).contains(
                "adopt realm-bindings/R: defaultDefaultClientScopes, defaultOptionalClientScopes");

        assertThat(names("default-default-client-scopes")).contains("phone", "profile");
        assertThat(names("default-optional-client-scopes")).doesNotContain("phone").contains("address");
        assertThat(live.plan(document)).isEmpty();
    }

    @Test
    void aGroupThatOthersMadeADefaultStaysUnlessTheSetIsDeclaredWhole() {
        live.apply("""
                {"groups": {"Theirs": {}, "Ours": {}}, "defaultGroups": ["/Theirs"]}""");

        live.apply("""
                {"groups": {"Theirs": {}, "Ours": {}}, "defaultGroups": {"$add": ["/Ours"]}}""");
        assertThat(names("default-groups")).containsExactlyInAnyOrder("Theirs", "Ours");

        live.apply("""
                {"groups": {"Theirs": {}, "Ours": {}}, "defaultGroups": ["/Ours"]}""");
        assertThat(names("default-groups")).containsExactly("Ours");
    }

    private List<String> names(String endpoint) {
        return realm.get(endpoint).findValuesAsText("name");
    }
}
