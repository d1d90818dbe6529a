package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.TestRealm;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Groups and their members against the real server. */
@ExtendWith(RealKeycloak.class)
class GroupIT {

    /** Groups have a description since 26.2. Before, it is left aside with a line in the plan. */
    private static final boolean DESCRIBED = !RealKeycloak.isOlderThan("26.2");

    private static final String ROLES = """
            "roles": {"realm": [{"name": "one"}, {"name": "two"}], "client": {"pay": [{"name": "read"}, {"name": "write"}]}},
            "clients": [{"clientId": "pay"}]""";

    private TestRealm realm;
    private LiveRealm live;

    @BeforeEach
    void open(TestRealm realm, KeycloakServer server) {
        this.realm = realm;
        this.live = new LiveRealm(server, realm.name());
    }

    @AfterEach
    void close() {
        live.close();
    }

    private static String group(String fields) {
        return "{" + ROLES + ", \"groups\": [{\"name\": \"Top\", " + fields + "}]}";
    }

    private static final String FULL = """
            "description": "old", "attributes": {"cost": ["a", "b"], "site": ["x"]},
            "realmRoles": ["one"], "clientRoles": {"pay": ["read"]}""";

    private JsonNode top() {
        return realm.get("groups?briefRepresentation=false").get(0);
    }

    @Test
    void whatIsMadeIsThereAndNothingIsLeftToDo() {
        assertThat(live.apply(group(FULL))).contains("create group/R/Top");

        assertThat(live.plan(group(FULL))).isEmpty();
        assertThat(top().path("description").asText()).isEqualTo(DESCRIBED ? "old" : "");
        assertThat(top().path("attributes").path("cost")).hasSize(2);
        assertThat(top().path("realmRoles")).map(JsonNode::asText).containsExactly("one");
        assertThat(top().path("clientRoles").path("pay")).map(JsonNode::asText).containsExactly("read");
    }

    @Test
    void eachFieldChangesByItself() {
        live.apply(group(FULL));
        Map<String, String> changes = Map.of(
                FULL.replace("old", "new"), DESCRIBED ? "description" : "",
                FULL.replace("\"b\"", "\"c\""), "attributes.cost",
                FULL.replace("[\"one\"]", "[\"two\"]"), "realmRoles",
                FULL.replace("[\"read\"]", "[\"read\", \"write\"]"), "clientRoles.pay");
        changes.forEach((changed, path) -> {
            assertThat(live.apply(group(changed))).isEqualTo(
                    path.isEmpty() ? List.of() : List.of("update group/R/Top: " + path));
            assertThat(live.plan(group(changed))).isEmpty();
            live.apply(group(FULL));
        });
        assertThat(live.plan(group(FULL))).isEmpty();
    }

    @Test
    void whatOthersSetStaysAsItIs() {
        live.apply(group("\"attributes\": {\"mine\": [\"1\"]}, \"realmRoles\": {\"$add\": [\"one\"]}"));
        String id = top().path("id").asText();
        realm.put("groups/" + id, "{\"name\": \"Top\"," + (DESCRIBED ? "\"description\": \"theirs\"," : "")
                + " \"attributes\": {\"mine\": [\"1\"], \"theirs\": [\"9\"]}}");
        String two = realm.get("roles/two").path("id").asText();
        realm.post("groups/" + id + "/role-mappings/realm", "[{\"id\": \"" + two + "\", \"name\": \"two\"}]");

        String next = "\"attributes\": {\"mine\": [\"2\"]}, \"realmRoles\": {\"$remove\": [\"one\"]}";
        assertThat(live.apply(group(next))).containsExactly("update group/R/Top: attributes.mine, realmRoles");

        assertThat(top().path("description").asText()).isEqualTo(DESCRIBED ? "theirs" : "");
        assertThat(top().path("attributes").path("theirs").get(0).asText()).isEqualTo("9");
        assertThat(top().path("attributes").path("mine").get(0).asText()).isEqualTo("2");
        assertThat(top().path("realmRoles")).map(JsonNode::asText).containsExactly("two");
    }

    @Test
    void anAttributeThatLeavesTheFileGoesAndNullEmptiesTheRest() {
        live.apply(group(FULL));

        live.apply(group("\"description\": null, \"attributes\": {\"cost\": [\"a\"]}, \"clientRoles\": {\"pay\": []}"));

        assertThat(top().has("description")).isFalse();
        assertThat(top().path("attributes").has("site")).isFalse();
        assertThat(top().path("clientRoles").has("pay")).isFalse();
        assertThat(top().path("realmRoles")).map(JsonNode::asText).containsExactly("one");
    }

    private static String nested(List<String> names) {
        String inner = "";
        for (String name : names.reversed()) {
            inner = "{\"name\": " + quoted(name) + ", \"attributes\": {\"n\": [\"1\"]}"
                    + (inner.isEmpty() ? "" : ", \"subGroups\": [" + inner + "]") + "}";
        }
        return "{\"groups\": [" + inner + "]}";
    }

    private static String quoted(String name) {
        return "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    @Test
    void aTreeOfStrangeNamesIsMadeTopDownAndDeletedWhole() {
        String tree = nested(List.of("Zahlungen & Co", "EU/US", "ünï \"quoted\" 漢字", "x+y %20?#~;=", "..."));

        assertThat(live.apply(tree)).filteredOn(line -> line.startsWith("create group")).hasSize(5);
        assertThat(live.plan(tree)).isEmpty();
        String deeper = tree.replace("\"n\": [\"1\"]}}", "\"n\": [\"2\"]}}");
        assertThat(live.apply(deeper)).singleElement().asString().endsWith(": attributes.n");
        assertThat(live.plan(deeper)).isEmpty();

        assertThat(live.apply("{}")).hasSize(5).allMatch(line -> line.startsWith("delete group"));
        assertThat(realm.get("groups")).isEmpty();
    }

    @Test
    void aRenamedGroupKeepsItsIdAndWhatIsInside() {
        live.apply(
                "{\"groups\": [{\"name\": \"Old\", \"subGroups\": [{\"name\": \"In\", \"attributes\": {\"a\": [\"1\"]}}]}]}");
        String id = top().path("id").asText();
        String renamed = "{\"groups\": [{\"name\": \"New\", \"$was\": \"Old\", \"subGroups\": [{\"name\": \"In\", \"attributes\": {\"a\": [\"2\"]}}]}]}";

        List<String> plan = live.apply(renamed);

        assertThat(plan).contains("update group/R/New").anyMatch(line -> line.endsWith("group/R/New/In: attributes.a"));
        assertThat(top().path("id").asText()).isEqualTo(id);
        assertThat(top().path("name").asText()).isEqualTo("New");
        assertThat(live.plan(renamed)).isEmpty();
    }

    @Test
    void moreChildrenThanAPageAreAllFound() {
        String children = IntStream.range(0, 150)
                .mapToObj(i -> "{\"name\": \"c" + i + "\"}")
                .collect(Collectors.joining(", "));
        String document = "{\"groups\": [{\"name\": \"Top\", \"subGroups\": [" + children + "]}]}";

        assertThat(live.apply(document)).hasSizeGreaterThan(150);

        assertThat(live.plan(document)).isEmpty();
    }

    @Test
    void branchesThatNobodyWantsAreNotRead() {
        for (String name : List.of("A", "B", "C")) {
            String id = realm.post("groups", "{\"name\": \"" + name + "\"}");
            realm.post("groups/" + id + "/children", "{\"name\": \"In\"}");
        }

        live.plan("{\"groups\": [{\"name\": \"A\"}, {\"name\": \"B\", \"subGroups\": [{\"name\": \"In\"}]}]}");

        assertThat(live.requests()).filteredOn(call -> call.contains("children")).hasSize(1);
    }

    @Test
    void anAuthoritativeCollectionDeletesWhatIsNotDeclared() {
        String top = realm.post("groups", "{\"name\": \"Theirs\"}");
        realm.post("groups/" + top + "/children", "{\"name\": \"Inside\"}");
        live.manage(Map.of("groups", List.of("/Theirs*")));

        assertThat(live.apply("{\"groups\": [{\"name\": \"Mine\"}]}")).contains("delete group/R/Theirs",
                "delete group/R/Theirs/Inside");

        assertThat(realm.get("groups").findValuesAsText("name")).containsExactly("Mine");
    }

    private static final String USERS = "\"users\": [{\"username\": \"ada\"}, {\"username\": \"Grace\"}, {\"username\": \"lin\"}]";

    private static String members(String members) {
        return "{" + USERS + ", \"groups\": [{\"name\": \"Top\", \"$members\": " + members + "}]}";
    }

    private List<String> memberNames() {
        return realm.get("groups/" + top().path("id").asText() + "/members").findValuesAsText("username");
    }

    @Test
    void membersAreDeclaredWholeOrInPart() {
        live.apply(members("[\"ada\", \"GRACE\"]"));
        assertThat(memberNames()).containsExactlyInAnyOrder("ada", "grace");
        assertThat(live.plan(members("[\"grace\", \"ada\"]"))).isEmpty();

        assertThat(live.apply(members("[{\"user\": \"lin\"}]"))).containsExactly("update group-members/R/Top: members");
        assertThat(memberNames()).containsExactly("lin");

        live.apply(members("{\"$add\": [\"ada\"], \"$remove\": [\"grace\"]}"));
        assertThat(memberNames()).containsExactlyInAnyOrder("ada", "lin");
        assertThat(live.plan(members("{\"$add\": [\"ada\"], \"$remove\": [\"grace\"]}"))).isEmpty();

        live.apply(members("\"unmanaged\""));
        assertThat(memberNames()).containsExactlyInAnyOrder("ada", "lin");
    }

    @Test
    void moreMembersThanAPageAreAllFound(AdminApi admin) {
        live.apply("{\"groups\": [{\"name\": \"Top\"}]}");
        String users = IntStream.range(0, 620)
                .mapToObj(i -> "{\"username\": \"user" + i + "\", \"groups\": [\"/Top\"]}")
                .collect(Collectors.joining(", "));
        realm.post("partialImport", "{\"ifResourceExists\": \"SKIP\", \"users\": [" + users + "]}");
        String names = IntStream.range(0, 620).mapToObj(i -> "\"user" + i + "\"").collect(Collectors.joining(", "));
        String document = "{\"groups\": [{\"name\": \"Top\", \"$members\": [" + names + "]}]}";

        assertThat(live.plan(document)).allMatch(line -> !line.contains(": members"));
    }

    @Test
    void aMemberWhoIsNowhereIsAnError() {
        assertThat(live.refused("{\"groups\": [{\"name\": \"Top\", \"$members\": [\"nobody\"]}]}")).singleElement()
                .matches(problem -> problem.what()
                        .contains("user/" + realm.name() + "/nobody is neither declared nor live"));
    }
}
