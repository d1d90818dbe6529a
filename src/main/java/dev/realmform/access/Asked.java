package dev.realmform.access;

import dev.realmform.model.Address;
import dev.realmform.model.Nearness;
import dev.realmform.model.Product;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What somebody means by the name of a thing: something of a product, such as a pool; else a role of the realm; else the roles
 * of that name of all clients; else, as {@code client/name}, one of a client.
 *
 * @param kind {@code role}, or what the product calls its things
 * @param ways how one comes to it; any one does
 */
public record Asked(String name, String kind, List<Product.Way> ways) {

    public Asked {
        ways = List.copyOf(ways);
    }

    /**
     * Empty if there is no such thing.
     *
     * @param roles all of the realm
     */
    public static Optional<Asked> of(String name, Set<Address> roles, Optional<Product> product) {
        return product.flatMap(known -> known.thing(name).map(thing -> new Asked(name, known.kind(), thing.ways())))
                .or(() -> role(name, roles, role -> isOfRealm(role) && role.name().equals(name)))
                .or(() -> role(name, roles, role -> !isOfRealm(role) && role.name().equals(name))
                        .map(found -> found.with(product.map(known -> known.roles(name)).orElseGet(TreeSet::new))))
                .or(() -> role(name, roles,
                        role -> !isOfRealm(role) && (role.key().get(1) + "/" + role.name()).equals(name)));
    }

    private static Optional<Asked> role(String name, Set<Address> roles, Predicate<Address> meant) {
        SortedSet<Address> found = new TreeSet<>(roles.stream().filter(meant).toList());
        return found.isEmpty() ? Optional.empty()
                : Optional.of(new Asked(name, "role", List.of(new Product.Way("", found))));
    }

    private static boolean isOfRealm(Address role) {
        return role.key().size() == 2;
    }

    /** A role that has to stand on more clients than it does. */
    private Asked with(SortedSet<Address> more) {
        SortedSet<Address> all = new TreeSet<>(roles());
        all.addAll(more);
        return new Asked(name, kind, List.of(new Product.Way("", all)));
    }

    /** All roles that open a part of it. */
    public SortedSet<Address> roles() {
        SortedSet<Address> all = new TreeSet<>();
        ways.forEach(way -> all.addAll(way.roles()));
        return all;
    }

    /** {@code Similar: osmo-group1.}, or nothing. */
    public static String similar(String name, Set<Address> roles, Optional<Product> product) {
        List<String> known = new ArrayList<>(roles.stream().map(Address::name).distinct().toList());
        product.ifPresent(it -> it.things().forEach(thing -> known.add(thing.name())));
        return Nearness.similar(name, known);
    }
}
