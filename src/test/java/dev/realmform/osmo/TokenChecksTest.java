package dev.realmform.osmo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.json.Json;
import dev.realmform.model.AccessFacts;
import dev.realmform.model.AccessFacts.Person;
import dev.realmform.model.Address;
import dev.realmform.model.Proof.Check;
import dev.realmform.model.Proof.Cure;
import dev.realmform.model.Proof.Fault;
import dev.realmform.model.Proof.Status;
import dev.realmform.model.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with an ID token is put down to what is wrong with its client: the table of what breaks the claim roles. */
class TokenChecksTest {

    private static final Address ADA = Address.of("user", "osmo", "ada");
    private static final Address DEVICE = Address.of("client", "osmo", "osmo-device");

    private static final String CLIENT = """
            {"clientId": "CLIENT", "enabled": true, "defaultClientScopes": ["profile", "email"], "protocolMappers": [
              {"name": "Create \\"roles\\" claim", "protocolMapper": "oidc-usermodel-client-role-mapper", "config": {
                "usermodel.clientRoleMapping.clientId": "CLIENT", "claim.name": "roles", "multivalued": "true",
                "id.token.claim": "true"}}]}""";

    private static final String TOKEN = """
            {"aud": "CLIENT", "preferred_username": "ada", "email": "ada@example.com", "roles": ["osmo-user", "osmo-a"]}""";

    private static final Map<String, Value.MapOf> SCOPES = Map.of("profile", scope("preferred_username"), "email",
            scope("email"));

    private static Value.MapOf scope(String claim) {
        return map("{\"protocolMappers\": [{\"name\": \"" + claim + "\", \"protocolMapper\":"
                + " \"oidc-usermodel-attribute-mapper\", \"config\": {\"claim.name\": \"" + claim
                + "\", \"id.token.claim\": \"true\"}}]}");
    }

    private static Value.MapOf map(String json) {
        return (Value.MapOf) Json.parse(json);
    }

    /** Both clients are in order; of osmo-device something is replaced, in itself and in its token. */
    private static List<Check> checks(Set<Address> pending, Map<String, Value.MapOf> scopes, String client,
            String token) {
        String name = "osmo-device";
        Person ada = new Person(map("{\"username\": \"ada\", \"email\": \"ada@example.com\"}"), Set.of(),
                Set.of(role("osmo-browser-flow", "osmo-user"), role("osmo-browser-flow", "osmo-a"),
                        role(name, "osmo-user"), role(name, "osmo-a")),
                new TreeMap<>(Map.of("osmo-browser-flow",
                        Optional.of(map(TOKEN.replace("CLIENT", "osmo-browser-flow"))), name,
                        Optional.of(token).filter(text -> !text.isEmpty()).map(TokenChecksTest::map))));
        AccessFacts facts = new AccessFacts(new TreeMap<>(Map.of(ADA, ada)), new TreeMap<>(), new TreeSet<>(),
                new TreeMap<>(Map.of("osmo-browser-flow", map(CLIENT.replace("CLIENT", "osmo-browser-flow")), name,
                        map(client))),
                new TreeMap<>(scopes));
        return new TokenChecks("osmo", facts, new Cure(pending, "realmform apply")).all();
    }

    private static Address role(String client, String name) {
        return Address.of("client-role", "osmo", client, name);
    }

    private static String of(String text) {
        return text.replace("CLIENT", "osmo-device");
    }

    @Test
    void aTokenThatSaysWhatItShouldWorks() {
        List<Check> checks = checks(Set.of(), SCOPES, of(CLIENT), of(TOKEN));

        assertThat(checks).extracting(Check::about).containsExactly("client osmo-browser-flow", "client osmo-device");
        assertThat(checks).extracting(Check::status).containsOnly(Status.WORKS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "\"id.token.claim\": \"true\"|\"id.token.claim\": \"false\"|\"roles\": [\"osmo-user\", \"osmo-a\"]|\"x\": 1"
                + "|ID tokens carry no roles|leaves ID tokens out",
        "clientId\": \"osmo-device\", \"claim|clientId\": \"osmo-browser-flow\", \"claim|\"osmo-a\"|\"grafana-user\""
                + "|carry the roles of osmo-browser-flow|names the client osmo-browser-flow, not osmo-device",
        "\"multivalued\": \"true\"|\"multivalued\": \"false\"|[\"osmo-user\", \"osmo-a\"]|\"osmo-user\""
                + "|roles is a text|is not multivalued",
        "\"claim.name\": \"roles\"|\"claim.name\": \"rolls\"|\"roles\":|\"rolls\":|no roles|writes into the claim rolls",
        "[\"profile\", \"email\"]|[\"email\"]|\"preferred_username\": \"ada\",||preferred_username|scope profile is missing",
        "[\"profile\", \"email\"]|[\"profile\"]|\"email\": \"ada@example.com\",||no email|scope email is missing"})
    void whatBreaksTheClaimIsNamed(String inClient, String becomes, String inToken, String then, String what,
            String cause) {
        String client = of(CLIENT).replace(inClient, becomes == null ? "" : becomes);
        String token = of(TOKEN).replace(inToken, then == null ? "" : then);
        assertThat(client).isNotEqualTo(of(CLIENT));
        assertThat(token).isNotEqualTo(of(TOKEN));

        List<Check> checks = checks(Set.of(DEVICE), SCOPES, client, token);

        assertThat(checks.getFirst().status()).isEqualTo(Status.WORKS);
        assertThat(checks.getLast().faults()).singleElement().satisfies(fault -> {
            assertThat(fault.what()).contains(what);
            assertThat(fault.cause()).contains(cause);
            assertThat(fault.remedy()).isEqualTo("realmform apply");
            assertThat(fault.concerns()).containsExactly("ada");
        });
    }

    @Test
    void aMapperThatIsGoneAltogetherIsNamed() {
        String client = of(CLIENT).replaceAll("(?s)\\[\\s*\\{\"name\".*\\}\\]\\}", "[]}");

        Fault fault = checks(Set.of(), SCOPES, client, of(TOKEN).replace("roles", "x")).getLast().faults().getFirst();

        assertThat(fault.cause()).isEqualTo("the mapper Create \"roles\" claim is missing");
        assertThat(fault.remedy()).contains("User Client Role", "client id osmo-device", "multivalued");
    }

    @Test
    void aScopeWithoutItsMapperIsAnotherCauseThanAMissingScope() {
        Map<String, Value.MapOf> scopes = Map.of("profile", Value.EMPTY_MAP, "email", scope("email"));

        List<Check> checks = checks(Set.of(), scopes, of(CLIENT), of(TOKEN).replace("preferred_username", "x"));

        assertThat(checks.getLast().faults()).singleElement()
                .extracting(Fault::cause)
                .asString()
                .contains("the client scope profile has no mapper that writes preferred_username");
    }

    @Test
    void aFlawIsToldAlsoWhereNoTokenShowsIt() {
        String client = of(CLIENT).replace("clientId\": \"osmo-device\", \"claim",
                "clientId\": \"osmo-browser-flow\", \"claim");

        Fault fault = checks(Set.of(), SCOPES, client, of(TOKEN)).getLast().faults().getFirst();

        assertThat(fault.cause()).contains("names the client osmo-browser-flow");
        assertThat(fault.concerns()).isEmpty();
    }

    @Test
    void whatNoFlawExplainsIsToldAsItIs() {
        List<Fault> faults = checks(Set.of(), SCOPES, of(CLIENT),
                of(TOKEN).replace("\"osmo-a\"", "\"osmo-b\"")
                        .replace("\"aud\": \"osmo-device\"", "\"aud\": \"account\""))
                .getLast()
                .faults();

        assertThat(faults).extracting(Fault::what)
                .containsExactly("roles in ID tokens are not those on this client",
                        "aud in ID tokens is not this client");
        assertThat(faults).extracting(Fault::cause).containsOnly("none that is known");
        assertThat(faults).allSatisfy(fault -> assertThat(fault.remedy()).contains("Evaluate"));
    }

    @Test
    void aServerThatMakesNoTokenIsNoSuccess() {
        assertThat(checks(Set.of(), SCOPES, of(CLIENT), "").getLast().faults()).extracting(Fault::what)
                .containsExactly("the server makes no ID token");
    }

    @Test
    void whoHasNoRoleOnAClientHasNoClaimThereAndThatIsRight() {
        Person nobody = new Person(map("{\"username\": \"ada\"}"), Set.of(), Set.of(), new TreeMap<>());

        assertThat(TokenChecks.symptoms("osmo-device", "ada", nobody,
                Optional.of(map("{\"aud\": [\"osmo-device\"], \"preferred_username\": \"Ada\"}")))).isEmpty();
        assertThat(TokenChecks.symptoms("osmo-device", "ada", nobody,
                Optional.of(map("{\"aud\": [\"osmo-device\"], \"preferred_username\": \"ada\", \"roles\": [\"x\"]}"))))
                .containsExactly(Symptom.OTHER_ROLES);
    }
}
