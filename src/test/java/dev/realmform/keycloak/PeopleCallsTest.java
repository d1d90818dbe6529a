package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.json.Json;
import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Edit;
import dev.realmform.model.Origin;
import dev.realmform.model.Path;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.Overlay;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What changes of groups, members, users and service accounts send, request by request. */
class PeopleCallsTest {

    private static final Address TOP = Address.of("group", "r", "Top");
    private static final Address CHILD = Address.of("group", "r", "Top", "EU/US");
    private static final Address ADA = Address.of("user", "r", "ada");
    private static final Address ROBOT = Address.of("service-account", "r", "Robot");

    private static Resource desired(KeycloakType type, Address address, String json) {
        return Resource.desired(address, type.canonical((Value.MapOf) Json.parse(json)), Origin.NONE);
    }

    private static List<String> create(KeycloakType type, Address address, String json) {
        Resource desired = desired(type, address, json);
        Resource planned = desired.withValue(Overlay.alone(type.schema(), desired.value()));
        return shown(type.calls(new Change.Create(desired, planned)));
    }

    /** @param touched fields with an edit */
    private static List<String> update(KeycloakType type, Address address, String live, String json,
            String... touched) {
        Resource before = Resource.live(address, type.canonical((Value.MapOf) Json.parse(live)));
        Resource desired = desired(type, address, json);
        List<Edit> edits = Arrays.stream(touched)
                .<Edit>map(field -> new Edit.Remove(Path.of(field), Value.NULL))
                .toList();
        return shown(type.calls(
                new Change.Update(before, desired, type.propose(desired, before), edits, Optional.empty())));
    }

    private static List<String> shown(List<Call> calls) {
        return calls.stream().map(Call::shown).toList();
    }

    @Test
    void aGroupIsMadeAndThenGivenItsRoles() {
        assertThat(create(new GroupType(), CHILD,
                "{\"description\": \"d\", \"attributes\": {\"a\": \"1\"}, \"realmRoles\": [\"one\"], \"clientRoles\": {\"pay\": {\"$add\": [\"read\"]}}}"))
                .containsExactly(
                        "POST /r/groups/<id of group/r/Top>/children {attributes: {a: [1]}, description: d, name: EU/US}",
                        "POST /r/groups/<id of group/r/Top/\"EU/US\">/role-mappings/realm"
                                + " [{id: <id of realm-role/r/one>, name: one}]",
                        "POST /r/groups/<id of group/r/Top/\"EU/US\">/role-mappings/clients/<id of client/r/pay>"
                                + " [{id: <id of client-role/r/pay/read>, name: read}]");
    }

    @Test
    void aChangedGroupKeepsItsDescriptionAndOnlyTheDifferenceOfRolesIsSent() {
        assertThat(update(new GroupType(), TOP,
                "{\"description\": \"d\", \"attributes\": {\"a\": [\"1\"], \"b\": [\"2\"]}, \"realmRoles\": [\"one\", \"two\"]}",
                "{\"attributes\": {\"a\": [\"3\"]}, \"realmRoles\": [\"two\", \"three\"]}", "attributes", "realmRoles"))
                .containsExactly(
                        "PUT /r/groups/<id of group/r/Top> {attributes: {a: [3], b: [2]}, name: Top}"
                                + " reading again [attributes] [description]",
                        "POST /r/groups/<id of group/r/Top>/role-mappings/realm"
                                + " [{id: <id of realm-role/r/three>, name: three}]",
                        "DELETE /r/groups/<id of group/r/Top>/role-mappings/realm"
                                + " [{id: <id of realm-role/r/one>, name: one}]");
    }

    @Test
    void membersJoinAndLeaveOneByOne() {
        assertThat(update(new GroupMembersType(), Address.of("group-members", "r", "Top"),
                "{\"members\": [\"ada\", \"grace\"]}", "{\"members\": {\"$add\": [\"lin\"], \"$remove\": [\"ada\"]}}",
                "members"))
                .containsExactly("PUT /r/users/<id of user/r/lin>/groups/<id of group/r/Top>",
                        "DELETE /r/users/<id of user/r/ada>/groups/<id of group/r/Top>");
    }

    @Test
    void aUserIsMadeWithPlainGroupsInlineAndNoSecretIsShown() {
        assertThat(create(new UserType(), ADA,
                "{\"email\": \"Ada@X.org\", \"groups\": [\"/Top\", \"/Top/EU~/US\"], \"realmRoles\": {\"$remove\": [\"default-roles-r\", \"other\"]},"
                        + " \"credentials\": [{\"value\": \"s3cret\", \"temporary\": true}]}"))
                .containsExactly(
                        "POST /r/users {credentials: [{temporary: true, type: password, value: (secret)}],"
                                + " email: ada@x.org, groups: [/Top], username: ada}",
                        "PUT /r/users/<id of user/r/ada>/groups/<id of group/r/Top/\"EU/US\">",
                        "DELETE /r/users/<id of user/r/ada>/role-mappings/realm"
                                + " [{id: <id of realm-role/r/default-roles-r>, name: default-roles-r}]");
    }

    @Test
    void attributesOfAUserTravelWithTheWholeProfile() {
        String live = "{\"firstName\": \"Ada\", \"email\": \"a@x.org\", \"enabled\": true, \"attributes\": {\"a\": [\"1\"]}}";

        assertThat(update(new UserType(), ADA, live, "{\"firstName\": \"Augusta\"}", "firstName"))
                .containsExactly("PUT /r/users/<id of user/r/ada> {firstName: Augusta}");
        assertThat(update(new UserType(), ADA, live, "{\"attributes\": {\"a\": [\"2\"]}}", "attributes"))
                .containsExactly("PUT /r/users/<id of user/r/ada> {attributes: {a: [2]}, username: ada}"
                        + " reading again [attributes] [email, firstName, lastName]");
    }

    @Test
    void whatKeycloakAddsStaysUnlessItIsNamed() {
        String live = "{\"realmRoles\": [\"default-roles-r\", \"one\"], \"requiredActions\": [\"UPDATE_PASSWORD\", \"X\"]}";

        assertThat(update(new UserType(), ADA, live, "{\"realmRoles\": [\"one\"], \"requiredActions\": []}",
                "requiredActions"))
                .containsExactly("PUT /r/users/<id of user/r/ada> {requiredActions: [UPDATE_PASSWORD]}");
        assertThat(update(new UserType(), ADA, live, "{\"realmRoles\": {\"$remove\": [\"default-roles-r\"]}}",
                "realmRoles"))
                .containsExactly("DELETE /r/users/<id of user/r/ada>/role-mappings/realm"
                        + " [{id: <id of realm-role/r/default-roles-r>, name: default-roles-r}]");
    }

    @Test
    void aServiceAccountIsFoundNotMade() {
        assertThat(create(new ServiceAccountType(), ROBOT, "{\"groups\": [\"/Top\"], \"realmRoles\": [\"one\"]}"))
                .containsExactly("PUT /r/users/<id of service-account/r/Robot>/groups/<id of group/r/Top>",
                        "POST /r/users/<id of service-account/r/Robot>/role-mappings/realm"
                                + " [{id: <id of realm-role/r/one>, name: one}]");
    }

    @Test
    void aSlashInAGroupsNameIsMarkedInPaths() {
        assertThat(GroupPath.address("r", "/Top/EU~/US")).isEqualTo(CHILD);
        assertThat(GroupPath.text(CHILD)).isEqualTo("/Top/EU~/US");
        assertThat(GroupPath.canonical("Top/A")).isEqualTo("/Top/A");
        assertThat(GroupPath.ofServer("/Top/EU/US", "EU/US")).containsExactly("Top", "EU/US");
        assertThat(GroupPath.ofServer("/Top/EU~/US", "EU/US")).containsExactly("Top", "EU/US");
        assertThat(GroupPath.ofServer("/A~B", "A~B")).containsExactly("A~B");
    }
}
