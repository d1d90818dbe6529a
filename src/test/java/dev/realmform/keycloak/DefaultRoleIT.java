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

/** What every new user of a realm gets, on a real server. */
@ExtendWith(RealKeycloak.class)
class DefaultRoleIT {

    private TestRealm realm;
    private LiveRealm live;

    @BeforeEach
    void open(KeycloakServer server, TestRealm own) {
        realm = own;
        live = new LiveRealm(server, realm.name());
    }

    @AfterEach
    void close() {
        live.close();
    }

    @Test
    void aListIsTheWholeOfTheRealmRolesAndLeavesTheClientRoles() {
        String document = """
                {"roles": {"realm": {"reader": {}}}, "defaultRoles": ["reader", "offline_access"]}""";

        assertThat(live.apply(document))
                .contains("adopt realm-role/R/default-roles-" + realm.name() + ": composites.realm");

        assertThat(composites()).containsExactlyInAnyOrder("reader", "offline_access", "manage-account",
                "view-profile");
        assertThat(live.plan(document)).isEmpty();
    }

    @Test
    void aPartKeepsWhatKeycloakPutThere() {
        String document = """
                {"roles": {"realm": {"reader": {}}}, "defaultRoles": {"$add": ["reader"]}}""";

        live.apply(document);

        assertThat(composites()).containsExactlyInAnyOrder("reader", "offline_access", "uma_authorization",
                "manage-account", "view-profile");
        assertThat(live.plan(document)).isEmpty();
    }

    @Test
    void theThreePlacesOfTheDefaultRoleAreOne() {
        String document = """
                {"defaultRole": {"name": "default-roles-R", "description": "Everybody", "composite": true},
                 "roles": {"realm": [{"name": "reader"},
                   {"name": "default-roles-R", "composites": {"client": {"account": ["view-profile"]}}}]},
                 "defaultRoles": ["reader"]}""".replace("-R\"", "-" + realm.name() + "\"");

        live.apply(document);

        assertThat(composites()).containsExactlyInAnyOrder("reader", "view-profile");
        assertThat(realm.get("").at("/defaultRole/description").asText()).isEqualTo("Everybody");
        assertThat(live.plan(document)).isEmpty();
    }

    @Test
    void whatTwoPlacesSayDifferentlyIsRefused() {
        assertThat(live.wrong("""
                {"roles": {"realm": {"default-roles-R": {"composites": {"realm": ["a"]}}}}, "defaultRoles": ["b"]}"""
                .replace("-R\"", "-" + realm.name() + "\"")))
                .containsExactly("composites.realm of the default role is declared twice, and not alike");
    }

    private List<String> composites() {
        return realm.get("roles/default-roles-" + realm.name() + "/composites").findValuesAsText("name");
    }
}
