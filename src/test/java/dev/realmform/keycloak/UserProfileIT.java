package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.model.Problem;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.TestRealm;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The user profile on a real server. */
@ExtendWith(RealKeycloak.class)
class UserProfileIT {

    private static final String ALL = "\"permissions\": {\"view\": [\"admin\"], \"edit\": [\"admin\"]}";

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
    void attributesOfOthersAndTheirOrderStay() {
        add("theirs");

        assertThat(live.apply(profile("""
                {"name": "department", %s}, {"name": "badge", %s}""".formatted(ALL, ALL)))).contains(
                "adopt user-profile/R: attributes.badge, attributes.department");

        assertThat(attributes()).containsExactly("username", "email", "firstName", "lastName", "theirs", "department",
                "badge");
        assertThat(live.plan(profile("""
                {"name": "department", %s}, {"name": "badge", %s}""".formatted(ALL, ALL)))).isEmpty();
    }

    @Test
    void aNewAttributeGoesWhereTheFileHasItAndAnOrderIsChangedInPlace() {
        String document = profile("""
                {"name": "username"}, {"name": "department", %s}, {"name": "email"}""".formatted(ALL));

        live.apply(document);
        assertThat(attributes()).containsExactly("username", "department", "email", "firstName", "lastName");
        assertThat(live.plan(document)).isEmpty();

        String other = profile("""
                {"name": "email"}, {"name": "department", %s}, {"name": "username"}""".formatted(ALL));
        assertThat(live.apply(other)).containsExactly("update user-profile/R: attributeOrder");
        assertThat(attributes()).containsExactly("email", "department", "username", "firstName", "lastName");
        assertThat(live.plan(other)).isEmpty();
    }

    @Test
    void aLocaleIsKeptWhereTheRealmGetsItsLanguagesInTheSameRun() {
        live.apply("{\"users\": [{\"username\": \"ada\"}]}");
        String document = """
                {"internationalizationEnabled": true, "supportedLocales": ["de", "en"],
                 "users": [{"username": "ada", "attributes": {"locale": ["de"]}}]}""";

        live.apply(document);

        assertThat(live.plan(document)).isEmpty();
    }

    @Test
    void rulesOfOthersStayAndOnesThatLeaveTheFileGo() {
        live.apply(profile("""
                {"name": "department", "validations": {"length": {"max": 40}, "email": {}},
                 "annotations": {"inputType": "text"}, "required": {}, %s}""".formatted(ALL)));
        JsonNode made = attribute("department");
        assertThat(made.path("required").toString()).isEqualTo("{}");
        assertThat(made.path("validations")).isEqualTo(AdminApi.json("{\"length\": {\"max\": 40}, \"email\": {}}"));
        change("department", "{\"integer\": {}, \"length\": {\"max\": 40, \"min\": 1}, \"email\": {}}");

        String less = profile("""
                {"name": "department", "validations": {"length": {"max": 50}}, "required": {"roles": ["admin"]}, %s}"""
                .formatted(ALL));
        assertThat(live.apply(less))
                .containsExactly("update user-profile/R: attributes.department.annotations,"
                        + " attributes.department.required, attributes.department.validations.email,"
                        + " attributes.department.validations.length.max");

        assertThat(attribute("department").path("validations")).isEqualTo(AdminApi.json(
                "{\"integer\": {}, \"length\": {\"max\": 50, \"min\": 1}}"));
        assertThat(attribute("department").path("required").toString()).isEqualTo("{\"roles\":[\"admin\"]}");
        assertThat(live.plan(less)).isEmpty();

        live.apply("{\"userProfile\": {\"attributes\": {\"username\": {}}}}");
        assertThat(attributes()).containsExactly("username", "email", "firstName", "lastName");
    }

    @Test
    void theComponentOfAnExportIsTheSameProfile() {
        String document = """
                {"components": {"org.keycloak.userprofile.UserProfileProvider": [{"id": "1",
                  "providerId": "declarative-user-profile", "subComponents": {}, "config": {"kc.user.profile.config": [
                  "{\\"attributes\\": [{\\"name\\": \\"badge\\", \\"group\\": \\"work\\"}], \\"groups\\": [{\\"name\\": \\"work\\"}]}"]}}]}}""";

        assertThat(live.apply(document)).contains("adopt user-profile/R: attributes.badge, groups.work");

        assertThat(attribute("badge").path("group").asText()).isEqualTo("work");
        assertThat(live.plan(document)).isEmpty();
        assertThat(live.plan("""
                {"userProfile": {"attributes": {"badge": {"group": "work"}}, "groups": {"work": {}}}}""")).isEmpty();
    }

    @Test
    void usersHaveAttributesThatTheSameFilePutsIntoTheProfile(AdminApi admin) {
        String document = """
                {"enabled": true, "userProfile": {"attributes": [{"name": "department", %s}]},
                 "users": {"ada": {"enabled": true, "attributes": {"department": ["R&D"], "shoe": ["40"]}}}}"""
                .formatted(ALL);
        String name = realm.name() + "-anew";
        try (LiveRealm anew = new LiveRealm(server, name)) {
            anew.apply(document);

            assertThat(anew.leftAside()).singleElement().asString().contains("attribute shoe of ada");
            assertThat(anew.plan(document)).isEmpty();
            assertThat(admin.get(name + "/users?username=ada").path(0).path("attributes").toString())
                    .isEqualTo("{\"department\":[\"R&D\"]}");
        } finally {
            admin.delete(name);
        }
        live.apply(document);
        assertThat(live.plan(document)).isEmpty();
    }

    @Test
    void anAttributeInAGroupThatIsNotThereIsFoundInThePlan() {
        assertThat(live.refused(profile("{\"name\": \"badge\", \"group\": \"wrok\"}")))
                .extracting(Problem::what)
                .containsExactly("the attribute badge is to be in the group wrok, which the user profile of "
                        + realm.name() + " does not have");
    }

    @Test
    void aPlanWithUsersAndProfileReadsTheProfileOnce() {
        String document = """
                {"userProfile": {"unmanagedAttributePolicy": "ENABLED"}, "users": {"ada": {"attributes": {"x": ["1"]}}}}""";
        live.apply(document);
        live.requests();

        assertThat(live.plan(document)).isEmpty();

        assertThat(live.requests()).filteredOn(request -> request.endsWith("users/profile")).hasSize(1);
    }

    private static String profile(String attributes) {
        return "{\"userProfile\": {\"attributes\": [" + attributes + "]}}";
    }

    private List<String> attributes() {
        return StreamSupport.stream(realm.get("users/profile").path("attributes").spliterator(), false)
                .map(attribute -> attribute.path("name").asText())
                .toList();
    }

    private JsonNode attribute(String name) {
        return find(realm.get("users/profile"), name);
    }

    private static JsonNode find(JsonNode profile, String name) {
        return StreamSupport.stream(profile.path("attributes").spliterator(), false)
                .filter(attribute -> attribute.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void add(String name) {
        JsonNode profile = realm.get("users/profile");
        ((ArrayNode) profile.path("attributes")).addObject().put("name", name);
        realm.put("users/profile", profile.toString());
    }

    private void change(String name, String validations) {
        JsonNode profile = realm.get("users/profile");
        ((ObjectNode) find(profile, name)).set("validations", AdminApi.json(validations));
        realm.put("users/profile", profile.toString());
    }
}
