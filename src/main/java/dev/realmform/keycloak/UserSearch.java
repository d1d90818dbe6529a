package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Value;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/** Which users to read, and how: a few by name, many page by page. */
final class UserSearch {

    /** So few are always read by name: a page costs as much (measured: 10,000 users in pages take 1 to 7 s). */
    private static final int FEW = 25;

    /** Reading a user by name costs about as much as ten users of a page. */
    private static final int WORTH_A_PAGE = 10;

    /** Measured on 26.7.3 with 10,000 users: by 100 the server works three times as much, by 500 a fifth more. */
    private static final int PAGE = 1000;

    /**
     * What a brief answer holds (seen on 26.7.3), and what has requests of its own. Whoever asks for no more spares the server a
     * quarter of its work: attributes, and a look at each user's credentials.
     */
    private static final Set<String> BRIEF = Set.of("username", "email", "firstName", "lastName", "enabled",
            "emailVerified",
            GroupPaths.FIELD, RoleGrants.REALM_ROLES, RoleGrants.CLIENT_ROLES, FederatedIdentities.NAME,
            UserType.CREDENTIALS);

    /** More than this is no count to rely on. */
    private static final long MANY = 10_000_000;

    private UserSearch() {}

    /** The bodies of the users that are wanted. */
    static List<Value.MapOf> users(Reader reader, Wanted wanted) {
        boolean all = wanted.all(new UserType());
        SortedSet<String> names = wanted.names(UserType.NAME);
        if (!all && names.size() <= FEW) {
            return byName(reader, wanted, names);
        }
        long count = count(reader, wanted.realm());
        if (!all && (long) names.size() * WORTH_A_PAGE < count) {
            return byName(reader, wanted, names);
        }
        boolean brief = !all && wanted.of(UserType.NAME).stream().allMatch(user -> wanted.asksOnly(user, BRIEF));
        return pages(reader, wanted.realm(), count, brief)
                .stream()
                .filter(user -> all || names.contains(user.text("username").orElse("")))
                .toList();
    }

    /** How many users there are; very many if the server does not say. */
    static long count(Reader reader, String realm) {
        return reader.value(realm, "users", "count").orElse(Value.NULL) instanceof Value.Num number
                ? number.value().longValue()
                : Long.MAX_VALUE;
    }

    private static List<Value.MapOf> byName(Reader reader, Wanted wanted, SortedSet<String> names) {
        List<Value.MapOf> users = new CopyOnWriteArrayList<>();
        reader.each(names, name -> user(reader, UserType.address(wanted.realm(), name)).ifPresent(users::add));
        return users;
    }

    static Optional<Value.MapOf> user(Reader reader, Address address) {
        return reader
                .objects(Map.of("username", address.name(), "exact", "true", "briefRepresentation", "false"),
                        address.root(), "users")
                .stream()
                .filter(user -> user.text("username")
                        .map(UserType::canonicalName)
                        .filter(address.name()::equals)
                        .isPresent())
                .findFirst();
    }

    /** All at once, as far as the count goes; on from there one after the other, should there be more by now. */
    private static List<Value.MapOf> pages(Reader reader, String realm, long count, boolean brief) {
        Map<String, String> how = Map.of("briefRepresentation", String.valueOf(brief));
        if (count > MANY) {
            return reader.pages(0, PAGE, how, realm, "users");
        }
        int last = Math.max(0, (int) ((count - 1) / PAGE));
        NavigableMap<Integer, List<Value.MapOf>> byPage = new ConcurrentSkipListMap<>();
        reader.each(IntStream.rangeClosed(0, last).boxed().toList(),
                page -> byPage.put(page, page < last
                        ? reader.page(page * PAGE, PAGE, how, realm, "users")
                        : reader.pages(page * PAGE, PAGE, how, realm, "users")));
        return byPage.values().stream().flatMap(List::stream).toList();
    }
}
