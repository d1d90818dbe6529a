package dev.realmform.config;

import dev.realmform.model.Address;
import dev.realmform.model.Expectation;
import dev.realmform.model.FrozenMap;
import dev.realmform.model.Plan;
import dev.realmform.model.Product;
import dev.realmform.model.Resource;
import dev.realmform.provider.Manage;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the files say there shall be.
 *
 * @param resources what is declared, by address
 * @param realms    the realms that the files speak of
 * @param notices   what was left aside
 * @param doubts    keys that the schema does not know; {@code plan} drops those that the live object has
 * @param files     the files as the user named them, in order
 * @param renames   old address by new one ({@code $was})
 * @param expected  what is expected of access
 * @param products  by realm, what takes its roles for rights of its own
 */
public record DesiredState(SortedMap<Address, Resource> resources, SortedSet<String> realms, Settings settings,
        List<Plan.Notice> notices, List<Doubt> doubts, List<String> files, Map<Address, Address> renames,
        List<Expectation> expected, Map<String, Product> products) {

    public DesiredState {
        resources = FrozenMap.of(resources);
        realms = Collections.unmodifiableSortedSet(new TreeSet<>(realms));
        notices = List.copyOf(notices);
        doubts = List.copyOf(doubts);
        files = List.copyOf(files);
        renames = Map.copyOf(renames);
        expected = List.copyOf(expected);
        products = Map.copyOf(products);
    }

    /** Which collections are authoritative. */
    public Manage manage() {
        return settings.manage();
    }
}
