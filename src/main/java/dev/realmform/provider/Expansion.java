package dev.realmform.provider;

import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import java.util.List;

/**
 * A realm document cut into resources.
 *
 * @param resources in canonical form, each address once
 * @param notices   what was left aside, by count; sections that are not managed
 * @param problems  what is wrong with the document
 */
public record Expansion(List<Resource> resources, List<Plan.Notice> notices, List<Problem> problems) {
    public Expansion {
        resources = List.copyOf(resources);
        notices = List.copyOf(notices);
        problems = List.copyOf(problems);
    }

    /** Cuts the document of one realm, merged and resolved, into resources. */
    @FunctionalInterface
    public interface Expander {
        Expansion expand(dev.realmform.model.Value.MapOf document, dev.realmform.model.Origin origin);
    }
}
