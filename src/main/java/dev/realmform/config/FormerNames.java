package dev.realmform.config;

import dev.realmform.model.Address;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What {@code $was} cannot mean: that one thing became two, or that things pass their names on in a circle. */
final class FormerNames {

    private FormerNames() {}

    static List<Problem> problems(Collection<Resource> resources) {
        List<Problem> problems = new ArrayList<>();
        Map<Address, Resource> byFormer = new HashMap<>();
        Map<Address, Address> former = new HashMap<>();
        for (Resource resource : resources) {
            resource.directives().was().ifPresent(was -> {
                former.put(resource.address(), was);
                Resource other = byFormer.putIfAbsent(was, resource);
                if (other != null) {
                    problems.add(Problem.invalid("two resources were " + was, resource.source().exact(),
                            "The other one is " + other.address() + " at " + other.source().exact()
                                    + ". One thing becomes one: remove $was from one of the two."));
                }
            });
        }
        for (Resource resource : byFormer.values()) {
            List<Address> circle = circle(resource.address(), former);
            // Told once, by the first of them. What was called as it is called is not renamed.
            if (circle.size() > 1 && Collections.min(circle).equals(resource.address())) {
                problems.add(Problem.invalid("these would pass their names on in a circle: "
                        + circle.stream().map(Address::toString).collect(Collectors.joining(", ")),
                        resource.source().exact(),
                        "A server has each name once: give one of them another name first, and apply that."));
            }
        }
        return problems;
    }

    /** From one former name to the next; empty if that does not lead back. */
    private static List<Address> circle(Address from, Map<Address, Address> former) {
        List<Address> way = new ArrayList<>();
        Address at = from;
        while (at != null && !way.contains(at)) {
            way.add(at);
            at = former.get(at);
        }
        return at != null && at.equals(from) ? way : List.of();
    }
}
