package dev.realmform.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleRealmTest {

    private static final ObjectMapper SORTED = new ObjectMapper()
            .configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);

    @ParameterizedTest
    @CsvSource({"small, 5, 25, 20, 10, 50", "medium, 100, 500, 200, 200, 1000", "large, 200, 1000, 500, 1000, 10000"})
    void theRealmsHoldAsManyObjectsAsThoseThatOthersWereMeasuredWith(String kind, int clients, int clientRoles,
            int realmRoles, int groups, int users) {
        JsonNode realm = realm(kind);

        assertThat(realm.path("clients")).hasSize(clients);
        assertThat(realm.path("roles").path("client").findValues("name")).hasSize(clientRoles);
        assertThat(realm.path("roles").path("realm")).hasSize(realmRoles);
        assertThat(groups(realm)).hasSize(groups);
        assertThat(realm.path("users")).hasSize(users);
    }

    @Test
    void theWideOneHoldsWhatItPromises() {
        JsonNode realm = realm("wide");

        assertThat(realm.path("authenticationFlows")).filteredOn(flow -> flow.path("topLevel").asBoolean()).hasSize(25);
        assertThat(realm.path("clientScopes")).hasSize(50);
        assertThat(realm.path("identityProviders")).hasSize(20);
        assertThat(realm.path("clients")).filteredOn(client -> client.has("authorizationSettings")).hasSize(2);
        assertThat(SinglePosts.canMake((ObjectNode) realm)).isFalse();
        assertThat(SinglePosts.canMake((ObjectNode) realm("small"))).isTrue();
    }

    /** Made once by the script with which the peers were measured; a change of the realms makes their figures incomparable. */
    @ParameterizedTest
    @CsvSource({"small, 494ff1e300674619c660a841bb5d5daaf35e6996f00dabb1ea387163d2791e10",
        "medium, 7987bec27a839b05f9cc95337f428232573d692d807d4b50f085c078a7525057",
        "large, 3a6980b393748184a96c91513dabd9555ded411e7d69305c36a2edb893d81fb8"})
    void theRealmsAreTheSameToTheLetter(String kind, String digest) throws Exception {
        byte[] text = SORTED.writeValueAsBytes(SORTED.convertValue(realm(kind), TreeMap.class));

        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text))).isEqualTo(digest);
    }

    @Test
    void eachGroupMapsARealmRoleAndThreeClientRolesThatExist() {
        JsonNode realm = realm("small");
        Set<String> realmRoles = Set.copyOf(realm.path("roles").path("realm").findValuesAsText("name"));

        for (JsonNode group : groups(realm)) {
            assertThat(realmRoles).contains(group.path("realmRoles").path(0).asText());
            int mapped = 0;
            for (Map.Entry<String, JsonNode> client : group.path("clientRoles").properties()) {
                assertThat(realm.path("roles").path("client").path(client.getKey()).findValuesAsText("name"))
                        .containsAll(texts(client.getValue()));
                mapped += client.getValue().size();
            }
            assertThat(mapped).isEqualTo(3);
        }
    }

    @Test
    void eachUserIsInTwoGroups() {
        assertThat(realm("medium").path("users")).allSatisfy(user -> assertThat(Set.copyOf(texts(user.path("groups"))))
                .hasSize(2));
    }

    @Test
    void theEditChangesOneClientAndOneGroup() {
        for (RealmKind kind : RealmKind.ALL) {
            JsonNode before = kind.realm().get();
            var after = kind.realm().get();
            kind.edit().accept(after);

            assertThat(differing(before.path("clients"), after.path("clients"), "clientId"))
                    .containsExactly(kind.edited().clientId());
            assertThat(differing(before.path("groups"), after.path("groups"), "name"))
                    .containsExactly(kind.edited().group());
            assertThat(after.path("users")).isEqualTo(before.path("users"));
            assertThat(after.path("roles")).isEqualTo(before.path("roles"));
        }
    }

    @Test
    void aShapeWhoseGroupsHaveNothingToMapIsRefused() {
        assertThatThrownBy(() -> new Shape(1, 2, 1, 1, 1, 0)).hasMessageContaining("three client roles");
    }

    private static JsonNode realm(String kind) {
        return RealmKind.ALL.stream()
                .filter(each -> each.name().equals(kind))
                .findFirst()
                .orElseThrow()
                .realm()
                .get();
    }

    private static List<JsonNode> groups(JsonNode realm) {
        List<JsonNode> groups = new ArrayList<>();
        realm.path("groups").forEach(top -> {
            groups.add(top);
            top.path("subGroups").forEach(groups::add);
        });
        return groups;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    private static List<String> differing(JsonNode before, JsonNode after, String name) {
        List<String> differing = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            if (!before.get(i).equals(after.get(i))) {
                differing.add(after.get(i).path(name).asText());
            }
        }
        return differing;
    }
}
