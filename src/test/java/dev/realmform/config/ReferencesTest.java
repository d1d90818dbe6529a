package dev.realmform.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Address;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferencesTest {

    @TempDir
    private Path temp;

    private Folder folder;

    @BeforeEach
    void makeFolder() {
        folder = new Folder(temp).env("SHA", "abc").env("TTL", "300").env("EMPTY", "").env("PW", "hunter2");
    }

    private Value.MapOf load(String document) {
        return folder.with("r.yaml", """
                realm: r
                realmform:
                  vars: {n: 5, t: true, v: 1.10, text: abc, nested: "<$(var:text)>", uris: [a, b], bag: {k: v}, none: null}
                  env: [SHA, TTL, EMPTY, UNSET]
                  secrets: {pw: {env: PW}, hole: {env: NO_SUCH}, disk: {file: disk.txt}}
                """ + document).realm("r.yaml").value();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            $(var:text)                | abc
            x$(var:text)y              | xabcy
            n=$(var:n)                 | n=5
            t=$(var:t)                 | t=true
            v$(var:v)                  | v1.10
            $(var:nested)              | <abc>
            a$(var:none)b              | ab
            $(env:SHA)                 | abc
            $(env:UNSET:-x)            | x
            $(env:EMPTY:-x)            | x
            $(env:UNSET:-)             | ''
            $(env:UNSET:-$(var:text))  | abc
            $(env:UNSET:-a:-b)         | a:-b
            $$(var:text)               | $(var:text)
            ${role_admin}              | ${role_admin}
            $x $ ( $                   | $x $ ( $
            """)
    void aTextIsReplaced(String written, String expected) {
        assertThat(load("displayName: '" + written + "'\n").text("displayName")).contains(expected);
    }

    @Test
    void aValueThatIsOnlyAReferenceKeepsItsType() {
        Value.MapOf realm = load("""
                accessTokenLifespan: $(var:n)
                enabled: $(var:t)
                attributes: {v: $(var:v)}
                clients: {a: {redirectUris: $(var:uris), attributes: $(var:bag)}}
                """);

        assertThat(realm.get("accessTokenLifespan")).contains(Value.num(5));
        assertThat(realm.get("enabled")).contains(Value.bool(true));
        assertThat(realm.map("attributes").get("v")).contains(new Value.Num(new BigDecimal("1.1")));
        assertThat(realm.map("clients").map("a").texts("redirectUris")).containsExactly("a", "b");
        assertThat(realm.map("clients").map("a").map("attributes").text("k")).contains("v");
    }

    @Test
    void whatComesFromOutsideGetsTheTypeOfItsField() {
        folder.var("on", "true").var("ttl", "60");
        Value.MapOf realm = load("""
                accessTokenLifespan: $(env:TTL)
                ssoSessionIdleTimeout: $(var:ttl)
                enabled: $(var:on)
                displayName: $(env:TTL)
                attributes: {ttl: $(env:TTL)}
                """);

        assertThat(realm.get("accessTokenLifespan")).contains(Value.num(300));
        assertThat(realm.get("ssoSessionIdleTimeout")).contains(Value.num(60));
        assertThat(realm.get("enabled")).contains(Value.bool(true));
        assertThat(realm.get("displayName")).contains(Value.text("300"));
        assertThat(realm.map("attributes").get("ttl")).contains(Value.text("300"));
    }

    @Test
    void anOptionGoesBeforeTheFile() {
        assertThat(folder.var("text", "given").with("x", "").path()).isNotNull();
        assertThat(load("displayName: $(var:text)\nloginTheme: $(var:nested)\n").fields())
                .containsEntry("displayName", Value.text("given"))
                .containsEntry("loginTheme", Value.text("<given>"));
    }

    @Test
    void keysAreNeverReplaced() {
        assertThat(load("attributes: {'$(var:text)': x}\n").map("attributes").fields()).containsKey("$(var:text)");
    }

    @Test
    void aNameInAListMayHoldVariables() {
        assertThat(load("clients: [{clientId: 'app-$(var:text)', name: x}]\n").map("clients").fields())
                .containsOnlyKeys("app-abc");
    }

    @Test
    void aVariableMayHoldAWholeMember() {
        folder.with("s.yaml", """
                realm: r
                realmform: {vars: {common: {clientId: a, name: x}, all: [{clientId: b}, {clientId: c}]}}
                clients: [$(var:common)]
                ---
                realm: s
                clients: $(var:all)
                """);

        assertThat(folder.load("s.yaml").resources().values()).extracting(it -> it.value()
                .map("clients")
                .fields()
                .keySet()
                .toString()).containsExactly("[a]", "[b, c]");
    }

    @Test
    void aFileIsReadFromTheRootFilesFolder() {
        folder.with("conf/r.yaml", "realm: r\ndisplayName: $(file:texts/name.txt)\n")
                .with("conf/texts/name.txt", "line one\nline two\n");

        assertThat(folder.realm("conf/r.yaml").value().text("displayName")).contains("line one\nline two");
    }

    @Test
    void secretsAreWrappedAndSayWhereTheyComeFrom() {
        folder.with("disk.txt", "from disk\n");
        Value.MapOf clients = load("""
                clients:
                  a: {secret: $(secret:pw)}
                  b: {secret: "<$(secret:pw)>"}
                  c: {secret: $(env:PW)}
                  d: {secret: literal}
                  e: {secret: $(secret:disk)}
                  f: {secret: $(var:text)}
                """).map("clients");

        assertSecret(clients, "a", "hunter2", "$(secret:pw)");
        assertSecret(clients, "b", "<hunter2>", "<$(secret:pw)>");
        assertSecret(clients, "c", "hunter2", "$(env:PW)");
        assertSecret(clients, "d", "literal", "$(literal:r.yaml:10)");
        assertSecret(clients, "e", "from disk", "$(secret:disk)");
        assertSecret(clients, "f", "abc", "$(literal:r.yaml:12)");
    }

    private static void assertSecret(Value.MapOf clients, String name, String content, String reference) {
        Secret secret = (Secret) clients.map(name).get("secret").orElseThrow();
        assertThat(secret.reveal()).isEqualTo(content);
        assertThat(secret.reference()).isEqualTo(reference);
    }

    @Test
    void aSecretThatIsNotThereIsAHole() {
        Value.MapOf clients = load("""
                clients:
                  a: {secret: $(secret:hole)}
                  b: {secret: "<$(secret:hole)>"}
                  c: {secret: $(env:NO_SUCH)}
                  d: {secret: $(env:NO_SUCH:-x)}
                  e: {secret: $(secret:disk)}
                """).map("clients");

        assertThat(clients.map("a").get("secret")).contains(Secret.notGiven("$(secret:hole)"));
        assertThat(clients.map("b").get("secret")).contains(Secret.notGiven("<$(secret:hole)>"));
        assertThat(clients.map("c").get("secret")).contains(Secret.notGiven("$(env:NO_SUCH)"));
        assertThat(((Secret) clients.map("d").get("secret").orElseThrow()).reveal()).isEqualTo("x");
        assertThat(clients.map("e").get("secret")).contains(Secret.notGiven("$(secret:disk)"));
    }

    @Test
    void aSecretMarksAFreeKeyAsSecret() {
        Value.MapOf client = load("clients: {a: {attributes: {key: $(secret:pw), other: plain}}}\n").map("clients")
                .map("a")
                .map("attributes");

        assertThat(client.get("key")).contains(Secret.of("hunter2", "$(secret:pw)"));
        assertThat(client.get("other")).contains(Value.text("plain"));
    }

    @Test
    void theVaultAndTheEmptyTextAreNoSecrets() {
        Value.MapOf clients = load("clients: {a: {secret: '${vault.key}'}, b: {secret: ''}, c: {secret: null}}\n")
                .map("clients");

        assertThat(clients.map("a").get("secret")).contains(Value.text("${vault.key}"));
        assertThat(clients.map("b").get("secret")).contains(Value.text(""));
        assertThat(clients.map("c").get("secret")).contains(Value.NULL);
    }

    @Test
    void aValueOfTheFutureNamesItsResource() {
        assertThat(load("clients: {a: {description: '$(ref:client/r/\"a/b.c\".secret)'}}\n").map("clients")
                .map("a")
                .get("description")).contains(new Value.Unknown(Address.of("client", "r", "a/b.c"), "secret"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            x$(ref:client/r/a.secret) | $(ref:client/r/a.secret) is no text and cannot stand inside of one
            $(ref:client)             | $(ref:client) names no field of a resource
            $(ref:client.secret)      | $(ref:client.secret) names no resource
            x$(var:uris)              | $(var:uris) is no text and cannot stand inside of one
            """)
    void aReferenceThatDoesNotFitIsNamed(String written, String what) {
        folder.with("r.yaml", "realm: r\nrealmform: {vars: {uris: [a]}}\ndisplayName: '" + written + "'\n");

        assertThat(folder.problems("r.yaml")).singleElement()
                .asString()
                .startsWith(what + "\nr.yaml:3:14  displayName");
    }

    @Test
    void theEnvironmentIsNotReadBehindAnEscape() {
        assertThat(load("displayName: $$(env:PW)\n").text("displayName")).contains("$(env:PW)");
    }
}
