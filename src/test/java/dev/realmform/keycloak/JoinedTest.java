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
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JoinedTest {

    /** Declared users, and the groups and users that there are. */
    @ParameterizedTest
    @CsvSource({"20, 1, 20, false", "50, 10, 50, true", "1000, 200, 1000, true", "10000, 1000, 10000, true",
        "101, 10, 1000000, false", "1000, 600, 1000, false"})
    void theGroupsAreAskedWhereThatIsLessWork(int declared, int groups, int users, boolean byGroup) {
        FakeAdmin server = new FakeAdmin().answers("GET /r/groups/count", 200, "{\"count\": " + groups + "}")
                .answers("GET /r/users/count", 200, String.valueOf(users));

        assertThat(joined(server, declared) instanceof Joined.ByGroup).isEqualTo(byGroup);
    }

    @Test
    void theUsersAreAskedWhereNobodySaysHowManyGroupsThereAre() {
        assertThat(joined(new FakeAdmin(), 50)).isInstanceOf(Joined.ByUser.class);
    }

    private static Joined joined(FakeAdmin server, int declared) {
        return Joined.read(new Reader(server), wanted(declared), UserType.NAME,
                new Found(new Ids(address -> Optional.empty()), new Renames(Map.of())));
    }

    private static Wanted wanted(int users) {
        TreeMap<Address, Resource> declared = new TreeMap<>();
        Value.MapOf inGroup = Value.EMPTY_MAP.with("groups", Value.texts(List.of("/staff")));
        IntStream.range(0, users)
                .mapToObj(i -> UserType.address("r", "user-" + i))
                .forEach(user -> declared.put(user, Resource.desired(user, inGroup, Origin.NONE)));
        return new Wanted("r", new TreeSet<>(declared.keySet()), declared, new TreeMap<>(), Manage.NOTHING, Set.of(),
                new Renames(Map.of()), false, Scope.Past.NOTHING, Set.of());
    }
}
