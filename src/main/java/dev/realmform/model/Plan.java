package dev.realmform.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * What an apply will do, made before anything is written. A value: renderers, the saved plan and apply read the same one.
 *
 * @param changes   in apply order, which is also display order
 * @param waitsFor  for each change the changes that have to succeed before it
 * @param unchanged how many declared resources match already
 * @param notices   what a reader should know, in the order of importance
 * @param access    who gains or loses which roles by it; nothing if nobody looked
 * @param expected  what the files expect of access, and whether it will be so; nothing if nobody looked
 */
public record Plan(List<Change> changes, SortedMap<Address, Set<Address>> waitsFor, int unchanged,
        List<Notice> notices, Access access, List<Expectation.Outcome> expected) {

    public Plan {
        changes = Changes.of(changes);
        waitsFor = FrozenMap.of(waitsFor);
        notices = List.copyOf(notices);
        expected = List.copyOf(expected);
    }

    /** A plan of which nobody has looked yet who gains or loses what. */
    public Plan(List<Change> changes, SortedMap<Address, Set<Address>> waitsFor, int unchanged,
            List<Notice> notices) {
        this(changes, waitsFor, unchanged, notices, Access.NONE, List.of());
    }

    public Plan with(Access moved) {
        return new Plan(changes, waitsFor, unchanged, notices, moved, expected);
    }

    public Plan expecting(List<Expectation.Outcome> outcomes) {
        return new Plan(changes, waitsFor, unchanged, notices, access, outcomes);
    }

    /** The same with other notices. */
    public Plan noting(List<Notice> others) {
        return new Plan(changes, waitsFor, unchanged, others, access, expected);
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** The changes that {@code change} has to wait for. */
    public Set<Address> waitsFor(Change change) {
        return waitsFor.getOrDefault(change.address(), Set.of());
    }

    /** The change of one resource. Takes the same time however many there are. */
    public Optional<Change> change(Address address) {
        return Changes.of(changes).at(address);
    }

    /** The counts of the summary line. A replacement counts as one added and one destroyed. */
    public Counts counts() {
        int adopt = 0;
        int add = 0;
        int update = 0;
        int destroy = 0;
        int forget = 0;
        for (Change change : changes) {
            switch (change) {
                case Change.Create ignored -> add++;
                case Change.Update ignored -> update++;
                case Change.Replace ignored -> {
                    add++;
                    destroy++;
                }
                case Change.Delete ignored -> destroy++;
                case Change.Adopt adopted -> {
                    adopt++;
                    update += adopted.edits().isEmpty() ? 0 : 1;
                }
                case Change.Forget ignored -> forget++;
            }
        }
        return new Counts(adopt, add, update, destroy, forget);
    }

    public record Counts(int adopt, int add, int change, int destroy, int forget) {

        /** The byte-stable summary, without its end: {@code Plan: 1 to add, 3 to change, 1 to destroy.} */
        public String summary() {
            return "Plan: " + (adopt > 0 ? adopt + " to adopt, " : "") + add + " to add, " + change + " to change, "
                    + destroy
                    + " to destroy" + (forget > 0 ? ", " + forget + " to forget" : "") + ".";
        }
    }

    /** Something a reader of the plan should know. */
    public sealed interface Notice {

        String text();

        /** Under the summary, marked with {@code !}: data is lost, access moves. */
        record Warning(Optional<Address> about, String text) implements Notice {}

        /** About one resource, shown with it. */
        record About(Address about, String text) implements Notice {}

        /** About the whole plan: sections not managed, fields left aside. */
        record General(String text) implements Notice {}
    }

}
