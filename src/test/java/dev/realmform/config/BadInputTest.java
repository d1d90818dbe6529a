package dev.realmform.config;

import static dev.realmform.config.Folder.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Plan;
import dev.realmform.model.Value;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way to say the wrong thing in a document that can be read: what is said, where, and what to do. */
class BadInputTest {

    @TempDir
    private Path temp;

    private Folder folder;

    @BeforeEach
    void makeFolder() {
        folder = new Folder(temp);
    }

    private List<String> problems(String text) {
        return folder.with("r.yaml", text).problems("r.yaml");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            enabled: yes                           | enabled must be true or false, but is the text "yes"            | 10  enabled                 | Write true or false, without quotes.
            accessTokenLifespan: soon              | accessTokenLifespan must be a whole number, but is the text "soon" | 22  accessTokenLifespan | Write a whole number, without quotes.
            ssoSessionIdleTimeout: 1.5             | ssoSessionIdleTimeout must be a whole number, but is the number 1.5 | 24  ssoSessionIdleTimeout | Write a whole number, without quotes.
            displayName: "a\\ud800b"                | the text holds half of a character (an escape from \\ud800 to \\udfff) | 14  displayName           | Write both halves, or the character itself.
            displayName: [a]                       | displayName must be a text, but is a list                       | 14  displayName             | *
            clients: {a: {redirectUris: x}}        | redirectUris must be a list or a map, but is the text "x"       | 29  clients.a.redirectUris  | Write a list: [x].
            clients: {a: {redirectUris: [1]}}      | a member of redirectUris must be a text, but is the number 1    | 30  clients.a.redirectUris[0] | Write it in quotes.
            accessTokenLifespan: 99999999999       | accessTokenLifespan is too large                                | 22  accessTokenLifespan     | It is at most 2147483647.
            clients: {a: {secret: 12345}}          | secret must be a text, but is a number                          | 23  clients.a.secret        | Write it in quotes.
            users: {ada: }                         | ada must be a map, but is empty                                 | 13  users.ada               | Write {} for one without fields, or $delete: true to delete it.
            sslRequired: extrenal                  | sslRequired cannot be "extrenal"                                | 14  sslRequired             | It is one of none, external, all, NONE, EXTERNAL, ALL. Similar: EXTERNAL, external.
            groups: {/A: {$members: all}}          | $members cannot be the text "all"                               | 25  groups./A.$members      | *
            groups: {A: {}}                        | the key of a group is its path, and "A" is none                 | 10  groups.A                | Write "/A".
            groups: {/A//B/: {}}                   | the key of a group is its path, and "/A//B/" is none            | 10  groups./A//B/           | Write "/A/B".
            groups: {/A: {$members: }}             | $members must be a list or a map, but is empty                  | 24  groups./A.$members      | Write [] if it shall be empty, or remove the line.
            clients: {"a-$(var:b)": {}}            | a reference is replaced in values, and "a-$(var:b)" is a key    | 11  clients.a-$(var:b)      | Write the members as a list: - clientId: a-$(var:b).
            groups: {"/a-$(var:b)": {}}            | a reference is replaced in values, and "/a-$(var:b)" is a key   | 10  groups./a-$(var:b)      | Write the members as a list: - name: ….
            clients: {a b: x}                      | "a b" must be a map, but is a text                              | 16  clients."a b"           | *
            users: {ada: {groups: [[x]]}}          | a member of groups must be a text, but is a list                | 24  users.ada.groups[0]     | *
            users: {ada: {groups: [~]}}            | a member of groups must be a text, but is empty                 | 24  users.ada.groups[0]     | Write the value behind the dash, or remove the line.
            groups: {/A: {realmRoles: true}}       | realmRoles must be a list or a map, but is true                 | 27  groups./A.realmRoles    | *
            clients: [{name: x}]                   | clientId is missing: it is the name of this member              | 11  clients[0]              | Add it.
            clients: [x]                           | a member of this list is a map with clientId                    | 11  clients[0]              | Write - clientId: x.
            clients: {a: {clientId: b}}            | clientId differs from the key "a", which is the name already    | 25  clients.a.clientId      | Remove it; $was renames.
            """)
    void aWrongTypeIsNamedWithItsPath(String line, String what, String where, String remedy) {
        assertThat(problems("realm: r\n" + line + "\n")).singleElement()
                .asString()
                .startsWith(what + "\nr.yaml:2:" + where + "\n" + (remedy.equals("*") ? "" : remedy));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            attributes: {$protect: true}                    | $protect | 14  attributes.$protect
            clients: {a: {attributes: {$delete: true}}}     | $delete  | 28  clients.a.attributes.$delete
            users: {ada: {attributes: {$add: [x]}}}         | $add     | 28  users.ada.attributes.$add
            """)
    void aDirectiveAmongAttributesIsNone(String line, String directive, String where) {
        assertThat(problems("realm: r\n" + line + "\n")).containsExactly(
                said(directive + " is no directive here: it would be a name like those beside it", "r.yaml:2:" + where,
                        "Write it one level up, in the object that it is about, or take it out."));
    }

    @Test
    void otherNamesOfAttributesMayBeginWithADollar() {
        folder.with("r.yaml", "realm: r\nclients: {a: {$protect: true, attributes: {$mine: x}}}\n");

        assertThat(folder.load("r.yaml").notices()).isEmpty();
    }

    @Test
    void whatIsIgnoredAndNoFieldIsAWarning() {
        folder.with("r.yaml", """
                realm: r
                $ignore: [displayName, desplayName, smtpServer.host, attributes.any.thing]
                clients:
                  a:
                    $ignore: [attributes.x, protocolMappers.m.config.y, protocolMappers.m.konfig, nothingLikeIt]
                """);

        assertThat(folder.load("r.yaml").notices()).extracting(Plan.Notice::text)
                .containsExactly(
                        "$ignore names \"desplayName\", and no field \"desplayName\" is known there: it leaves nothing to"
                                + " others (r.yaml:2:24  $ignore[1]). Similar: displayName.",
                        "$ignore names \"protocolMappers.m.konfig\", and no field \"konfig\" is known there: it leaves"
                                + " nothing to others (r.yaml:5:57  clients.a.$ignore[2]). Similar: config.",
                        "$ignore names \"nothingLikeIt\", and no field \"nothingLikeIt\" is known there: it leaves nothing"
                                + " to others (r.yaml:5:83  clients.a.$ignore[3])");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            displaName: x                          | displaName  | 1  displaName               | Similar: displayName. Correct it, or remove it. If the server knows it: --allow-unknown displaName.
            clients: [{clientId: a, redirectUri: []}] | redirectUri | 25  clients[0].redirectUri | Similar: redirectUris. Correct it, or remove it. If the server knows it: --allow-unknown redirectUri.
            users: {ada: {firstname: A}}           | firstname   | 15  users.ada.firstname     | Similar: firstName, lastName. Correct it, or remove it. If the server knows it: --allow-unknown firstname.
            frobnicate: 1                          | frobnicate  | 1  frobnicate               | Remove it; or, if the server's version knows it, allow it: --allow-unknown frobnicate, or realmform.allowUnknown in the root file.
            """)
    void anUnknownKeyIsADoubtWithWhatMayBeMeant(String line, String key, String where, String remedy) {
        assertThat(folder.with("r.yaml", "realm: r\n" + line + "\n").doubts("r.yaml"))
                .containsExactly(said("unknown key \"" + key + "\"", "r.yaml:2:" + where, remedy));
    }

    @Test
    void aDoubtNamesThePathWithinTheDocument() {
        folder.with("r.yaml", "realm: r\nclients: [{clientId: a, redirectUri: []}]\n");

        assertThat(folder.load("r.yaml").doubts()).singleElement()
                .extracting(doubt -> doubt.realm() + " " + doubt.path() + " " + doubt.source())
                .isEqualTo("r clients.a.redirectUri r.yaml:2");
    }

    @Test
    void anUnknownKeyThatIsAllowedIsKept() {
        folder.with("r.yaml", "realm: r\nrealmform: {allowUnknown: [one]}\none: 1\ntwo: 2\n").allowUnknown("two");

        assertThat(folder.doubts("r.yaml")).isEmpty();
        assertThat(folder.realm("r.yaml").value().fields()).containsKeys("one", "two");
    }

    @Test
    void allUnknownKeysMayBeAllowedButTypingErrors() {
        folder.with("r.yaml", "realm: r\nfrobnicate: 1\ndisplaName: x\nclients: {a: {redirectUri: [], brandNew: 1}}\n")
                .allowUnknown("*");

        assertThat(folder.doubts("r.yaml")).extracting(text -> text.lines().findFirst().orElse(""))
                .containsExactly("unknown key \"displaName\"", "unknown key \"redirectUri\"");
        assertThat(folder.allowUnknown("displaName").allowUnknown("clients.*.redirect*").doubts("r.yaml")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"brandNew", "clients.\"a.b\".brandNew", "clients.*.brandNew", "clients.a*.brand*"})
    void anUnknownKeyIsAllowedByNameOrByPath(String allowed) {
        folder.with("r.yaml", "realm: r\nclients: {a.b: {brandNew: 1}}\n").allowUnknown(allowed);

        assertThat(folder.doubts("r.yaml")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*.brandNew", "clients.brandNew", "brand", "clients.b*.brandNew", "clients.*"})
    void anotherPathAllowsNothing(String allowed) {
        folder.with("r.yaml", "realm: r\nclients: {a.b: {brandNew: 1}}\n").allowUnknown(allowed);

        assertThat(folder.doubts("r.yaml")).hasSize(1);
    }

    @Test
    void aFlagOrANumberInQuotesIsOneWhereNoTextMayStand() {
        folder.with("r.yaml", """
                realm: r
                enabled: "true"
                accessTokenLifespan: '300'
                displayName: "true"
                attributes: {flag: "true", number: "300"}
                """);

        assertThat(folder.realm("r.yaml").value().without("realm").fields())
                .isEqualTo(Map.of("enabled", Value.bool(true),
                        "accessTokenLifespan", Value.num(300), "displayName", Value.text("true"), "attributes",
                        new Value.MapOf(Map.of("flag", Value.text("true"), "number", Value.text("300")))));
    }

    @ParameterizedTest
    @CsvSource({"clientsecret, clientSecret", "authorizationURL, authorizationUrl", "tokenUlr, tokenUrl",
        "client_id, clientId"})
    void aSettingOfAProviderThatLooksMistypedIsAWarning(String key, String meant) {
        folder.with("r.yaml", "realm: r\nidentityProviders: {corp: {providerId: oidc, config: {" + key + ": x}}}\n");

        assertThat(folder.load("r.yaml").notices()).singleElement()
                .extracting(Plan.Notice::text)
                .asString()
                .startsWith("\"" + key + "\" may be a typing error (r.yaml:2:")
                .contains("Similar: " + meant);
        assertThat(folder.allowUnknown(key).load("r.yaml").notices()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hostedDomain", "own.setting", "clientSecret", "kc.org.domain", "tenantId", "baseUrl",
        "apiUrl", "fetchedFields", "trustDomain", "bundleEndpoint", "sandbox", "requestEmail", "userIp",
        "offlineAccess"})
    void aSettingThatIsKnownOrIsAnotherIsFine(String key) {
        folder.with("r.yaml", "realm: r\nidentityProviders: {corp: {providerId: x, config: {" + key + ": x}}}\n");

        assertThat(folder.load("r.yaml").notices()).isEmpty();
    }

    @Test
    void anUnknownKeyOfOursIsAnErrorAtOnce() {
        assertThat(problems("realm: r\nclients: {a: {$wass: b}}\n")).containsExactly(said("unknown key \"$wass\"",
                "r.yaml:2:15  clients.a.$wass", "Similar: $was. Correct it, or remove it."));
    }

    @Test
    void whatComesLaterSaysSo() {
        assertThat(problems("""
                realm: r
                $templates: {}
                realmform: {environments: {}, realms: {}, teams: {}}
                clients: {a: {$like: b, $secretTo: c}}
                groups: {/A: {$members: [{user: ada, until: 2027-01-01}]}}
                """)).hasSize(7)
                .allSatisfy(problem -> assertThat(problem)
                        .matches("(?s)[$a-zA-Z]+ comes later: this version of realmform does not know it yet\n"
                                + "r.yaml:\\d+:\\d+  .*\nRemove it\\."));
    }

    @Test
    void valuesThatContradictEachOtherInOneFolderNameBothLines() {
        folder.with("d/a.yaml", "realm: r\naccessTokenLifespan: 300\n").with("d/b.yaml", "accessTokenLifespan: 600\n");

        assertThat(folder.problems("d"))
                .containsExactly(said("two values for accessTokenLifespan contradict each other",
                        "d/b.yaml:1:22  accessTokenLifespan", "The other one is at d/a.yaml:2. Keep one of them,"
                                + " or give each file an -f of its own: then the later one wins."));
    }

    @Test
    void errorsInTheSettingsAreNamed() {
        assertThat(problems("""
                realm: r
                realmform:
                  server: {ulr: x, timeout: soon, concurrency: 100, login: {passwrd: hunter2}}
                  manage: {clients: some}
                """)).containsExactly(
                said("unknown key \"ulr\"", "r.yaml:3:12  realmform.server.ulr",
                        "Similar: url. Correct it, or remove it."),
                said("timeout cannot be the text \"soon\"", "r.yaml:3:29  realmform.server.timeout",
                        "How long one request may take: a number with ms, s or m, or seconds as a plain number."),
                said("concurrency is too large", "r.yaml:3:48  realmform.server.concurrency", "It is at most 64."),
                said("unknown key \"passwrd\"", "r.yaml:3:61  realmform.server.login.passwrd",
                        "Similar: password. Correct it, or remove it."),
                said("clients cannot be the text \"some\"", "r.yaml:4:21  realmform.manage.clients",
                        "Clients, matched by client id."));
    }

    @Test
    void anotherFormatIsRefused() {
        assertThat(problems("realm: r\nrealmform: 2\n")).containsExactly(
                said("realmform takes a map of settings, or the number 1", "r.yaml:2:12  realmform",
                        "Write realmform: 1, or settings below it."));
    }

    @Test
    void allErrorsComeAtOnceInTheOrderOfFilesAndLines() {
        folder.with("b.yaml", "loginTheme: $(var:no)\nenabled: maybe\n")
                .with("a.yaml", "realm: r\nclients: {x: {publicClient: 1}}\nfrobnicate: 1\n");

        assertThat(folder.problems("b.yaml", "a.yaml")).extracting(text -> text.lines().skip(1).findFirst().orElse(""))
                .containsExactly("a.yaml:2:29  clients.x.publicClient", "a.yaml:3:1  frobnicate",
                        "b.yaml:1:13  loginTheme", "b.yaml:2:10  enabled");
    }

    @Test
    void theFirstFiftyErrorsAreShownAndTheRestIsCounted() {
        StringBuilder text = new StringBuilder("realm: r\nclients:\n");
        for (int i = 0; i < 60; i++) {
            text.append("  c").append(i).append(": {enabled: maybe}\n");
        }
        List<String> problems = problems(text.toString());

        assertThat(problems).hasSize(51);
        assertThat(problems.getLast()).isEqualTo(said("10 more problems, from this place on, are not shown",
                "r.yaml:53:18  clients.c50.enabled", "Correct these first."));
    }
}
