package dev.realmform.osmo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Proof;
import dev.realmform.model.Proof.Check;
import dev.realmform.model.Proof.Fault;
import dev.realmform.model.Proof.Status;
import dev.realmform.osmo.token.Jwt;
import dev.realmform.osmo.token.KeySet;
import dev.realmform.testing.SignedTokens;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What OSMO would make of a token. */
class TokenReadingTest {

    private static final String ISSUER = "https://auth-osmo.example.com/realms/osmo";
    private static final Instant NOW = Instant.ofEpochSecond(1_000_000);

    private static final String CLAIMS = """
            {"iss": "%s", "aud": "osmo-device", "typ": "ID", "exp": 1000250, "preferred_username": "ada",
             "roles": ["osmo-user", "osmo-group1"]}""".formatted(ISSUER);

    private static SignedTokens issuer;

    @org.junit.jupiter.api.BeforeAll
    static void issues() throws GeneralSecurityException {
        issuer = new SignedTokens("ES256");
    }

    private static List<Check> read(String claims, Optional<String> layout) throws GeneralSecurityException {
        KeySet keys = KeySet.parse(issuer.keySet().getBytes(StandardCharsets.UTF_8), "");
        return new TokenReading(Jwt.parse(issuer.token(claims)), Optional.of(ISSUER), layout, NOW)
                .checks(Optional.of(keys));
    }

    private static List<Check> read(String claims) throws GeneralSecurityException {
        return read(claims, Optional.empty());
    }

    @Test
    void aTokenOfTheCommandLineIsAccepted() throws GeneralSecurityException {
        assertThat(read(CLAIMS)).containsExactly(Check.works("signature", "made with the issuer's key one"),
                Check.works("time", "expires in 4 min 10 s"),
                Check.works("accepted as", "command line (osmo-device)"), Check.works("x-osmo-user", "ada"),
                Check.works("x-osmo-roles", "osmo-user,osmo-group1 (OSMO adds osmo-default)"));
    }

    @Test
    void aTokenThatOsmoMadeItselfIsAcceptedByItsOwnProvider() throws GeneralSecurityException {
        List<Check> checks = read(
                "{\"iss\": \"osmo\", \"aud\": [\"osmo\"], \"unique_name\": \"ada\", \"roles\": [\"x\"]}");

        assertThat(checks).contains(Check.works("accepted as", "OSMO's own"), Check.works("x-osmo-user", "ada"),
                Check.note("time", "it has no exp: it never expires"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "\"exp\": 1000250|\"exp\": 999000|time|expired 16 min 40 s ago|Jwt is expired",
        "\"typ\"|\"nbf\": 1000060, \"typ\"|time|not valid before 1970-01-12T13:47:40Z|1 min 0 s",
        "\"typ\": \"ID\"|\"typ\": \"Refresh\"|kind|a refresh token|only Keycloak takes it",
        "\"roles\": [\"osmo-user\", \"osmo-group1\"]|\"roles\": \"osmo-user\"|x-osmo-roles|reads no roles|not multivalued",
        "\"roles\"|\"rolls\"|x-osmo-roles|no roles but osmo-default|no claim roles",
        "osmo-group1|a,b|x-osmo-roles|do not arrive: a,b|a comma",
        "preferred_username|name|x-osmo-user|would not know who it is|the claim preferred_username is missing"})
    void whatIsWrongIsToldInWords(String before, String after, String about, String what, String cause)
            throws GeneralSecurityException {
        String claims = CLAIMS.replace(before, after);
        assertThat(claims).isNotEqualTo(CLAIMS);

        List<Check> failing = read(claims).stream().filter(check -> check.status() == Status.FAILS).toList();

        assertThat(failing).singleElement().satisfies(check -> {
            assertThat(check.about()).isEqualTo(about);
            assertThat(check.faults().getFirst().what()).contains(what);
            assertThat(check.faults().getFirst().cause()).contains(cause);
        });
    }

    @Test
    void onTheOldestLayoutATextInPlaceOfAListIsAnError() throws GeneralSecurityException {
        String claims = CLAIMS.replace("[\"osmo-user\", \"osmo-group1\"]", "\"osmo-user\"");

        assertThat(read(claims, Optional.of("6.2")).getLast().faults().getFirst().what()).contains("a Lua error");
    }

    @Test
    void eachProviderSaysWhyItWouldNotAcceptIt() throws GeneralSecurityException {
        List<Check> checks = read(CLAIMS.replace("\"osmo-device\"", "[\"osmo-browser\", \"account\"]")
                .replace("auth-osmo", "sso"));

        Check nobody = checks.stream()
                .filter(check -> check.about().startsWith("accepted by nobody"))
                .findFirst()
                .orElseThrow();
        assertThat(nobody.faults()).extracting(Fault::what)
                .containsExactly("not by the provider web UI (osmo-browser-flow)",
                        "not by the provider command line (osmo-device)", "not by the provider OSMO's own");
        assertThat(nobody.faults().get(1).cause()).isEqualTo("the issuer is https://sso.example.com/realms/osmo, not "
                + ISSUER + "; the audience is osmo-browser, account, not osmo-device");
        assertThat(nobody.faults().get(1).remedy()).contains("KC_HOSTNAME");
    }

    @Test
    void anAccessTokenIsAcceptedWhereItsAudienceIsAndToldApart() throws GeneralSecurityException {
        List<Check> checks = read(CLAIMS.replace("\"typ\": \"ID\"", "\"typ\": \"Bearer\"")
                .replace("\"osmo-device\"", "[\"osmo-browser-flow\", \"account\"]"));

        assertThat(new Proof(checks).holds()).isTrue();
        assertThat(checks).extracting(Check::about).contains("kind");
        assertThat(checks).contains(Check.works("accepted as", "web UI (osmo-browser-flow)"));
    }

    @Test
    void withoutAnIssuerTheAudienceAloneDecidesAndThatIsSaid() throws GeneralSecurityException {
        List<Check> checks = new TokenReading(Jwt.parse(issuer.token(CLAIMS)), Optional.empty(), Optional.empty(), NOW)
                .checks(Optional.empty());

        assertThat(checks.getFirst().status()).isEqualTo(Status.NOTE);
        assertThat(checks.get(2).says()).startsWith("command line (osmo-device); the issuer is not compared");
    }

    @Test
    void aSignatureOfSomebodyElseIsAFault() throws GeneralSecurityException {
        KeySet keys = KeySet.parse(new SignedTokens("ES256").keySet().getBytes(StandardCharsets.UTF_8), "");

        Check signature = new TokenReading(Jwt.parse(issuer.token(CLAIMS)), Optional.of(ISSUER), Optional.empty(), NOW)
                .checks(Optional.of(keys))
                .getFirst();

        assertThat(signature.faults().getFirst().cause()).isEqualTo("the signature is not of key one");
    }

    @Test
    void timesAreToldInTheUnitThatSaysMost() {
        assertThat(List.of(5, 65, 3 * 3600 + 60, 30 * 3600, 72 * 3600)).extracting(
                seconds -> TokenReading.length(Duration.ofSeconds(seconds)))
                .containsExactly("5 s", "1 min 5 s", "3 h 1 min", "30 h 0 min", "3 days");
    }
}
