package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Address;
import dev.realmform.model.Origin;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.Manage;
import dev.realmform.provider.Scope;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UserSearchTest {

    private static final Address ADA = UserType.address("r", "ada");

    private final TreeMap<Address, Resource> declared = new TreeMap<>();
    private final TreeMap<Address, Set<String>> owned = new TreeMap<>();

    private void declare(Address user, String... fields) {
        Value.MapOf value = Value.EMPTY_MAP;
        for (String field : fields) {
            value = value.with(field, Value.text("x"));
        }
        declared.put(user, Resource.desired(user, value, Origin.NONE));
    }

    /** What is asked for 2,500 users, of whom 2,000 are declared. */
    private String query(Manage manage) {
        IntStream.range(0, 2000)
                .forEach(i -> declare(UserType.address("r", "user-" + i), "email", "firstName", "enabled", "groups",
                        "realmRoles", "credentials"));
        FakeAdmin server = new FakeAdmin().answers("GET /r/users/count", 200, "2500");
        UserSearch.users(new Reader(server), new Wanted("r", new TreeSet<>(declared.keySet()), declared, owned, manage,
                Set.of(), new Renames(Map.of()), false, Scope.Past.NOTHING, Set.of()));

        assertThat(server.sent()).hasSize(4);
        return server.sent().getLast().replaceAll("first=\\d+", "first=N");
    }

    private static String pages(boolean brief) {
        return "GET /r/users?briefRepresentation=" + brief + "&first=N&max=1000";
    }

    @Test
    void whereNobodyAsksForMoreTheServerIsAskedForLittle() {
        assertThat(query(Manage.NOTHING)).isEqualTo(pages(true));
    }

    @Test
    void oneUserWithAttributesIsEnoughToReadThem() {
        declare(ADA, "email", "attributes");

        assertThat(query(Manage.NOTHING)).isEqualTo(pages(false));
    }

    @Test
    void attributesThatHaveLeftTheFileAreReadToo() {
        declare(ADA, "email");
        owned.put(ADA, Set.of("email", "requiredActions"));

        assertThat(query(Manage.NOTHING)).isEqualTo(pages(false));
    }

    /** What is going to be deleted is shown whole. */
    @Test
    void allUsersAreReadWhole() {
        assertThat(query(new Manage(Map.of("users", List.of("*"))))).isEqualTo(pages(false));
    }
}
