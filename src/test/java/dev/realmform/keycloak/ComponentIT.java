package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.model.Problem;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.TestRealm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Components on a real server; federations without their LDAP, which nothing here asks for. */
@ExtendWith(RealKeycloak.class)
class ComponentIT {

    private static final String LDAP = """
            "providerId": "ldap", "config": {"editMode": "READ_ONLY", "vendor": "other", "connectionUrl": "ldap://127.0.0.1:9",
              "usersDn": "ou=people,dc=x", "authType": "simple", "bindDn": "cn=admin", "bindCredential": "%s",
              "usernameLDAPAttribute": "uid", "rdnLDAPAttribute": "uid", "uuidLDAPAttribute": "entryUUID",
              "userObjectClasses": "inetOrgPerson"%s}""";

    private KeycloakServer server;
    private TestRealm realm;
    private LiveRealm live;

    @BeforeEach
    void open(TestRealm own, KeycloakServer running) {
        server = running;
        realm = own;
        live = new LiveRealm(server, realm.name());
    }

    @AfterEach
    void close() {
        live.close();
    }

    @Test
    void aFederationIsMadeWithItsMappersAndTheOnesOfKeycloakAreNotDoubled() {
        String document = federation(LDAP.formatted("bind-canary", ""), """
                {"email": {"providerId": "user-attribute-ldap-mapper", "config": {"ldap.attribute": ["workMail"]}},
                 "phone": {"providerId": "user-attribute-ldap-mapper",
                   "config": {"user.model.attribute": "phone", "ldap.attribute": "telephoneNumber"}}}""");

        assertThat(live.apply(document)).contains("create component/R/UserStorageProvider/ldap",
                "create sub-component/R/UserStorageProvider/ldap/LDAPStorageMapper/email",
                "create sub-component/R/UserStorageProvider/ldap/LDAPStorageMapper/phone");

        assertThat(live.plan(document)).isEmpty();
        assertThat(mappers()).containsExactlyInAnyOrder("username", "first name", "last name", "email", "creation date",
                "modify date", "Kerberos principal attribute mapper", "phone");
        assertThat(config("email").path("ldap.attribute").path(0).asText()).isEqualTo("workMail");
        assertThat(config("email").path("user.model.attribute").path(0).asText()).isEqualTo("email");
        assertThat(config("ldap").path("krbPrincipalAttribute").path(0).asText()).isEqualTo("krb5PrincipalName");
    }

    @Test
    void aSecretThatIsRotatedIsOneChangeAndThenNone() {
        live.apply(federation(LDAP.formatted("bind-canary-1", ""), "{}"));
        assertThat(live.plan(federation(LDAP.formatted("bind-canary-1", ""), "{}"))).isEmpty();

        assertThat(live.apply(federation(LDAP.formatted("bind-canary-2", ""), "{}")))
                .containsExactly("update component/R/UserStorageProvider/ldap: config.bindCredential");
        assertThat(live.plan(federation(LDAP.formatted("bind-canary-2", ""), "{}"))).isEmpty();

        assertThat(live.apply(federation(LDAP.formatted("${vault.ldap}", ""), "{}")))
                .containsExactly("update component/R/UserStorageProvider/ldap: config.bindCredential");
        assertThat(config("ldap").path("bindCredential").path(0).asText()).isEqualTo("${vault.ldap}");
        assertThat(live.plan(federation(LDAP.formatted("${vault.ldap}", ""), "{}"))).isEmpty();
    }

    @Test
    void settingsAndMappersOfOthersSurviveAnUpdate() {
        live.apply(federation(LDAP.formatted("x", ", \"priority\": 1"), "{}"));
        set("ldap", "connectionTimeout", "4000");
        post("theirs", id("ldap"), "org.keycloak.storage.ldap.mappers.LDAPStorageMapper", "hardcoded-attribute-mapper",
                "{\"user.model.attribute\": [\"a\"], \"attribute.value\": [\"b\"]}");

        assertThat(live.apply(federation(LDAP.formatted("x", ", \"priority\": 2"), "{}")))
                .containsExactly("update component/R/UserStorageProvider/ldap: config.priority");

        assertThat(config("ldap").path("connectionTimeout").path(0).asText()).isEqualTo("4000");
        assertThat(config("ldap").path("priority").path(0).asText()).isEqualTo("2");
        assertThat(mappers()).contains("theirs");
        assertThat(live.apply(federation(LDAP.formatted("x", ""), "{}")))
                .containsExactly("update component/R/UserStorageProvider/ldap: config.priority");
        assertThat(config("ldap").has("priority")).isFalse();
    }

    @Test
    void aMapperThatLeavesTheFileGoesAndOneWithAnotherProviderIsReplaced() {
        live.apply(federation(LDAP.formatted("x", ""), """
                {"a": {"providerId": "hardcoded-attribute-mapper", "config": {"user.model.attribute": "u", "attribute.value": "v"}},
                 "b": {"providerId": "hardcoded-attribute-mapper",
                   "config": {"user.model.attribute": "u", "attribute.value": "v"}}}"""));

        String document = federation(LDAP.formatted("x", ""), """
                {"b": {"providerId": "hardcoded-ldap-attribute-mapper",
                   "config": {"ldap.attribute.name": "u", "ldap.attribute.value": "v"}}}""");
        List<String> plan = live.apply(document);

        assertThat(plan).hasSize(2).contains("delete sub-component/R/UserStorageProvider/ldap/LDAPStorageMapper/a");
        assertThat(plan).anyMatch(line -> line.startsWith("replace sub-component/R/UserStorageProvider/ldap/"));
        assertThat(mappers()).contains("b").doesNotContain("a");
        assertThat(component("b").path("providerId").asText()).isEqualTo("hardcoded-ldap-attribute-mapper");
        assertThat(live.plan(document)).isEmpty();
    }

    @Test
    void aFederationGetsAnotherNameInPlaceWithAllThatIsInIt() {
        live.apply(federation(LDAP.formatted("x", ""),
                """
                {"a": {"providerId": "hardcoded-attribute-mapper", "config": {"user.model.attribute": "u", "attribute.value": "v"}}}"""));
        String id = id("ldap");

        live.apply("""
                {"components": {"org.keycloak.storage.UserStorageProvider": {"corp": {"$was": "ldap", %s, "subComponents": {
                  "LDAPStorageMapper": {"a": {"providerId": "hardcoded-attribute-mapper",
                    "config": {"user.model.attribute": "u2", "attribute.value": "v"}}}}}}}}"""
                .formatted(LDAP.formatted("x", "")));

        assertThat(id("corp")).isEqualTo(id);
        assertThat(config("a").path("user.model.attribute").path(0).asText()).isEqualTo("u2");
    }

    @Test
    void anotherProviderForAFederationIsRefused() {
        live.apply(federation(LDAP.formatted("x", ""), "{}"));

        assertThat(live.refused(federation("\"providerId\": \"kerberos\", \"config\": {}", "{}")))
                .extracting(Problem::what)
                .containsExactly("providerId of component/" + realm.name()
                        + "/UserStorageProvider/ldap cannot be changed in place");
    }

    @Test
    void aProviderThatTheServerDoesNotHaveIsFoundInThePlanWithItsPlace() {
        assertThat(live.refused(
                """
                {"components": {"UserStorageProvider": {"x": {"providerId": "lpad"}}, "com.example.Kind": {"y": {"providerId": "z"}}}}"""))
                .extracting(Problem::what, Problem::where, Problem::remedy)
                .containsExactly(
                        tuple("component/" + realm.name()
                                + "/UserStorageProvider/x needs the provider lpad of the kind UserStorageProvider, which"
                                + " this server does not have", "test.json:1:1  providerId",
                                "It has kerberos, ldap. Correct providerId, or install the provider on the server."),
                        tuple("component/" + realm.name()
                                + "/com.example.Kind/y needs the provider z of the kind com.example.Kind, which this"
                                + " server does not have", "test.json:1:1  providerId",
                                "It has none of that kind. Correct the kind, or install the provider on the server."));
    }

    @Test
    void aKerberosFederationIsMadeChangedAndGone() {
        String document = """
                {"components": {"UserStorageProvider": {"krb": {"providerId": "kerberos", "config": {
                  "kerberosRealm": "EXAMPLE.ORG", "serverPrincipal": "HTTP/a@EXAMPLE.ORG", "keyTab": "/etc/krb5.keytab",
                  "editMode": "UNSYNCED", "allowPasswordAuthentication": false}}}}}""";
        live.apply(document);
        assertThat(live.plan(document)).isEmpty();

        assertThat(live.apply(document.replace("/etc/krb5.keytab", "/etc/other.keytab")))
                .containsExactly("update component/R/UserStorageProvider/krb: config.keyTab");
        assertThat(live.apply("{}")).contains("delete component/R/UserStorageProvider/krb");
        assertThat(live.plan("{}")).isEmpty();
    }

    @Test
    void generatedKeysAreMadeOnceAndNeverTouchedAgain() {
        String document = """
                {"components": {"KeyProvider": {
                  "ec": {"providerId": "ecdsa-generated", "config": {"priority": 50, "ecdsaEllipticCurveKey": ["P-384"]}},
                  "hs": {"providerId": "hmac-generated", "config": {"priority": "50", "algorithm": ["HS384"], "secretSize": 128}},
                  "rsa-generated": {"config": {"priority": ["101"]}}}}}""";

        assertThat(live.apply(document)).contains("create component/R/KeyProvider/ec",
                "create component/R/KeyProvider/hs", "adopt component/R/KeyProvider/rsa-generated: config.priority");
        List<String> keys = keys();

        assertThat(live.plan(document)).isEmpty();
        live.apply(document.replace("50,", "60,"));
        assertThat(keys()).isEqualTo(keys);
    }

    @Test
    void settingsThatNoPlanCouldTellAreLeftAsideWithAWord() {
        String document = """
                {"components": {"KeyProvider": {"aes": {"providerId": "aes-generated",
                  "config": {"kid": ["k"], "secret": ["aes-canary"], "priority": ["7"]}}}}}""";

        live.apply(document);

        assertThat(live.leftAside()).singleElement()
                .asString()
                .startsWith("left aside, since each server generates its own: keys of aes")
                .doesNotContain("canary");
        assertThat(live.plan(document)).isEmpty();

        live.apply(document.replace("\"kid\"", "\"prioriti\""));
        assertThat(live.leftAside()).singleElement()
                .asString()
                .startsWith("left aside: prioriti, secret of component/");
    }

    @Test
    void policiesOfTheSameNameAreToldApartAndNeverDoubled() {
        String document = """
                {"components": {"org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy": [
                  {"name": "Allowed Client Scopes", "providerId": "allowed-client-templates", "subType": "anonymous",
                   "subComponents": {}, "config": {"allowed-client-scopes": ["profile", "email"]}},
                  {"name": "Allowed Client Scopes", "providerId": "allowed-client-templates", "subType": "authenticated",
                   "config": {"allow-default-scopes": ["false"]}},
                  {"name": "Trusted Hosts", "providerId": "trusted-hosts", "subType": "anonymous",
                   "config": {"trusted-hosts": {"$add": ["a.example"]}}}]}}""";

        assertThat(live.apply(document)).contains(
                "adopt component/R/ClientRegistrationPolicy/anonymous/Allowed Client Scopes: config.allowed-client-scopes",
                "adopt component/R/ClientRegistrationPolicy/anonymous/Trusted Hosts: config.trusted-hosts",
                "adopt component/R/ClientRegistrationPolicy/authenticated/Allowed Client Scopes:"
                        + " config.allow-default-scopes");
        assertThat(live.plan(document)).isEmpty();
        set("Trusted Hosts", "trusted-hosts", "a.example", "b.example");
        assertThat(live.plan(document)).isEmpty();
        live.apply(document.replace("a.example", "c.example"));
        assertThat(texts(config("Trusted Hosts").path("trusted-hosts"))).contains("b.example", "c.example");
        assertThat(components().filter(one -> one.path("name").asText().equals("Trusted Hosts"))).hasSize(1);
    }

    @Test
    void whatComesWithANewRealmIsChangedInPlace(AdminApi admin) {
        String name = realm.name() + "-anew";
        try (LiveRealm anew = new LiveRealm(server, name)) {
            String document = """
                    {"enabled": true, "components": {
                      "KeyProvider": {"rsa-generated": {"providerId": "rsa-generated", "config": {"priority": ["200"]}}},
                      "UserStorageProvider": {"ldap": {%s}}}}""".formatted(LDAP.formatted("x", ""));

            anew.apply(document);

            assertThat(anew.plan(document)).isEmpty();
            assertThat(admin.get(name + "/components?name=rsa-generated")).hasSize(1);
        } finally {
            admin.delete(name);
        }
    }

    @Test
    void theComponentsOfAnExportOfAnOlderServerAreInStepAfterAnApplyToAnEmptyServer(AdminApi admin) throws IOException {
        String document = export("components-26.1.json");
        String name = realm.name() + "-anew";
        try (LiveRealm anew = new LiveRealm(server, name)) {
            assertThat(anew.apply(document)).hasSize(15).contains("create component/R/KeyProvider/hmac-generated");

            assertThat(anew.leftAside()).isEmpty();
            assertThat(anew.plan(document)).isEmpty();
            assertThat(admin.get(name + "/components?type=org.keycloak.keys.KeyProvider")).hasSize(5);
        } finally {
            admin.delete(name);
        }
    }

    private static String export(String file) throws IOException {
        try (InputStream stream = Objects.requireNonNull(ComponentIT.class.getResourceAsStream("/exports/" + file))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void anAuthoritativeCollectionKeepsWhatIsBuiltInTheProfileAndTheMappersOfKeycloak() {
        live.apply(federation(LDAP.formatted("x", ""), "{}").replace("{\"components\"",
                "{\"userProfile\": {\"attributes\": {\"a\": {}}}, \"components\""));
        post("theirs", "", "org.keycloak.keys.KeyProvider", "aes-generated", "{}");
        live.manage(Map.of("components", List.of("*")));

        assertThat(live.plan(federation(LDAP.formatted("x", ""), "{}")))
                .containsExactly("delete component/R/KeyProvider/theirs", "forget user-profile/R");
    }

    @Test
    void twoComponentsOfOneNameAreNotGuessedAt() {
        String kind = "org.keycloak.keys.KeyProvider";
        post("twin", "", kind, "hmac-generated", "{\"algorithm\": [\"HS256\"]}");
        post("twin", "", kind, "hmac-generated", "{\"algorithm\": [\"HS384\"]}");

        assertThat(live.plan("{\"components\": {\"KeyProvider\": {\"rsa-generated\": {}}}}")).isNotEmpty();
        assertThatThrownBy(() -> live.plan("{\"components\": {\"KeyProvider\": {\"twin\": {}}}}"))
                .hasMessageContaining("there are several components component/" + realm.name() + "/KeyProvider/twin");
    }

    @Test
    void aPlanOfComponentsCostsOneRequestForAllOfThem() {
        String document = federation(LDAP.formatted("x", ""), "{}");
        live.apply(document);
        live.requests();

        assertThat(live.plan(document)).isEmpty();

        assertThat(live.requests()).filteredOn(request -> request.contains("R"))
                .containsExactlyInAnyOrder(
                        "GET /admin/realms/R", "GET /admin/realms/R/components");
    }

    private static String federation(String fields, String mappers) {
        return """
                {"components": {"org.keycloak.storage.UserStorageProvider": [
                  {"name": "ldap", %s, "subComponents": {"LDAPStorageMapper": %s}}]}}""".formatted(fields, mappers);
    }

    private Stream<JsonNode> components() {
        return StreamSupport.stream(realm.get("components").spliterator(), false);
    }

    private JsonNode component(String name) {
        return components().filter(one -> one.path("name").asText().equals(name)).findFirst().orElseThrow();
    }

    private JsonNode config(String name) {
        return component(name).path("config");
    }

    private String id(String name) {
        return component(name).path("id").asText();
    }

    private List<String> mappers() {
        return components().filter(one -> one.path("providerType").asText().endsWith("LDAPStorageMapper"))
                .map(one -> one.path("name").asText())
                .toList();
    }

    private List<String> keys() {
        return realm.get("keys").path("keys").findValuesAsText("kid").stream().sorted().toList();
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
    }

    private void set(String name, String key, String... values) {
        JsonNode there = component(name);
        ObjectNode body = there.deepCopy();
        ArrayNode list = body.putObject("config").putArray(key);
        Stream.of(values).forEach(list::add);
        realm.put("components/" + there.path("id").asText(), body.toString());
    }

    private void post(String name, String parent, String kind, String provider, String config) {
        realm.post("components", """
                {"name": "%s", %s "providerType": "%s", "providerId": "%s", "config": %s}""".formatted(name,
                parent.isEmpty() ? "" : "\"parentId\": \"" + parent + "\",", kind, provider, config));
    }
}
