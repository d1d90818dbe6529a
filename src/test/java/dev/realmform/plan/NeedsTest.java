package dev.realmform.plan;

import static dev.realmform.plan.FakeType.map;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Origin;
import dev.realmform.model.Owned;
import dev.realmform.model.Plan;
import dev.realmform.model.Resource;
import dev.realmform.model.ServerIdentity;
import dev.realmform.model.Value;
import dev.realmform.provider.LiveState;
import dev.realmform.provider.LiveState.LiveObject;
import dev.realmform.provider.Manage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Plans for targets: against random worlds, and the few cases that say what is meant. */
class NeedsTest {

    private static final FakeType TYPE = new FakeType("thing");
    private static final Planner PLANNER = new Planner(name -> TYPE);
    private static final Owned NONE = new Owned(Optional.empty(), false, false, new TreeMap<>(), Set.of());
    private static final int WORLDS = Integer.getInteger("worlds", 300);

    private static Address thing(String... key) {
        return Address.of("thing", key);
    }

    @Test
    void aTargetBringsWhatHasToBeMadeBeforeItAndNothingElse() {
        World world = new World();
        world.desire(thing("role"), List.of());
        world.desire(thing("group"), List.of(thing("role")));
        world.desire(thing("user"), List.of(thing("group")));
        world.desire(thing("other"), List.of());
        assertThat(world.changed(thing("group"))).containsExactly(thing("role"), thing("group"));
    }

    @Test
    void whatIsThereAlreadyIsNotTouchedForTheSakeOfATarget() {
        World world = new World();
        world.desire(thing("role"), List.of());
        world.live(thing("role"), List.of(), true);
        world.live.put(thing("role"), object(thing("role"), map("title", "old")));
        world.desire(thing("group"), List.of(thing("role")));
        assertThat(world.changed(thing("group"))).containsExactly(thing("group"));
    }

    @Test
    void aDeletionBringsWhatHasToLetGoBeforeIt() {
        World world = new World();
        world.live(thing("role"), List.of(), true);
        world.live(thing("group"), List.of(thing("role")), true);
        world.desire(thing("group"), List.of());
        world.live(thing("legacy"), List.of(), true);
        assertThat(world.changed(thing("role"))).containsExactly(thing("group"), thing("role"));
    }

    @Test
    void whatIsInsideAContainerThatGoesCanGoAlone() {
        World world = new World();
        world.live(thing("client"), List.of(), true);
        world.live(thing("client", "role"), List.of(), true);
        assertThat(world.changed(thing("client", "role"))).containsExactly(thing("client", "role"));
        Change.Delete alone = (Change.Delete) world.plan(Set.of(thing("client", "role"))).changes().getFirst();
        assertThat(alone.goesWith()).isEmpty();
        assertThat(world.changed(thing("client"))).containsExactly(thing("client"), thing("client", "role"));
    }

    @Test
    void problemsOfWhatIsNotAskedForDoNotCount() {
        World world = new World();
        world.desire(thing("broken"), List.of(thing("nowhere")));
        world.desire(thing("sound"), List.of());
        assertThat(PLANNER.plan(world.request()).problems()).hasSize(1);
        assertThat(PLANNER.plan(PLANNER.narrowed(world.request(), Set.of(thing("sound")))).problems()).isEmpty();
    }

    @Test
    void aTargetedPlanIsAPartOfTheWholeAndClosedUnderWhatItNeeds() {
        for (int seed = 0; seed < WORLDS; seed++) {
            World world = World.random(new Random(seed));
            Plan whole = world.plan();
            for (Address target : world.known()) {
                Plan part = world.plan(Set.of(target));
                for (Change change : part.changes()) {
                    Optional<Change> same = whole.change(change.address());
                    if (same.filter(NeedsTest::isForeign).isPresent()) {
                        continue;
                    }
                    assertThat(same.map(NeedsTest::alone)).as("seed %d, %s", seed, target).contains(alone(change));
                    for (Address needed : whole.waitsFor(change)) {
                        boolean container = same.orElseThrow() instanceof Change.Delete delete
                                && delete.goesWith().equals(Optional.of(needed));
                        boolean letsGo = whole.change(needed).orElseThrow() instanceof Change.Forget;
                        assertThat(container || letsGo || part.change(needed).isPresent())
                                .as("seed %d: %s needs %s", seed, change.address(), needed)
                                .isTrue();
                    }
                }
                assertThat(part.change(target).isPresent()).isEqualTo(whole.change(target).isPresent());
            }
        }
    }

    @Test
    void allTargetsOneByOneEndLikeTheWhole() {
        for (int seed = 0; seed < WORLDS; seed++) {
            World atOnce = World.random(new Random(seed));
            World byAndBy = World.random(new Random(seed));
            atOnce.apply(atOnce.plan());
            List<Address> targets = new ArrayList<>(byAndBy.known());
            Collections.shuffle(targets, new Random(seed));
            for (Address target : targets) {
                if (byAndBy.known().contains(target)) {
                    byAndBy.apply(byAndBy.plan(Set.of(target)));
                }
            }
            assertThat(byAndBy.live).as("seed %d", seed).isEqualTo(atOnce.live);
            assertThat(byAndBy.owned.keySet()).as("seed %d", seed).isEqualTo(atOnce.owned.keySet());
            assertThat(byAndBy.plan().isEmpty()).as("seed %d", seed).isTrue();
        }
    }

    @Test
    void whatIsDeclaredCanBePlannedFromWhatItLeadsToAlone() {
        for (int seed = 0; seed < WORLDS; seed++) {
            World world = World.random(new Random(seed));
            for (Address target : world.desired.keySet()) {
                Set<Address> needed = Needs.declared(new TreeMap<>(world.desired), Set.of(target), name -> TYPE)
                        .orElseThrow();
                World seen = new World();
                seen.desired.putAll(world.desired);
                seen.owned.putAll(world.owned);
                seen.live.putAll(world.live);
                seen.live.keySet().retainAll(needed);
                PlanRequest request = seen.request().within(Extent.Only.of(needed));
                Plan part = PLANNER.plan(PLANNER.narrowed(request, Set.of(target))).plan();
                assertThat(part.changes()).as("seed %d, %s", seed, target)
                        .isEqualTo(world.plan(Set.of(target)).changes());
            }
        }
    }

    private static boolean isForeign(Change change) {
        return change instanceof Change.Delete delete && delete.why() == Change.Delete.DeleteReason.INSIDE;
    }

    /** Whether something goes along or by itself depends on what else goes. */
    private static Change alone(Change change) {
        return change instanceof Change.Delete delete
                ? new Change.Delete(delete.live(), Change.Delete.DeleteReason.LEFT_THE_FILE, Optional.empty())
                : change;
    }

    private static LiveObject object(Address address, Value.MapOf value) {
        return new LiveObject(Resource.live(address, value), Optional.of(address.toString()), false, Optional.empty());
    }

    /** What is desired, live and owned. */
    private static final class World {

        private final Map<Address, Resource> desired = new TreeMap<>();
        private final Map<Address, LiveObject> live = new TreeMap<>();
        private final Map<Address, Owned> owned = new TreeMap<>();

        /** Up to nine things, some inside others; each needs some of those before it. */
        static World random(Random random) {
            World world = new World();
            List<Address> before = new ArrayList<>();
            List<Address> declared = new ArrayList<>();
            int count = 3 + random.nextInt(7);
            for (int i = 0; i < count; i++) {
                boolean inside = !before.isEmpty() && random.nextInt(3) == 0;
                Address around = inside ? before.get(random.nextInt(before.size())) : thing("x");
                boolean isDeclared = random.nextInt(3) > 0 && (!inside || declared.contains(around));
                List<String> key = new ArrayList<>(inside ? around.key() : List.of());
                key.add("t" + i);
                Address address = new Address("thing", key);
                boolean isLive = random.nextInt(3) > 0 && (!inside || world.live.containsKey(around));
                if (isLive) {
                    List<Address> there = before.stream().filter(world.live::containsKey).toList();
                    world.live(address, some(there, random), random.nextInt(4) > 0);
                    if (random.nextInt(4) == 0) {
                        world.owned.remove(address);
                    }
                }
                if (isDeclared) {
                    world.desire(address, some(declared, random));
                    declared.add(address);
                }
                before.add(address);
            }
            return world;
        }

        private static List<Address> some(List<Address> all, Random random) {
            return all.stream().filter(address -> random.nextInt(3) == 0).toList();
        }

        void desire(Address address, List<Address> needs) {
            desired.put(address, Resource.desired(address, map("title", "new", "needs", texts(needs)), Origin.NONE));
        }

        void live(Address address, List<Address> needs, boolean created) {
            live.put(address, object(address, map("title", "new", "needs", texts(needs))));
            owned.put(address,
                    new Owned(Optional.of(address.toString()), created, false, new TreeMap<>(), Set.copyOf(needs)));
        }

        private static List<String> texts(List<Address> needs) {
            return needs.stream().map(Address::toString).sorted().toList();
        }

        Set<Address> known() {
            Set<Address> known = new TreeSet<>(desired.keySet());
            known.addAll(owned.keySet());
            return known;
        }

        PlanRequest request() {
            LiveState state = new LiveState(new TreeMap<>(live), new ServerIdentity("here", new TreeMap<>()),
                    List.of());
            return new PlanRequest(new TreeMap<>(desired), state, new TreeMap<>(owned), Manage.NOTHING,
                    PlanRequest.Aim.DESIRED,
                    PlanRequest.Inside.CASCADE);
        }

        Plan plan() {
            return PLANNER.plan(request()).plan();
        }

        Plan plan(Set<Address> targets) {
            return PLANNER.plan(PLANNER.narrowed(request(), targets)).plan();
        }

        List<Address> changed(Address target) {
            return plan(Set.of(target)).changes().stream().map(Change::address).toList();
        }

        void apply(Plan plan) {
            for (Change change : plan.changes()) {
                Address address = change.address();
                switch (change) {
                    case Change.Create create -> made(address, create.planned(), true);
                    case Change.Update update ->
                        made(address, update.planned(), owned.getOrDefault(address, NONE).created());
                    case Change.Adopt adopt -> made(address, adopt.planned(), false);
                    case Change.Replace ignored -> throw new IllegalStateException("nothing immutable here");
                    case Change.Delete ignored -> {
                        owned.remove(address);
                        live.keySet().removeIf(other -> isIn(other, address));
                    }
                    case Change.Forget ignored -> owned.remove(address);
                }
            }
        }

        private void made(Address address, Resource planned, boolean created) {
            live.put(address, object(address, planned.value()));
            Set<Address> needs = planned.value()
                    .texts("needs")
                    .stream()
                    .map(Address::parse)
                    .collect(Collectors.toSet());
            owned.put(address, new Owned(Optional.of(address.toString()), created, false, new TreeMap<>(), needs));
        }

        private static boolean isIn(Address other, Address container) {
            List<String> key = container.key();
            return other.key().size() >= key.size() && other.key().subList(0, key.size()).equals(key);
        }

        @Override
        public String toString() {
            return Map.of("desired", desired.keySet(), "live", live.keySet(), "owned", owned.keySet()).toString();
        }
    }
}
