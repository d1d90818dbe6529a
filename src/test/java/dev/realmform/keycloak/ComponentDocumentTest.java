package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.json.Json;
import dev.realmform.model.Address;
import dev.realmform.model.Origin;
import dev.realmform.model.Path;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Secret;
import dev.realmform.model.Source;
import dev.realmform.model.Value;
import dev.realmform.provider.Expansion;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the sections of components and of the user profile declare. */
class ComponentDocumentTest {

    @Test
    void componentsAreKnownByKindAndNameAndWhatLiesInThemByTheirs() {
        assertThat(addresses("""
                {"org.keycloak.storage.UserStorageProvider": [{"id": "1", "name": "ldap", "providerId": "ldap",
                   "subComponents": {"org.keycloak.storage.ldap.mappers.LDAPStorageMapper": [
                     {"name": "email", "subComponents": {"com.example.Deep": {"x": {}}}}]}}],
                 "KeyProvider": {"rsa": {}},
                 "com.example.UserStorageProvider": [{"name": "own"}],
                 "ClientRegistrationPolicy": [{"name": "Scopes", "subType": "anonymous"},
                   {"name": "Scopes", "subType": "authenticated"}, {"providerId": "nameless"}]}"""))
                .containsExactly("component/r/ClientRegistrationPolicy/anonymous/Scopes",
                        "component/r/ClientRegistrationPolicy/authenticated/Scopes",
                        "component/r/ClientRegistrationPolicy/nameless", "component/r/KeyProvider/rsa",
                        "component/r/UserStorageProvider/ldap", "component/r/com.example.UserStorageProvider/own",
                        "sub-component/r/UserStorageProvider/ldap/LDAPStorageMapper/email",
                        "sub-component/r/UserStorageProvider/ldap/LDAPStorageMapper/email/com.example.Deep/x");
    }

    @Test
    void whatAComponentLiesInIsTheBeginningOfItsKey() {
        SubComponentType type = new SubComponentType();
        Address policy = ComponentType.address("r", ComponentKinds.REGISTRATION, Optional.of("anonymous"), "p");
        Address inPolicy = SubComponentType.address(policy, "com.example.A", "x");
        Address deeper = SubComponentType.address(inPolicy, "com.example.B", "y");

        assertThat(type.container(inPolicy)).contains(policy);
        assertThat(type.container(deeper)).contains(inPolicy);
        assertThat(type.container(SubComponentType.address(ComponentType.address("r", "K", Optional.empty(), "n"), "k",
                "m"))).contains(ComponentType.address("r", "K", Optional.empty(), "n"));
    }

    @Test
    void oneValueAndAListOfOneMeanTheSameAndListsHaveNoOrder() {
        Value.MapOf list = config("""
                {"a": ["x"], "b": [5], "c": ["2", "1"], "d": [true], "e": []}""");
        Value.MapOf plain = config("""
                {"a": "x", "b": 5, "c": ["1", "2"], "d": "true"}""");

        assertThat(list).isEqualTo(plain);
    }

    @Test
    void secretsAreWrappedInListsToo() {
        Value.MapOf config = config(
                """
                {"bindCredential": ["s"], "keystorePassword": "s", "privateKey": ["s"], "secret": ["s", "t"],
                 "secretSize": ["64"], "vault": 1, "keyPassword": ["${vault.key}"], "usePasswordModifyExtendedOp": ["true"]}""");

        assertThat(config.get("bindCredential")).contains(Secret.of("s", ""));
        assertThat(config.get("keystorePassword")).contains(Secret.of("s", ""));
        assertThat(config.get("privateKey")).contains(Secret.of("s", ""));
        assertThat(config.list("secret")).containsExactly(Secret.of("s", ""), Secret.of("t", ""));
        assertThat(config.text("secretSize")).contains("64");
        assertThat(config.text("keyPassword")).contains("${vault.key}");
        assertThat(config.text("usePasswordModifyExtendedOp")).contains("true");
    }

    @Test
    void mappersReferToTheGroupsRolesAndClientsThatTheyName() {
        assertThat(references("group-ldap-mapper", "{\"groups.path\": [\"/a/b\"]}")).containsExactly("group/r/a/b");
        assertThat(references("group-ldap-mapper", "{\"groups.path\": [\"/\"]}")).isEmpty();
        assertThat(references("hardcoded-ldap-group-mapper", "{\"group\": \"/a\"}")).containsExactly("group/r/a");
        assertThat(references("hardcoded-ldap-role-mapper", "{\"role\": \"staff\"}"))
                .containsExactly("realm-role/r/staff");
        assertThat(references("hardcoded-ldap-role-mapper", "{\"role\": \"app.staff\"}"))
                .containsExactly("client-role/r/app/staff");
        assertThat(references("role-ldap-mapper", "{\"client.id\": \"app\"}")).containsExactly("client/r/app");
    }

    @Test
    void theProfileOfAnExportIsTheSameAsASectionThatSaysWhatAttributesHaveNot() {
        Resource section = expand("""
                {"realm": "r", "userProfile": {"attributes": [{"name": "b", "required": {}, "selector": null, "group": null,
                    "displayName": null, "defaultValue": null, "validations": null, "annotations": null},
                   {"name": "a", "required": null, "selector": null, "group": null, "displayName": null, "defaultValue": null,
                    "validations": null, "annotations": null}],
                  "groups": [], "unmanagedAttributePolicy": "ENABLED"}}""").resources().getFirst();
        Resource component = expand(
                """
                {"realm": "r", "components": {"org.keycloak.userprofile.UserProfileProvider": [
                  {"providerId": "declarative-user-profile", "config": {"kc.user.profile.config": [
                   "{\\"attributes\\":[{\\"name\\":\\"b\\",\\"required\\":{}},{\\"name\\":\\"a\\"}],\\"groups\\":[],\\"unmanagedAttributePolicy\\":\\"ENABLED\\"}"]}}]}}""")
                .resources()
                .getFirst();

        assertThat(component.address()).hasToString("user-profile/r");
        assertThat(component.value()).isEqualTo(section.value());
        assertThat(section.value().texts("attributeOrder")).containsExactly("b", "a");
        assertThat(section.value().at(Path.of("attributes", "b", "required"))).contains(Value.bool(true));
    }

    @Test
    void whatIsNoProfileIsSaidWithItsPlace() {
        assertThat(
                expand("""
                {"realm": "r", "components": {"org.keycloak.userprofile.UserProfileProvider": [
                  {"providerId": "declarative-user-profile", "config": {"kc.user.profile.config": ["{\\"attributes\\": "]}}]}}""")
                        .problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.what()).startsWith("the user profile is not JSON");
                    assertThat(problem.where()).isEqualTo("test.json:1:1");
                });
        assertThat(expand("{\"realm\": \"r\", \"components\": []}").problems()).extracting(Problem::what)
                .containsExactly("components is not a map");
    }

    private static List<String> addresses(String components) {
        Expansion expansion = expand("{\"realm\": \"r\", \"components\": " + components + "}");
        assertThat(expansion.problems()).isEmpty();
        return expansion.resources()
                .stream()
                .map(resource -> resource.address().toString())
                .filter(address -> !address.startsWith("realm/"))
                .toList();
    }

    private static Value.MapOf config(String config) {
        return expand("{\"realm\": \"r\", \"components\": {\"KeyProvider\": {\"k\": {\"config\": " + config + "}}}}")
                .resources()
                .getFirst()
                .value()
                .map("config");
    }

    private static List<String> references(String provider, String config) {
        return expand("""
                {"realm": "r", "components": {"UserStorageProvider": {"ldap": {"subComponents": {"LDAPStorageMapper": {"m":
                  {"providerId": "%s", "config": %s}}}}}}}""".formatted(provider, config))
                .resources()
                .stream()
                .filter(resource -> resource.address().type().equals(SubComponentType.NAME))
                .flatMap(mapper -> new SubComponentType().references(mapper).stream())
                .map(reference -> reference.to().toString())
                .filter(to -> !to.startsWith("component/"))
                .toList();
    }

    private static Expansion expand(String document) {
        Expansion all = new RealmDocument().expand((Value.MapOf) Json.parse(document),
                Origin.of(new Source("test.json", 1, 1)));
        List<Resource> others = all.resources()
                .stream()
                .filter(resource -> !resource.address().type().equals(RealmType.NAME))
                .toList();
        return new Expansion(others, all.notices(), all.problems());
    }
}
