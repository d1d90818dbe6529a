package dev.realmform.osmo;

import dev.realmform.model.Address;
import dev.realmform.model.Product;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** OSMO as what takes roles for rights: which roles open which pool. Keycloak knows no pools. */
final class Pools {

    private static final String POOL = "pool";

    /** How long OSMO keeps what it knows of a user's roles. */
    private static final String GAINED = "OSMO keeps what it knows of a user's roles for up to 300 s more";

    /** In the database mode: all of 6.2, and the default from 6.3 on. */
    private static final String LOST = "whoever loses a role keeps it in OSMO for ever where that role has sync_mode: import,"
            + " OSMO's default; force takes it away";

    private Pools() {}

    /** Each pool by the roles of the teams that name it; an administrator reaches all. */
    static Product of(String realm, List<Team> teams) {
        Map<String, List<Product.Way>> ways = new TreeMap<>();
        for (Team team : teams) {
            for (String pool : pools(team)) {
                ways.computeIfAbsent(pool, unseen -> new ArrayList<>()).addAll(ways(realm, team));
            }
        }
        List<Product.Thing> things = new ArrayList<>();
        ways.forEach((pool, own) -> {
            own.add(way(realm, "administrators", "osmo-admin"));
            things.add(new Product.Thing(pool, own.stream().distinct().toList()));
        });
        return new Product("OSMO", POOL, things, GAINED, LOST);
    }

    private static List<String> pools(Team team) {
        return team.part().get("pools").stream().flatMap(pools -> pools.items().stream()).map(Part::text).toList();
    }

    /** A role of OSMO's own that a team has besides opens no pool of the team: everybody would have it. */
    private static List<Product.Way> ways(String realm, Team team) {
        List<String> roles = team.roles().stream().map(Part::text).toList();
        List<String> own = roles.stream().filter(role -> !Roles.OF_OSMO.contains(role)).toList();
        return (own.isEmpty() ? roles : own).stream().map(role -> way(realm, "team " + team.name(), role)).toList();
    }

    private static Product.Way way(String realm, String because, String role) {
        TreeSet<Address> standing = new TreeSet<>();
        Roles.clients(role).forEach(client -> standing.add(Address.of("client-role", realm, client, role)));
        return new Product.Way(because, standing);
    }
}
