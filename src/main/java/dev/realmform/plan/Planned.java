package dev.realmform.plan;

import dev.realmform.model.Address;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import java.util.List;
import java.util.SortedMap;

/**
 * A plan with what speaks against it.
 *
 * @param plan     the plan; shown even if there are problems, since it explains them
 * @param problems why it must not be applied
 * @param matching declared resources that are ours and match already: their entries in the state may still move
 */
public record Planned(Plan plan, List<Problem> problems, SortedMap<Address, Resource> matching) {
    public Planned {
        problems = List.copyOf(problems);
    }
}
