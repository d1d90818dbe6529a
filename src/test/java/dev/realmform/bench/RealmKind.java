package dev.realmform.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A realm to measure with. A new one is one more line in {@link #ALL}.
 *
 * @param name    as it is named on the command line; the realm on the server is {@code bench-NAME}
 * @param realm   writes the realm down, the same each time
 * @param edit    changes one client and one group of it
 * @param edited  the names of what the edit changes
 * @param targets what is asked of the runs on it
 */
record RealmKind(String name, Supplier<ObjectNode> realm, Consumer<ObjectNode> edit, Edited edited, Targets targets) {

    /** The client and the group (a top one) that the edit changes. */
    record Edited(String clientId, String group) {}

    /**
     * What a realm of this size has to reach, beside what each has to.
     *
     * @param planRequests     the most requests of a plan
     * @param megabytes        the most resident memory of any run
     * @param onTheFloor       whether each run may take no longer than its floor and the start
     * @param beatsSinglePosts whether an apply from scratch must be faster than single POSTs
     */
    record Targets(OptionalInt planRequests, OptionalInt megabytes, boolean onTheFloor, boolean beatsSinglePosts) {}

    static final List<RealmKind> ALL = List.of(
            sample("small", new Shape(5, 5, 20, 2, 4, 50),
                    new Targets(OptionalInt.empty(), OptionalInt.empty(), true, false)),
            sample("medium", new Shape(100, 5, 200, 20, 9, 1_000),
                    new Targets(OptionalInt.of(1_000), OptionalInt.of(256), false, true)),
            sample("large", new Shape(200, 5, 500, 100, 9, 10_000),
                    new Targets(OptionalInt.empty(), OptionalInt.of(512), false, true)),
            new RealmKind("wide", () -> WideRealm.of("bench-wide"), RealmKind::describeClientAndPriceGroup,
                    new Edited(SampleRealm.client(1), SampleRealm.topGroup(1)),
                    new Targets(OptionalInt.empty(), OptionalInt.of(256), false, false)));

    private static RealmKind sample(String name, Shape shape, Targets targets) {
        return new RealmKind(name, () -> SampleRealm.of("bench-" + name, shape), RealmKind::describeClientAndPriceGroup,
                new Edited(SampleRealm.client(1), SampleRealm.topGroup(1)), targets);
    }

    private static void describeClientAndPriceGroup(ObjectNode realm) {
        realm.withObject("/clients/1").put("description", "Application 1, edited");
        realm.withObject("/groups/1").putObject("attributes").putArray("cost").add("edited");
    }

    String realmName() {
        return "bench-" + name;
    }
}
