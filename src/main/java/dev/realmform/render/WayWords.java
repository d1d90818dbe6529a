package dev.realmform.render;

import dev.realmform.model.Address;
import dev.realmform.model.RealmAccess;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How groups, roles and the ways through them are named. */
final class WayWords {

    /** All ways; those that differ only in the client of the role are one. */
    List<String> ways(List<List<Address>> paths) {
        List<List<Address>> open = new ArrayList<>(paths);
        List<String> lines = new ArrayList<>();
        while (!open.isEmpty()) {
            List<Address> first = open.getFirst();
            List<List<Address>> alike = open.stream().filter(path -> isAlike(first, path)).toList();
            open.removeAll(alike);
            lines.add(way(before(first), alike.stream().map(List::getLast).toList()));
        }
        return lines;
    }

    private static List<Address> before(List<Address> path) {
        return path.subList(0, path.size() - 1);
    }

    private static boolean isAlike(List<Address> one, List<Address> other) {
        return before(one).equals(before(other)) && one.getLast().name().equals(other.getLast().name())
                && isOfClient(one.getLast()) == isOfClient(other.getLast());
    }

    private String way(List<Address> before, List<Address> roles) {
        String steps = before.stream()
                .map(node -> "← " + (isGroup(node) ? "group " + RealmAccess.path(node) : roles(List.of(node))) + " ")
                .collect(Collectors.joining());
        return steps + "← " + roles(roles) + (before.isEmpty() ? " (directly)" : "");
    }

    private static boolean isGroup(Address node) {
        return node.type().equals("group");
    }

    private static boolean isOfClient(Address role) {
        return role.key().size() > 2;
    }

    /** {@code role osmo-group1 on osmo-browser-flow, osmo-device}: each name once. */
    String roles(Collection<Address> roles) {
        return names(roles).map(name -> "role " + name).collect(Collectors.joining("; "));
    }

    private static Stream<String> names(Collection<Address> roles) {
        return roles.stream().map(Address::name).distinct().map(name -> {
            String clients = roles.stream()
                    .filter(role -> role.name().equals(name) && isOfClient(role))
                    .map(role -> role.key().get(1))
                    .collect(Collectors.joining(", "));
            return clients.isEmpty() ? name : name + " on " + clients;
        });
    }

    /** Groups by path, then roles by name; {@code none} if there are none. */
    String listed(Collection<Address> nodes) {
        Stream<String> groups = nodes.stream().filter(WayWords::isGroup).map(RealmAccess::path);
        String all = Stream.concat(groups, names(nodes.stream().filter(node -> !isGroup(node)).toList()))
                .collect(Collectors.joining("; "));
        return all.isEmpty() ? "none" : all;
    }
}
