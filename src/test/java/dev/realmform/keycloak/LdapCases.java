package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.model.Problem;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.TestRealm;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A federation is right if people of the directory can log in through it: a Keycloak and an LDAP server, both real. */
@ExtendWith(RealKeycloak.class)
abstract class LdapCases {

    private KeycloakServer server;
    private TestRealm realm;
    private LiveRealm live;
    private Directory directory;

    abstract Directory start() throws Exception;

    @BeforeEach
    void open(TestRealm own, KeycloakServer running) throws Exception {
        server = running;
        realm = own;
        live = new LiveRealm(server, realm.name());
        directory = start();
        directory.fill("bind-canary-1");
    }

    @AfterEach
    void close() {
        live.close();
        directory.close();
    }

    @Test
    void peopleOfTheDirectoryLogInThroughAFederationThatAnApplyMade() throws Exception {
        live.apply(federation("bind-canary-1", ""));

        assertThat(login("ada", "ada-password")).isTrue();
        assertThat(login("ada", "wrong")).isFalse();

        JsonNode ada = realm.get("users?username=ada&exact=true").path(0);
        assertThat(ada.path("email").asText()).isEqualTo("ada@example.org");
        assertThat(ada.path("attributes").path("phone").path(0).asText()).isEqualTo("5550100");
        assertThat(live.plan(federation("bind-canary-1", ""))).isEmpty();
    }

    @Test
    void afterASynchronisationNothingIsLeftToDo() {
        String document = federation("bind-canary-1", ", \"fullSyncPeriod\": 86400");
        live.apply(document);

        realm.post("user-storage/" + id() + "/sync?action=triggerFullSync", "");

        assertThat(realm.get("users")).hasSize(3);
        assertThat(live.plan(document)).isEmpty();
        realm.put("components/" + id(),
                federated().toString().replace("\"config\":{", "\"config\":{\"lastSync\":[\"1\"],"));
        assertThat(live.plan(document)).isEmpty();
    }

    @Test
    void aRotatedBindPasswordIsWrittenOnceAndAnotherSettingKeepsIt() throws Exception {
        live.apply(federation("bind-canary-1", ""));
        directory.rotate("bind-canary-2");
        assertThat(login("grace", "grace-password")).isFalse();

        assertThat(live.apply(federation("bind-canary-2", "")))
                .containsExactly("update component/R/UserStorageProvider/corp: config.bindCredential");
        assertThat(login("grace", "grace-password")).isTrue();
        assertThat(live.plan(federation("bind-canary-2", ""))).isEmpty();

        assertThat(live.apply(federation("bind-canary-2", ", \"connectionTimeout\": 3000, \"fullSyncPeriod\": 86400")))
                .containsExactly("update component/R/UserStorageProvider/corp: config.connectionTimeout,"
                        + " config.fullSyncPeriod");
        assertThat(login("alan", "alan-password")).isTrue();
    }

    @Test
    void deletingAFederationSaysHowManyUsersGoWithIt() throws Exception {
        live.apply(federation("bind-canary-1", ""));
        assertThat(live.warnings(deletion())).containsExactly("no user came through it so far");
        assertThat(login("ada", "ada-password")).isTrue();
        assertThat(live.warnings(deletion())).singleElement().asString().startsWith("1 user that came through it is");
        realm.post("user-storage/" + id() + "/sync?action=triggerFullSync", "");

        assertThat(live.warnings(deletion())).containsExactly("3 users that came through it are deleted with it: their"
                + " roles, groups, consents and sessions are lost");

        live.apply(deletion());
        assertThat(realm.get("users")).isEmpty();
        assertThat(live.plan(deletion())).isEmpty();
    }

    @Test
    void theUsersOfADirectoryThatIsGoneAreCountedAllTheSame() throws Exception {
        live.apply(federation("bind-canary-1", ""));
        realm.post("user-storage/" + id() + "/sync?action=triggerFullSync", "");
        directory.close();

        assertThat(live.warnings(deletion())).singleElement()
                .asString()
                .startsWith(RealKeycloak.isOlderThan("26.4")
                        ? "all users that came through it are deleted with it; the server cannot count them"
                        : "3 users that came through it are");
    }

    @Test
    void mappersOfOthersAreNotTakenAlongWithoutAWord() {
        live.apply(federation("bind-canary-1", ""));
        realm.post("components", """
                {"name": "theirs", "parentId": "%s", "providerId": "hardcoded-attribute-mapper",
                 "providerType": "org.keycloak.storage.ldap.mappers.LDAPStorageMapper",
                 "config": {"user.model.attribute": ["a"], "attribute.value": ["b"]}}""".formatted(id()));

        assertThat(live.refused(deletion())).extracting(Problem::what)
                .containsExactly(
                        "deleting component/" + realm.name() + "/UserStorageProvider/corp would take along what is"
                                + " not ours:\n  sub-component/" + realm.name()
                                + "/UserStorageProvider/corp/LDAPStorageMapper/theirs");
    }

    private String federation(String password, String more) {
        return """
                {"userProfile": {"attributes": {"phone": {"permissions": {"view": ["admin"], "edit": ["admin"]}}}},
                 "components": {"UserStorageProvider": {"corp": {"providerId": "ldap",
                  "config": {"editMode": "READ_ONLY", "vendor": "other", "connectionUrl": "%s", "usersDn": "%s",
                    "authType": "simple", "bindDn": "%s", "bindCredential": "%s", "usernameLDAPAttribute": "uid",
                    "rdnLDAPAttribute": "uid", "uuidLDAPAttribute": "entryUUID", "userObjectClasses": "inetOrgPerson"%s},
                  "subComponents": {"LDAPStorageMapper": {"phone": {"providerId": "user-attribute-ldap-mapper",
                    "config": {"user.model.attribute": "phone", "ldap.attribute": "telephoneNumber", "read.only": true}}}}}}}}"""
                .formatted(directory.url(), Directory.PEOPLE, Directory.READER, password, more);
    }

    private static String deletion() {
        return "{\"components\": {\"UserStorageProvider\": {\"corp\": {\"$delete\": true}}}}";
    }

    private JsonNode federated() {
        return StreamSupport.stream(realm.get("components").spliterator(), false)
                .filter(component -> component.path("name").asText().equals("corp"))
                .findFirst()
                .orElseThrow();
    }

    private String id() {
        return federated().path("id").asText();
    }

    private boolean login(String user, String password) throws Exception {
        String form = String.join("&", List.of("grant_type=password", "client_id=admin-cli", "username=" + user,
                "password=" + URLEncoder.encode(password, StandardCharsets.UTF_8)));
        HttpRequest request = HttpRequest
                .newBuilder(URI.create(server.url() + "/realms/" + realm.name() + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        }
    }
}
