package dev.realmform.osmo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.config.Blueprint;
import dev.realmform.json.Json;
import dev.realmform.model.Address;
import dev.realmform.model.Entitlement;
import dev.realmform.model.Origin;
import dev.realmform.model.Proof.Check;
import dev.realmform.model.Proof.Fault;
import dev.realmform.model.Proof.Status;
import dev.realmform.model.Source;
import dev.realmform.model.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the realm and OSMO say of themselves, against what the section says. */
class OsmoAnswersTest {

    private static final String ISSUER = "https://auth-osmo.example.com/realms/osmo";
    private static final String AT = ISSUER + "/protocol/openid-connect/";

    private static final Requirements INSTALLATION = installation("""
            {"domain": "osmo.example.com", "layout": "6.2", "teams": {
              "group1": {"pools": ["group1-a", "group1-b"], "members": ["Ada"]},
              "ml-team": {"pools": ["ml-team-a"], "parent": "Research", "group": "ML/Team", "claim": {"entra": {"g": "x"}}},
              "guests": {"members": "unmanaged"}}, "admins": ["ada"]}""");

    private static final String LOGIN = """
            {"device_endpoint": "%sauth/device", "device_client_id": "osmo-device", "browser_endpoint": "%sauth",
             "browser_client_id": "osmo-browser-flow", "token_endpoint": "%stoken", "logout_endpoint": "%slogout"}"""
            .formatted(AT, AT, AT, AT);

    private static final String DISCOVERY = """
            {"issuer": "%s", "authorization_endpoint": "%sauth", "token_endpoint": "%stoken", "jwks_uri": "%scerts",
             "device_authorization_endpoint": "%sauth/device", "end_session_endpoint": "%slogout"}"""
            .formatted(ISSUER, AT, AT, AT, AT, AT);

    private static Requirements installation(String section) {
        return Requirements.of("osmo",
                new Blueprint.Section(map(section), Origin.of(new Source("osmo.yaml", 3, 1))));
    }

    private static Value.MapOf map(String json) {
        return (Value.MapOf) Json.parse(json);
    }

    private static OsmoAnswers answers(Requirements installation) {
        return OsmoAnswers.of(installation, Optional.empty());
    }

    @Test
    void theSixFieldsAreThoseOfTheRealm() {
        assertThat(answers(INSTALLATION).login(map(LOGIN)).status()).isEqualTo(Status.WORKS);
    }

    @ParameterizedTest
    @CsvSource({"openid-connect/auth/device, openid-connect/device, device_endpoint is, answers 405",
        "osmo-browser-flow, osmo-device, browser_client_id is osmo-device, ''",
        "device_client_id, other, device_client_id is empty, ''",
        "https://auth-osmo.example.com/realms/osmo/protocol/openid-connect/token, https://x/token,"
                + " token_endpoint is https://x/token, ''"})
    void aFieldThatIsAnotherIsTold(String before, String after, String what, String cause) {
        assertThat(answers(INSTALLATION).login(map(LOGIN.replace(before, after))).faults()).singleElement()
                .satisfies(fault -> {
                    assertThat(fault.what()).startsWith(what);
                    assertThat(fault.cause()).contains(cause);
                });
    }

    @Test
    void aLoginThatIsSwitchedOffIsTold() {
        Check check = answers(INSTALLATION).login(map("{\"device_endpoint\": \"\"}"));

        assertThat(check.faults()).hasSize(6);
        assertThat(check.faults().getFirst().cause()).contains("switches logins off");
    }

    @Test
    void onTheNewestLayoutTheBrowserMayUseTheOtherClient() {
        Requirements newest = installation("{\"domain\": \"osmo.example.com\", \"layout\": \"6.4\"}");

        assertThat(answers(newest).login(map(LOGIN.replace("osmo-browser-flow", "osmo-device"))).status())
                .isEqualTo(Status.WORKS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"osmo-user, osmo-group1|default, group1-a, group1-b|0|",
        "osmo-user, osmo-group1|default, group1-a|1|the pool group1-b is not among",
        "osmo-user|default, group1-a|1|more pools than the teams have: group1-a",
        "osmo-user|default|0|", "osmo-admin|default, x, y|0|"})
    void poolsAreThoseOfTheTeamsWhoseRolesTheTokenCarries(String roles, String pools, int faults, String what) {
        Value.MapOf answer = Value.EMPTY_MAP.with("pools", Value.texts(List.of(pools.split(", "))));
        Value.MapOf claims = Value.EMPTY_MAP.with("preferred_username", Value.text("ada"))
                .with("roles", Value.texts(List.of(roles.split(", "))));

        Check check = answers(INSTALLATION).pools(answer, claims);

        assertThat(check.about()).endsWith("of ada");
        assertThat(check.faults()).hasSize(faults);
        assertThat(check.faults()).allSatisfy(fault -> assertThat(fault.what()).startsWith(what));
    }

    @Test
    void discoveryIsComparedFieldByField() {
        IssuerChecks checks = new IssuerChecks(INSTALLATION, Optional.empty());

        assertThat(checks.endpoints(Optional.of(map(DISCOVERY))).status()).isEqualTo(Status.WORKS);
        assertThat(checks.endpoints(Optional.of(map(DISCOVERY.replace("connect/token", "connect/tokens")))).faults())
                .singleElement()
                .extracting(Fault::what)
                .isEqualTo("token_endpoint is " + AT + "tokens, not " + AT + "token");
        assertThat(checks.endpoints(Optional.empty()).status()).isEqualTo(Status.FAILS);
    }

    @Test
    void anotherIssuerIsOneFaultUnlessItIsMeant() {
        String there = "http://127.0.0.1:8080/realms/osmo";
        Optional<Value.MapOf> discovery = Optional.of(map(DISCOVERY.replace(ISSUER, there)));

        assertThat(new IssuerChecks(INSTALLATION, Optional.empty()).endpoints(discovery).faults()).singleElement()
                .satisfies(fault -> {
                    assertThat(fault.what()).isEqualTo("tokens are issued by " + there + ", not by " + ISSUER);
                    assertThat(fault.cause()).startsWith("by osmo.domain, osmo.yaml:3 it is");
                    assertThat(fault.remedy()).contains("--issuer " + there, "osmo.host");
                });
        assertThat(new IssuerChecks(INSTALLATION, Optional.of(there)).endpoints(discovery).status())
                .isEqualTo(Status.WORKS);
        assertThat(installation("{\"domain\": \"x\", \"host\": \"sso.example.com\"}").issuer())
                .isEqualTo("https://sso.example.com/realms/osmo");
    }

    @Test
    void aRealmWithoutAKeyToSignWithIsAFault() {
        IssuerChecks checks = new IssuerChecks(INSTALLATION, Optional.empty());

        assertThat(checks.keys(Optional.of(map("{\"keys\": [{\"alg\": \"RS256\", \"use\": \"sig\"}]}"))))
                .isEqualTo(Check.works("keys", "1 to check signatures with: RS256"));
        assertThat(checks.keys(Optional.of(map("{\"keys\": [{\"alg\": \"RSA-OAEP\", \"use\": \"enc\"}]}"))).status())
                .isEqualTo(Status.FAILS);
        assertThat(checks.keys(Optional.empty()).status()).isEqualTo(Status.FAILS);
    }

    @Test
    void theRoleOfATeamCountsOnBothClientsWhateverAnOrdinarySectionSays() {
        Address group = Address.of("group", "osmo", "OSMO group1");
        Address ada = Address.of("user", "osmo", "ada");
        Address onBrowser = Address.of("client-role", "osmo", "osmo-browser-flow", "osmo-group1");
        Address onDevice = Address.of("client-role", "osmo", "osmo-device", "osmo-group1");
        Entitlement half = new Entitlement(group, new TreeSet<>(Set.of(ada)), new TreeSet<>(Set.of(onBrowser)),
                Source.NONE);

        List<Entitlement> with = INSTALLATION.entitlements(List.of(half));

        assertThat(with).filteredOn(one -> one.group().equals(group))
                .singleElement()
                .satisfies(one -> assertThat(one.roles()).containsExactly(onBrowser, onDevice));
        assertThat(INSTALLATION.entitlements(List.of())).filteredOn(one -> one.group().equals(group))
                .singleElement()
                .satisfies(one -> assertThat(one.users()).containsExactly(ada));
        assertThat(INSTALLATION.label(group)).isEqualTo("team group1");
        assertThat(INSTALLATION.label(Address.of("group", "osmo", "Research", "ML/Team"))).isEqualTo("team ml-team");
        assertThat(INSTALLATION.label(Address.of("group", "osmo", "Admin"))).isEqualTo("admins");
    }

    @Test
    void teamsOfWhichTheFileDoesNotSayWhoIsInThemAreNoted() {
        assertThat(INSTALLATION.leftToOthers()).containsExactly(
                Check.note("team guests", "the file does not say who is in it"),
                Check.note("team ml-team", "who is in it, entra says at each login"));
    }
}
