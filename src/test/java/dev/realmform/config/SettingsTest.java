package dev.realmform.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    @TempDir
    private Path temp;

    private Folder folder;

    @BeforeEach
    void makeFolder() {
        folder = new Folder(temp);
    }

    private Settings settings(String section) {
        return folder.with("r.yaml", "realm: r\nrealmform: " + section + "\n").load("r.yaml").settings();
    }

    @Test
    void nothingSaidMeansTheDefaults() {
        Settings settings = settings("1");

        assertThat(settings.server().url()).isEmpty();
        assertThat(settings.server().realm()).isEqualTo("master");
        assertThat(settings.server().login().clientId()).isEqualTo("admin-cli");
        assertThat(settings.server().timeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.server().concurrency()).isEqualTo(4);
        assertThat(settings.server().insecureTls()).isFalse();
        assertThat(settings.state()).isEmpty();
    }

    @Test
    void theFileSaysAllOfIt() {
        Settings settings = folder.env("SECRET", "s3").with("r.yaml", """
                realm: r
                realmform:
                  server:
                    url: https://$(var:host)/
                    realm: admin
                    login: {clientId: me, clientSecret: $(secret:login), username: ada}
                    caFile: ca.pem
                    insecureTls: true
                    timeout: 90s
                    concurrency: 8
                    version: 26.0
                  state: {file: s.json}
                  vars: {host: sso.example.com}
                  secrets: {login: {env: SECRET}}
                  manage: {clients: [pay-*], users: full}
                  allowUnknown: [newField]
                """).load("r.yaml").settings();

        assertThat(settings.server().url()).contains("https://sso.example.com");
        assertThat(settings.server().realm()).isEqualTo("admin");
        assertThat(settings.server().login().clientId()).isEqualTo("me");
        assertThat(settings.server().login().clientSecret()).contains(Secret.of("s3", ""));
        assertThat(settings.server().login().username()).contains("ada");
        assertThat(settings.server().caFile()).contains(folder.path().resolve("ca.pem").toString());
        assertThat(settings.server().insecureTls()).isTrue();
        assertThat(settings.server().timeout()).isEqualTo(Duration.ofSeconds(90));
        assertThat(settings.server().concurrency()).isEqualTo(8);
        assertThat(settings.server().version()).contains("26.0");
        assertThat(settings.state()).contains(new StatePlace.File(folder.path().resolve("s.json").toString()));
        assertThat(settings.manage().covers("clients", "pay-portal")).isTrue();
        assertThat(settings.manage().covers("clients", "portal")).isFalse();
        assertThat(settings.manage().covers("users", "anybody")).isTrue();
        assertThat(settings.allowUnknown()).containsExactly("newField");
    }

    private StatePlace.Http http(String section) {
        return (StatePlace.Http) settings(section).state().orElseThrow();
    }

    @Test
    void aStateOnAServerIsAnAddressOrAnObjectWithMore() {
        StatePlace.Http plain = http("{state: {http: https://states.example/retail}}");
        assertThat(plain.url()).isEqualTo("https://states.example/retail");
        assertThat(plain.locks()).isTrue();
        assertThat(plain.timeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(plain.retries()).isEqualTo(4);

        StatePlace.Http full = http("""
                {secrets: {s: {env: STATE}}, state: {http: {url: "https://states.example/x", lock: false, retries: 0,
                 lockAddress: "https://states.example/l", unlockMethod: DELETE, username: ci, password: $(secret:s),
                 headers: {PRIVATE-TOKEN: abc}, caFile: ca.pem, timeout: 5s}}}""");
        assertThat(full.locks()).isFalse();
        assertThat(full.lockAddress()).contains("https://states.example/l");
        assertThat(full.unlockMethod()).contains("DELETE");
        assertThat(full.login().password()).contains(Secret.notGiven("$(secret:s)"));
        assertThat(full.login().headers()).containsEntry("PRIVATE-TOKEN", Secret.of("abc", ""));
        assertThat(full.tls().caFile()).contains(folder.path().resolve("ca.pem").toString());
        assertThat(full.timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(full.retries()).isZero();
    }

    @Test
    void aPathInTheFileStartsAtItsFolderAndOneFromOutsideAtTheWorkingDirectory() {
        folder.env("KEYCLOAK_CA_FILE", "variable.pem");
        Server server = settings("{server: {caFile: ca.pem, clientKey: keys/k.pem, clientCert: /etc/c.pem}}").server();
        assertThat(server.caFile()).contains("variable.pem");
        assertThat(server.clientKey()).contains(folder.path().resolve("keys/k.pem").toString());
        assertThat(server.clientCert()).contains("/etc/c.pem");
    }

    @Test
    void aLoginForTheStateGoesOnlyToTheAddressItWasWrittenFor() {
        String section = "{state: {http: {url: https://file.example/s, username: file, password: p, lockMethod: PUT}}}";
        assertThat(http(section).login().username()).contains("file");
        folder.env("REALMFORM_STATE", "https://variable.example/s").env("REALMFORM_STATE_TOKEN", "t");
        assertThat(http(section).url()).isEqualTo("https://variable.example/s");
        assertThat(http(section).login().username()).isEmpty();
        assertThat(http(section).lockMethod()).isEmpty();
        assertThat(http(section).login().token()).contains(Secret.of("t", ""));
        folder.setting("state.file", "https://file.example/s");
        assertThat(http(section).login().username()).contains("file");
        folder.setting("state.file", "local.json");
        assertThat(settings(section).state()).contains(new StatePlace.File("local.json"));
    }

    @Test
    void aStateInAClusterIsNamedByTheFileOrAnOptionAndItsContextHoldsForItAlone() {
        String section = "{state: {kubernetes: {namespace: sso, name: retail-state, context: prod}}}";
        StatePlace own = new StatePlace.Kubernetes("sso", "retail-state", Optional.of("prod"));
        assertThat(settings(section).state()).contains(own);
        folder.setting("state.file", "kubernetes:sso/retail-state");
        assertThat(settings(section).state()).contains(own);
        folder.setting("state.file", "kubernetes:sso/other");
        assertThat(settings(section).state()).contains(new StatePlace.Kubernetes("sso", "other", Optional.empty()));
        folder.setting("state.file", "kubernetes:sso/retail-state@kind@here");
        StatePlace.Kubernetes named = new StatePlace.Kubernetes("sso", "retail-state", Optional.of("kind@here"));
        assertThat(settings(section).state()).contains(named);
        assertThat(named.option()).isEqualTo("kubernetes:sso/retail-state@kind@here");
        folder.setting("state.file", "https://server.example/s");
        assertThat(settings(section).state()).get().isInstanceOf(StatePlace.Http.class);
        folder.setting("state.file", "local.json");
        assertThat(settings(section).state()).contains(new StatePlace.File("local.json"));
    }

    @Test
    void anUntrustedFileDoesNotSayWhichClusterHoldsTheState() {
        folder.untrusted();
        assertThat(settings("{state: {kubernetes: {namespace: evil, name: s}}}").state()).isEmpty();
        folder.env("REALMFORM_STATE", "kubernetes:sso/s");
        assertThat(settings("{state: {kubernetes: {namespace: sso, name: s, context: evil}}}").state())
                .contains(new StatePlace.Kubernetes("sso", "s", Optional.empty()));
    }

    @Test
    void terraformsVariablesCountOnlyForTheAddressThatTheyAreAbout() {
        folder.env("TF_HTTP_ADDRESS", "https://tf.example/s")
                .env("TF_HTTP_USERNAME", "tf")
                .env("TF_HTTP_PASSWORD", "secret")
                .env("TF_HTTP_LOCK_ADDRESS", "https://tf.example/lock");
        assertThat(settings("1").state()).isEmpty();
        assertThat(http("{state: {http: https://ours.example/s}}").login().username()).isEmpty();
        assertThat(http("{state: {http: https://ours.example/s}}").lockAddress()).isEmpty();
        assertThat(http("{state: {http: https://tf.example/s}}").login().username()).contains("tf");
        assertThat(http("{state: {http: https://tf.example/s}}").lockAddress()).contains("https://tf.example/lock");
    }

    @Test
    void anUntrustedFileDoesNotSayWhereTheStateIs() {
        folder.untrusted();
        assertThat(settings("{state: {http: {url: https://evil.example/s, lockAddress: https://evil.example/l}}}")
                .state()).isEmpty();
        folder.env("REALMFORM_STATE", "https://ours.example/s").env("REALMFORM_STATE_USERNAME", "ci");
        StatePlace.Http place = http(
                "{state: {http: {url: https://ours.example/s, lockAddress: https://evil.example/l}}}");
        assertThat(place.lockAddress()).isEmpty();
        assertThat(place.login().username()).contains("ci");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            500ms | 500
            30s   | 30000
            2m    | 120000
            1.5s  | 1500
            30    | 30000
            0.25  | 250
            """)
    void aTimeoutIsADuration(String written, long milliseconds) {
        assertThat(settings("{server: {timeout: " + written + "}}").server().timeout())
                .isEqualTo(Duration.ofMillis(milliseconds));
    }

    @Test
    void aVariableGoesBeforeTheFileAndAnOptionBeforeBoth() {
        String section = "{server: {url: https://file, login: {clientId: file}}}";

        assertThat(settings(section).server().url()).contains("https://file");
        folder.env("KEYCLOAK_URL", "https://variable").env("KEYCLOAK_CLIENT_ID", "variable");
        assertThat(settings(section).server().url()).contains("https://variable");
        folder.setting("server.url", "https://option");
        assertThat(settings(section).server().url()).contains("https://option");
        assertThat(settings(section).server().login().clientId()).isEqualTo("variable");
    }

    @Test
    void everyKeycloakVariableIsTaken() {
        folder.env("KEYCLOAK_REALM", "a")
                .env("KEYCLOAK_CLIENT_SECRET", "b")
                .env("KEYCLOAK_ASSERTION", "c")
                .env("KEYCLOAK_USER", "d")
                .env("KEYCLOAK_PASSWORD", "e")
                .env("KEYCLOAK_TOKEN", "f")
                .env("KEYCLOAK_CA_FILE", "g");
        Server server = settings("1").server();
        Login login = server.login();

        assertThat(server.realm()).isEqualTo("a");
        assertThat(login.clientSecret().map(Secret::reveal)).contains("b");
        assertThat(login.assertion().map(Secret::reveal)).contains("c");
        assertThat(login.username()).contains("d");
        assertThat(login.password().map(Secret::reveal)).contains("e");
        assertThat(login.token().map(Secret::reveal)).contains("f");
        assertThat(server.caFile()).contains("g");
        assertThat(folder.env("KEYCLOAK_USERNAME", "x").load("r.yaml").settings().server().login().username())
                .contains("x");
    }
}
