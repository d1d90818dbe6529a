package dev.realmform.config;

import dev.realmform.model.Plan;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the files declare and this version does not manage yet, counted so that the plan can name it. */
final class Unmanaged {

    private static final List<String> NAMES = List.of("alias", "name", "username", "id", "clientId");

    /** Per section the names of its members; layers may repeat one. */
    private final SortedMap<String, Set<String>> sections = new TreeMap<>();

    private int nameless;

    void count(String section, Node node) {
        switch (node) {
            case Node.Items list -> list.items().forEach(item -> members(section).add(name(item)));
            case Node.Fields map -> members(section).addAll(map.entries().keySet());
            case Node.Leaf leaf when !leaf.isNull() -> members(section).add("");
            case Node.Leaf ignored -> {
                // Empty here and empty there: nothing is left aside.
            }
        }
    }

    private Set<String> members(String section) {
        return sections.computeIfAbsent(section, ignored -> new HashSet<>());
    }

    private String name(Node item) {
        if (item instanceof Node.Fields map) {
            for (String field : NAMES) {
                if (map.leaf(field).isPresent()) {
                    return map.leaf(field).get().raw();
                }
            }
        }
        return item instanceof Node.Leaf leaf ? leaf.raw() : "#" + nameless++;
    }

    /**
     * {@code not managed: authenticationFlows (18)}; empty if everything is.
     *
     * @param realm which realm, if there are several
     */
    Optional<Plan.Notice> notice(String realm) {
        List<String> texts = sections.entrySet()
                .stream()
                .filter(section -> !section.getValue().isEmpty())
                .map(section -> section.getValue().equals(Set.of("")) ? section.getKey()
                        : section.getKey() + " (" + section.getValue().size() + ")")
                .toList();
        return texts.isEmpty() ? Optional.empty()
                : Optional.of(new Plan.Notice.General("not managed" + (realm.isEmpty() ? "" : " in realm " + realm)
                        + ": " + String.join(", ", texts)));
    }
}
