package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.model.Problem;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.TestRealm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Settings of a realm that are more than one field each, on a real server. */
@ExtendWith(RealKeycloak.class)
class RealmIT {

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
    void whatTheServerLeavesOutBecauseItIsOffIsNoChange() {
        String document = """
                {"eventsExpiration": 0, "webAuthnPolicyPasswordlessPasskeysEnabled": false, "enabledEventTypes": [],
                 "passwordPolicy": "", "smtpServer": {}}""";

        assertThat(live.apply(document)).containsExactly("adopt realm/R");
        assertThat(live.plan(document)).isEmpty();
    }

    @Test
    void eventSettingsAreFieldsAndOneAttributeOfTheRealm() {
        realm.put("", "{\"attributes\": {\"theirs\": \"1\"}}");
        String document = """
                {"eventsEnabled": true, "eventsExpiration": 60, "enabledEventTypes": ["LOGOUT", "LOGIN"],
                 "adminEventsEnabled": true, "adminEventsDetailsEnabled": true, "attributes": {"adminEventsExpiration": 77}}""";
        live.apply(document);

        JsonNode config = realm.get("events/config");
        assertThat(config.path("eventsExpiration").asInt()).isEqualTo(60);
        assertThat(config.path("enabledEventTypes")).hasSize(2);
        assertThat(config.path("adminEventsDetailsEnabled").asBoolean()).isTrue();
        assertThat(realm.get("").at("/attributes/adminEventsExpiration").asText()).isEqualTo("77");
        assertThat(live.plan(document)).isEmpty();

        String off = document.replace("\"eventsExpiration\": 60", "\"eventsExpiration\": 0").replace("77", "null");
        assertThat(live.apply(off))
                .containsExactly("update realm/R: attributes.adminEventsExpiration, eventsExpiration");
        assertThat(realm.get("").path("attributes").has("adminEventsExpiration")).isFalse();
        assertThat(realm.get("").at("/attributes/theirs").asText()).isEqualTo("1");
        assertThat(live.plan(off)).isEmpty();
    }

    /** On 26.1.4 a PUT with attributes takes all headers away that it does not hold. */
    @Test
    void securityHeadersStayWhateverElseChanges() {
        live.apply("""
                {"attributes": {"ours": "1"}, "browserSecurityHeaders": {"xFrameOptions": "DENY"}}""");
        JsonNode before = realm.get("").path("browserSecurityHeaders");
        assertThat(before).hasSizeGreaterThan(5);
        assertThat(before.path("xFrameOptions").asText()).isEqualTo("DENY");

        live.apply(
                """
                {"displayName": "Other", "attributes": {"ours": "2"}, "browserSecurityHeaders": {"xFrameOptions": "DENY"}}""");

        assertThat(realm.get("").path("browserSecurityHeaders")).isEqualTo(before);
    }

    @Test
    void mailAddressesThatSeveralUsersMayHaveNameNoneOfThem() {
        live.apply("{}");
        String document = """
                {"duplicateEmailsAllowed": true}""";
        assertThat(live.apply(document))
                .containsExactly("update realm/R: duplicateEmailsAllowed, loginWithEmailAllowed");
        assertThat(live.plan(document)).isEmpty();

        assertThat(live.apply("""
                {"loginWithEmailAllowed": true}"""))
                .containsExactly("update realm/R: duplicateEmailsAllowed, loginWithEmailAllowed");
        assertThat(realm.get("").path("duplicateEmailsAllowed").asBoolean()).isFalse();
        assertThat(live.refused("""
                {"loginWithEmailAllowed": true, "duplicateEmailsAllowed": true}""")).extracting(Problem::what)
                .containsExactly(
                        "loginWithEmailAllowed and duplicateEmailsAllowed are both on, and the server allows one"
                                + " of them");
    }

    @Test
    void aSettingWhoseFeatureIsOffIsRefusedBeforeItIsWritten() {
        List<String> off = new ArrayList<>(
                List.of("verifiableCredentialsEnabled is on, and the server's feature OID4VC_VCI is off"));
        if (!RealKeycloak.isOlderThan("26.5")) {
            off.addFirst("scimApiEnabled is on, and the server's feature SCIM_API is off");
        }

        assertThat(live.refused("""
                {"scimApiEnabled": true, "verifiableCredentialsEnabled": true}""")).extracting(Problem::what)
                .isEqualTo(off);
    }

    @Test
    void headersThatAreEmptiedAreEmptyFromTheStart() {
        String document = "{\"browserSecurityHeaders\": null}";

        live.apply(document);

        assertThat(realm.get("").at("/browserSecurityHeaders/xFrameOptions").asText()).isEmpty();
        assertThat(live.plan(document)).isEmpty();
    }

    @Test
    void whatKeycloakAlwaysHasAValueInIsLeftAsItIsWhereAFileEmptiesIt() {
        live.apply("{\"otpPolicyDigits\": 8}");
        String document = """
                {"accessTokenLifespan": null, "notBefore": null, "sslRequired": null, "otpPolicyType": null, "otpPolicyDigits": null,
                 "bruteForceStrategy": null, "webAuthnPolicyRpEntityName": null, "webAuthnPolicySignatureAlgorithms": []}""";

        assertThat(live.plan(document)).isEmpty();

        assertThat(live.leftAside()).containsExactly(
                "accessTokenLifespan, bruteForceStrategy, otpPolicyDigits, otpPolicyType, sslRequired,"
                        + " webAuthnPolicyRpEntityName, webAuthnPolicySignatureAlgorithms: declared empty, but never empty in"
                        + " Keycloak; left as it is");
        live.apply(document);
        assertThat(realm.get("").path("otpPolicyDigits").asInt()).isEqualTo(8);
        assertThat(realm.get("").path("otpPolicyType").asText()).isEqualTo("totp");
        assertThat(realm.get("").path("sslRequired").asText()).isEqualTo("external");
    }
}
