package dev.realmform.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Address;
import dev.realmform.model.Product;
import dev.realmform.model.Reach;
import dev.realmform.model.RealmAccess;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ReachingTest {

    private static final int GRAPHS = Integer.getInteger("graphs", 400);

    private final SmallRealm realm = new SmallRealm();

    @Test
    void everyWayIsNamedTheShortestFirst() {
        realm.user("ada").in("/Research/Team", "/Ops").has("boss");
        realm.group("/Research").has("reader");
        realm.group("/Ops").has("boss");
        realm.role("boss").has("reader");

        assertThat(only(realm.reaching("reader")).paths()).containsExactly(
                List.of(SmallRealm.realmRole("boss"), SmallRealm.realmRole("reader")),
                List.of(SmallRealm.groupAt("/Ops"), SmallRealm.realmRole("boss"), SmallRealm.realmRole("reader")),
                List.of(SmallRealm.groupAt("/Research/Team"), SmallRealm.groupAt("/Research"),
                        SmallRealm.realmRole("reader")));
    }

    @Test
    void aRoleOnOneOfTwoClientsIsAPart() {
        realm.user("ada").has("web/osmo-a");
        realm.user("lin").has("web/osmo-a", "cli/osmo-a");

        Reach ada = realm.reaching("osmo-a").getFirst();
        assertThat(ada.whole()).isFalse();
        assertThat(ada.missing()).containsExactly(SmallRealm.clientRole("cli", "osmo-a"));
        assertThat(realm.reaching("osmo-a").getLast().whole()).isTrue();
        assertThat(only(realm.reaching("cli/osmo-a")).account().username()).isEqualTo("lin");
    }

    @Test
    void aThingOfAProductIsReachedByAnyOfItsWays() {
        realm.user("ada").has("web/admin", "cli/admin");
        realm.user("lin").has("web/team");
        Product product = new Product("OSMO", "pool", List.of(new Product.Thing("gpu", List.of(
                new Product.Way("team", new TreeSet<>(Set.of(SmallRealm.clientRole("web", "team"),
                        SmallRealm.clientRole("cli", "team")))),
                new Product.Way("admins", new TreeSet<>(Set.of(SmallRealm.clientRole("web", "admin"),
                        SmallRealm.clientRole("cli", "admin"))))))),
                "", "");
        RealmAccess access = realm.access();
        Asked asked = Asked.of("gpu", access.roles(), Optional.of(product)).orElseThrow();

        List<Reach> all = new Reaching(access, asked).everybody();
        assertThat(asked.kind()).isEqualTo("pool");
        assertThat(all).extracting(reach -> reach.account().username()).containsExactly("ada", "lin");
        assertThat(all).extracting(Reach::whole).containsExactly(true, false);
        assertThat(all.getLast().missing()).containsExactly(SmallRealm.clientRole("cli", "team"));
        // The role of a team stands on both clients, whatever is there.
        assertThat(Asked.of("team", access.roles(), Optional.of(product)).orElseThrow().roles())
                .containsExactly(SmallRealm.clientRole("cli", "team"), SmallRealm.clientRole("web", "team"));
    }

    @Test
    void aNameMeansTheRoleOfTheRealmBeforeThoseOfClients() {
        realm.user("ada").has("admin");
        realm.user("lin").has("web/admin");
        RealmAccess access = realm.access();

        assertThat(Asked.of("admin", access.roles(), Optional.empty()).orElseThrow().roles())
                .containsExactly(SmallRealm.realmRole("admin"));
        assertThat(Asked.of("web/admin", access.roles(), Optional.empty()).orElseThrow().roles())
                .containsExactly(SmallRealm.clientRole("web", "admin"));
        assertThat(Asked.of("admn", access.roles(), Optional.empty())).isEmpty();
        assertThat(Asked.similar("admn", access.roles(), Optional.empty())).isEqualTo("Similar: admin.");
    }

    @Test
    void compositesInACircleEnd() {
        realm.user("ada").has("a");
        realm.role("a").has("b");
        realm.role("b").has("a", "c");
        realm.role("c").has("b");

        assertThat(only(realm.reaching("c")).paths()).containsExactly(List.of(SmallRealm.realmRole("a"),
                SmallRealm.realmRole("b"), SmallRealm.realmRole("c")));
    }

    @Test
    void itSaysWhatBruteForceSays() {
        for (int seed = 0; seed < GRAPHS; seed++) {
            Random random = new Random(seed);
            RealmAccess access = random(random);
            Set<Address> asked = new HashSet<>(access.roles());
            asked.removeIf(role -> random.nextInt(3) > 0);
            Reaching reaching = new Reaching(access, new Asked("x", "role",
                    List.of(new Product.Way("", new TreeSet<>(asked)))));
            Map<Address, Set<List<Address>>> said = new TreeMap<>();
            reaching.everybody().forEach(reach -> {
                assertThat(said.put(reach.user(), new HashSet<>(reach.paths()))).isNull();
                assertThat(reach.paths()).doesNotHaveDuplicates()
                        .isSortedAccordingTo(Comparator.comparingInt(List::size));
            });
            Map<Address, Set<List<Address>>> expected = bruteForce(access, asked);
            assertThat(said).as("seed %d", seed).isEqualTo(expected);
        }
    }

    /** All walks without a repetition, from each user, grown by one edge at a time; kept if they end well. */
    private static Map<Address, Set<List<Address>>> bruteForce(RealmAccess access, Set<Address> asked) {
        Map<Address, Set<List<Address>>> all = new TreeMap<>();
        for (Address user : access.accounts().keySet()) {
            Set<List<Address>> walks = new HashSet<>(Set.of(List.of(user)));
            List<List<Address>> open = new ArrayList<>(walks);
            while (!open.isEmpty()) {
                List<Address> walk = open.removeLast();
                for (Address next : access.of(walk.getLast())) {
                    List<Address> longer = new ArrayList<>(walk);
                    longer.add(next);
                    if (!walk.contains(next) && walks.add(longer)) {
                        open.add(longer);
                    }
                }
            }
            walks.removeIf(walk -> !asked.contains(walk.getLast()));
            if (!walks.isEmpty()) {
                Set<List<Address>> paths = new HashSet<>();
                walks.forEach(walk -> paths.add(walk.subList(1, walk.size())));
                all.put(user, paths);
            }
        }
        return all;
    }

    private static RealmAccess random(Random random) {
        List<Address> roles = new ArrayList<>();
        List<Address> groups = new ArrayList<>();
        Map<Address, Set<Address>> has = new HashMap<>();
        for (int i = 0; i < 5; i++) {
            roles.add(random.nextBoolean() ? SmallRealm.realmRole("r" + i) : SmallRealm.clientRole("c", "r" + i));
            groups.add(SmallRealm.groupAt("/g" + i));
        }
        TreeMap<Address, RealmAccess.Account> accounts = new TreeMap<>();
        for (int i = 0; i < 3; i++) {
            Address user = Address.of("user", "r", "u" + i);
            accounts.put(user, new RealmAccess.Account("u" + i, RealmAccess.Standing.ENABLED));
            some(random, has, user, roles, 1);
            some(random, has, user, groups, 2);
        }
        for (int i = 0; i < 5; i++) {
            some(random, has, groups.get(i), roles, 1);
            some(random, has, groups.get(i), groups.subList(0, i), 1);
            some(random, has, roles.get(i), roles, 2);
        }
        return new RealmAccess("r", has, accounts, new TreeSet<>(roles), new TreeSet<>(groups),
                SmallRealm.realmRole("default-roles-r"));
    }

    private static void some(Random random, Map<Address, Set<Address>> has, Address from, List<Address> among,
            int most) {
        for (int i = random.nextInt(most + 1); i > 0 && !among.isEmpty(); i--) {
            has.computeIfAbsent(from, unseen -> new HashSet<>()).add(among.get(random.nextInt(among.size())));
        }
    }

    private static Reach only(List<Reach> all) {
        assertThat(all).hasSize(1);
        return all.getFirst();
    }
}
