package dev.realmform.model;

import java.util.AbstractList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.RandomAccess;

/** A plan's changes in their order, which can be asked for by address as often as there are changes. */
final class Changes extends AbstractList<Change> implements RandomAccess {

    private final List<Change> inOrder;
    private final Map<Address, Change> byAddress;

    private Changes(List<Change> inOrder) {
        this.inOrder = inOrder;
        this.byAddress = HashMap.newHashMap(inOrder.size());
        // Of two about the same resource, which no planner makes, the first counts.
        inOrder.forEach(change -> byAddress.putIfAbsent(change.address(), change));
    }

    static Changes of(Collection<Change> changes) {
        return changes instanceof Changes already ? already : new Changes(List.copyOf(changes));
    }

    Optional<Change> at(Address address) {
        return Optional.ofNullable(byAddress.get(address));
    }

    @Override
    public Change get(int index) {
        return inOrder.get(index);
    }

    @Override
    public int size() {
        return inOrder.size();
    }
}
