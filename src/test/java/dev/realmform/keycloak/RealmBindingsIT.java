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

    @Test
    void whatIsMadeInTheSameRunJoinsAndWhatLeavesGoesAfterwards() {
        String document = """
                {"clientScopes": {"ledger": {}, "audit": {}}, "groups": {"New": {"subGroups": {"Inner": {}}}},
                 "defaultDefaultClientScopes": {"$add": ["ledger"]}, "defaultOptionalClientScopes": {"$add": ["audit"]},
                 "defaultGroups": ["/New/Inner"]}""";
        live.apply(document);
        assertThat(names("default-default-client-scopes")).contains("ledger", "profile");
        assertThat(names("default-optional-client-scopes")).contains("audit", "address");
        assertThat(names("default-groups")).containsExactly("Inner");
        assertThat(live.plan(document)).isEmpty();

        String moved = """
                {"clientScopes": {"ledger": {}}, "groups": {"New": {}},
                 "defaultDefaultClientScopes": {"$remove": ["ledger"]}, "defaultOptionalClientScopes": {"$add": ["ledger"]},
                 "defaultGroups": []}""";
        assertThat(live.apply(moved)).containsExactly(
                "update realm-bindings/R: defaultDefaultClientScopes, defaultGroups, defaultOptionalClientScopes",
                "delete client-scope/R/audit", "delete group/R/New/Inner");

        assertThat(names("default-default-client-scopes")).doesNotContain("ledger");
        assertThat(names("default-optional-client-scopes")).contains("ledger").doesNotContain("audit");
        assertThat(live.plan(moved)).isEmpty();
    }

    /** The server shows it as /New/EU/US/Inner, as if four groups lay in one another. */
    @Test
    void aDefaultGroupInsideOneWithASlashInItsNameIsKnownAgain() {
        String document = """
                {"groups": {"New": {"subGroups": {"EU/US": {"subGroups": {"Inner": {}}}}}},
                 "defaultGroups": ["/New/EU~/US/Inner"]}""";
        live.apply(document);

        assertThat(names("default-groups")).containsExactly("Inner");
        assertThat(live.plan(document)).isEmpty();
    }

    private List<String> names(String endpoint) {
        return realm.get(endpoint).findValuesAsText("name");
    }
}
