package dev.realmform.apply;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.provider.Outcome;
import dev.realmform.provider.Provider;
import dev.realmform.provider.ResourceType;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** One apply of a random plan against two random providers, and the log of all that happened, in order. */
final class Rehearsal {

    /** What can be seen from outside. */
    sealed interface Entry {
        record Pending(List<Change> bundle) implements Entry {}

        record Writing(List<Change> bundle) implements Entry {}

        record Recorded(Change change, Outcome outcome) implements Entry {}

        record Event(ApplyEvent event) implements Entry {}

        record Interrupted() implements Entry {}
    }

    /** What is allowed to go wrong. */
    record Mishaps(boolean failures, boolean interrupts) {}

    private static final List<String> TYPES = List.of("a0", "a1", "b0", "b1");

    final List<Entry> log = Collections.synchronizedList(new ArrayList<>());
    final Set<Thread> coordinators = Collections.synchronizedSet(new LinkedHashSet<>());
    final Side a = new Side("a");
    final Side b = new Side("b");
    final int parallelism;
    final Plan plan;
    final ApplyResult result;

    private final Random random;
    private final Mishaps mishaps;
    private final Interrupt interrupt = new Interrupt();
    private final int interruptAt;
    private final int failPercent;
    private final int[] limits;
    private int seen;

    Rehearsal(long seed, Mishaps mishaps) {
        random = new Random(seed);
        this.mishaps = mishaps;
        parallelism = 1 + random.nextInt(4);
        failPercent = mishaps.failures() ? random.nextInt(40) : 0;
        limits = random.ints(TYPES.size(), 1, 6).toArray();
        plan = randomPlan();
        interruptAt = mishaps.interrupts() ? random.nextInt(3 * plan.changes().size() + 1) : -1;
        Provider worldA = a.provider();
        Provider worldB = b.provider();
        result = new Apply(change -> change.address().type().startsWith("a") ? worldA : worldB,
                address -> Optional.of("live " + address),
                recorder(), event -> note(new Entry.Event(event)), parallelism, Clock.systemUTC(), System::nanoTime,
                interrupt).run(plan);
    }

    private Plan randomPlan() {
        List<Change> changes = new ArrayList<>();
        Map<Address, Set<Address>> waitsFor = new HashMap<>();
        int size = 1 + random.nextInt(40);
        int density = random.nextInt(30);
        boolean mostlyCreates = random.nextBoolean();
        for (int i = 0; i < size; i++) {
            Set<Address> needs = new TreeSet<>();
            for (Change earlier : changes) {
                if (random.nextInt(100) < density) {
                    needs.add(earlier.address());
                }
            }
            Change change = randomChange("n%02d".formatted(i), changes, mostlyCreates);
            if (change instanceof Change.Delete delete) {
                delete.goesWith().ifPresent(needs::add);
            }
            changes.add(change);
            waitsFor.put(change.address(), needs);
        }
        return Fakes.plan(changes, waitsFor);
    }

    private Change randomChange(String name, List<Change> earlier, boolean mostlyCreates) {
        String type = TYPES.get(random.nextInt(TYPES.size()));
        List<Address> containers = earlier.stream()
                .filter(change -> change instanceof Change.Delete delete && delete.goesWith().isEmpty())
                .map(Change::address)
                .toList();
        return switch (mostlyCreates ? random.nextInt(20) : random.nextInt(8)) {
            case 0 -> Fakes.update(type, name);
            case 1 -> Fakes.replace(type, name);
            case 2 -> Fakes.delete(type, name);
            case 3 -> Fakes.adopt(type, name, true);
            case 4 -> Fakes.adopt(type, name, false);
            case 5 -> Fakes.forget(type, name);
            case 6 -> containers.isEmpty() ? Fakes.delete(type, name)
                    : Fakes.deleteWith(containers.get(random.nextInt(containers.size())), type, name);
            default -> Fakes.create(type, name);
        };
    }

    /** One of the two providers. */
    final class Side {
        final AtomicInteger most = new AtomicInteger();
        private final AtomicInteger flying = new AtomicInteger();
        private final String name;

        private Side(String name) {
            this.name = name;
        }

        private Provider provider() {
            List<ResourceType> types = new ArrayList<>();
            TYPES.stream()
                    .filter(type -> type.startsWith(name))
                    .forEach(type -> types.add(new Fakes.Type(type, limit(type))));
            return new Fakes.World(types, this::write);
        }

        private List<Outcome> write(List<Change> bundle) {
            note(new Entry.Writing(bundle));
            most.accumulateAndGet(flying.incrementAndGet(), Math::max);
            LockSupport.parkNanos(below(400) * 1000L);
            flying.decrementAndGet();
            return switch (mishaps.failures() ? below(30) : -1) {
                case 0 -> throw new IllegalStateException("a bug in the provider");
                case 1 -> List.of();
                default -> outcomes(bundle);
            };
        }
    }

    int limit(String type) {
        return limits[TYPES.indexOf(type)];
    }

    private List<Outcome> outcomes(List<Change> bundle) {
        List<Outcome> outcomes = new ArrayList<>();
        for (Change change : bundle) {
            boolean fails = below(100) < failPercent;
            Optional<String> id = below(2) == 0 ? Optional.of("left over") : Optional.empty();
            outcomes.add(fails ? new Outcome.Failed(Problem.failed("refused", "", ""), id, id.isPresent())
                    : Fakes.done(change));
        }
        return outcomes;
    }

    private int below(int bound) {
        synchronized (random) {
            return random.nextInt(bound);
        }
    }

    private Recorder recorder() {
        return new Recorder() {
            @Override
            public void pending(List<Change> bundle) {
                note(new Entry.Pending(bundle));
            }

            @Override
            public void ended(List<Ended> ends) {
                ends.forEach(end -> note(new Entry.Recorded(end.change(), end.outcome())));
            }
        };
    }

    /** The interrupt comes between two entries that the coordinator makes, so that "after it" has a meaning. */
    private void note(Entry entry) {
        log.add(entry);
        if (!(entry instanceof Entry.Writing)) {
            coordinators.add(Thread.currentThread());
            if (seen++ == interruptAt) {
                log.add(new Entry.Interrupted());
                interrupt.request();
            }
        }
    }

    List<ApplyEvent> events() {
        return log.stream().filter(Entry.Event.class::isInstance).map(entry -> ((Entry.Event) entry).event()).toList();
    }
}
