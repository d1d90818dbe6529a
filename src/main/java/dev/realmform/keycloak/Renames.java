package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Plan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which resources have another name on the server than in the file, because the plan is to rename them ({@code $was}).
 *
 * <p>A rename also holds for what lies inside: the roles of a renamed client, the subgroups of a renamed group.
 */
final class Renames {

    private final Map<Address, Address> nowByOld;
    private final Map<Address, Address> oldByNow = new HashMap<>();

    /** From new address by old one; the old one inside its container by either name. */
    Renames(Map<Address, Address> nowByOld) {
        this.nowByOld = Map.copyOf(nowByOld);
        nowByOld.forEach((old, now) -> oldByNow.put(now, old));
    }

    /** Those that a plan is to make. */
    static Renames of(Plan plan) {
        Map<Address, Address> renamed = new HashMap<>();
        for (Change change : plan.changes()) {
            if (change instanceof Change.Update update) {
                update.renamedFrom().ifPresent(old -> renamed.put(old, update.address()));
            }
        }
        return new Renames(renamed);
    }

    /**
     * Those that are still to be made. Where old and new name are both live the rename has been made, and the old name belongs to
     * somebody else; unless what has the new name is itself to get another one.
     *
     * @param isLive whether the server has something of that name
     */
    static Map<Address, Address> toBeMade(Map<Address, Address> nowByOld, Predicate<Address> isLive) {
        Map<Address, Address> open = new HashMap<>();
        int before;
        do {
            before = open.size();
            nowByOld.forEach((old, now) -> {
                if (!isLive.test(now) || open.containsKey(now)) {
                    open.put(old, now);
                }
            });
        } while (open.size() > before);
        return open;
    }

    boolean isEmpty() {
        return nowByOld.isEmpty();
    }

    /** The name in the file of a live object. */
    Address now(Address live) {
        if (isEmpty()) {
            return live;
        }
        Address moved = moved(live);
        Address now = nowByOld.getOrDefault(moved, moved);
        return nowByOld.getOrDefault(live, now);
    }

    /** The name of a live object once what it lies in has its new name, and it itself has not. */
    Address moved(Address live) {
        return isEmpty() ? live : container(live).map(container -> inside(live, now(container))).orElse(live);
    }

    /** The name on the server of an object in the file. */
    Address live(Address now) {
        if (isEmpty()) {
            return now;
        }
        Address old = oldByNow.getOrDefault(now, now);
        return container(old).map(container -> inside(old, live(container))).orElse(old);
    }

    private static Address inside(Address address, Address container) {
        List<String> key = new ArrayList<>(container.key());
        key.addAll(address.key().subList(container.key().size(), address.key().size()));
        return new Address(address.type(), key);
    }

    /** The resource whose name is part of an address's own. */
    private static Optional<Address> container(Address address) {
        return KeycloakProvider.container(address);
    }
}
