package dev.realmform.model;

import dev.realmform.model.RealmAccess.Account;
import dev.realmform.model.RealmAccess.Standing;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What leads one user to a thing.
 *
 * @param paths   all ways: whatever lies on one, from what the user has himself to the role; the shortest first
 * @param whole   whether he has the thing as a whole
 * @param missing what he lacks to have it as a whole, where he has a part
 */
public record Reach(Address user, Account account, List<List<Address>> paths, boolean whole,
        SortedSet<Address> missing) {

    public Reach {
        paths = paths.stream().map(List::copyOf).toList();
        missing = Collections.unmodifiableSortedSet(new TreeSet<>(missing));
    }

    public boolean enabled() {
        return account.standing() == Standing.ENABLED;
    }
}
