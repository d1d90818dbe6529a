package dev.realmform.cli;

import dev.realmform.apply.Apply;
import dev.realmform.apply.ApplyEvent;
import dev.realmform.apply.ApplyResult;
import dev.realmform.apply.Interrupt;
import dev.realmform.apply.Recorder;
import dev.realmform.apply.Watcher;
import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Owned;
import dev.realmform.model.Plan;
import dev.realmform.model.ProblemException;
import dev.realmform.plan.Extent;
import dev.realmform.plan.Ownership;
import dev.realmform.plan.Seal;
import dev.realmform.provider.LiveState;
import dev.realmform.provider.Provider;
import dev.realmform.provider.ResourceType;
import dev.realmform.state.Event;
import dev.realmform.state.Journal;
import dev.realmform.state.State;
import dev.realmform.state.StateLock;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Carries out a plan and keeps the state in step with it.
 *
 * @param files        from which the state will have been made
 * @param parallelism  calls in flight at once
 * @param remembered   which changes the state is about: what is only started anew, is none of them
 */
record Carrying(Shell shell, Provider provider, SortedSet<String> files, int parallelism,
        Predicate<Change> remembered) {

    /** Walks the plan; when this returns, what happened is in the state. */
    ApplyResult carryOut(Survey.Found found, StateLock lock, Watcher watcher, Interrupt interrupt) {
        State base = found.state().forRun(remembered(found), found.server());
        Ownership ownership = new Ownership(shell.random());
        Plan plan = found.planned().plan();
        try (Journal journal = lock.journal(base, List.of())) {
            JournalRecorder recorder = new JournalRecorder(journal, this::type, ownership, base.resources(),
                    found.server());
            List<Change> remembers = plan.changes().stream().filter(remembered).toList();
            journal.intend(() -> remembers.stream()
                    .filter(change -> change.writes() || change instanceof Change.Delete)
                    .map(recorder::intention)
                    .toList());
            remembers.forEach(recorder::begin);
            LiveState live = found.request().live();
            Function<Address, Optional<String>> ids = address -> live.find(address).flatMap(LiveState.LiveObject::id);
            int all = plan.changes().size();
            Apply apply = new Apply(change -> provider, ids, new Only(remembered, recorder),
                    new Counting(watcher, lock, all), parallelism,
                    shell.clock(), System::nanoTime, interrupt);
            interrupt.also(provider::waitNoLonger);
            ApplyResult result = apply.run(plan);
            journal.append(moved(found, ownership));
            journal.append(sealed(journal.state(), found));
            journal.fold();
            return result;
        } catch (ProblemException failed) {
            throw failed.withWhatFollowed();
        }
    }

    /** A part of a plan neither makes all that new files declare, nor unmakes what gone ones did. */
    private SortedSet<String> remembered(Survey.Found found) {
        if (found.request().extent() instanceof Extent.Everything) {
            return files;
        }
        SortedSet<String> all = new TreeSet<>(found.state().files());
        all.addAll(files);
        return all;
    }

    /** Entries of resources that match already, where the file has gained or lost fields. */
    private List<Event> moved(Survey.Found found, Ownership ownership) {
        return found.planned().matching().values().stream().flatMap(desired -> {
            Address address = desired.address();
            Owned prior = found.owned().get(address);
            if (prior == null) {
                return Stream.empty();
            }
            Optional<String> id = found.request().live().find(address).flatMap(LiveState.LiveObject::id);
            Owned entry = ownership.unchanged(type(address.type()), desired, id, prior);
            return entry.equals(prior)
                    ? Stream.empty()
                    : Stream.of((Event) new Event.Done(address, entry));
        }).toList();
    }

    /** A seal over the secrets of the state, where it has none; a run that was stopped leaves that to the next. */
    private List<Event> sealed(State now, Survey.Found found) {
        return now.seal().isPresent() ? List.of()
                : Seal.of(now.resources(), found.request().desired(), shell.random())
                        .map(seal -> List.of((Event) new Event.Sealed(seal)))
                        .orElse(List.of());
    }

    private ResourceType type(String name) {
        return provider.type(name).orElseThrow();
    }

    /** Keeps what happens to some changes. */
    private record Only(Predicate<Change> remembered, Recorder recorder) implements Recorder {

        @Override
        public void pending(List<Change> bundle) {
            List<Change> kept = bundle.stream().filter(remembered).toList();
            if (!kept.isEmpty()) {
                recorder.pending(kept);
            }
        }

        @Override
        public void ended(List<Ended> ends) {
            List<Ended> kept = ends.stream().filter(end -> remembered.test(end.change())).toList();
            if (!kept.isEmpty()) {
                recorder.ended(kept);
            }
        }
    }

    /** Tells those who wait for the lock how far the run is. */
    private static final class Counting implements Watcher {

        private final Watcher watcher;
        private final StateLock lock;
        private final int all;
        private int ended;

        Counting(Watcher watcher, StateLock lock, int all) {
            this.watcher = watcher;
            this.lock = lock;
            this.all = all;
        }

        @Override
        public void on(ApplyEvent event) {
            if (!(event instanceof ApplyEvent.Started)) {
                ended++;
            }
            watcher.on(event);
        }

        @Override
        public void tick() {
            lock.progress(ended + " of " + all + " done");
            watcher.tick();
        }
    }
}
