package dev.realmform.cli;

import dev.realmform.apply.Recorder;
import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Owned;
import dev.realmform.model.ServerIdentity;
import dev.realmform.plan.Ownership;
import dev.realmform.provider.Outcome;
import dev.realmform.provider.ResourceType;
import dev.realmform.state.Event;
import dev.realmform.state.Journal;
import dev.realmform.state.Pending;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.function.Function;

/** Keeps in the state's journal what an apply is about to send and what came of it. */
final class JournalRecorder implements Recorder {

    private static final String REALM = "realm";

    private final Journal journal;
    private final Function<String, ResourceType> types;
    private final Ownership ownership;
    private final SortedMap<Address, Owned> owned;
    /** What those that are under way will leave: making it costs a hash for each field. Not known earlier: names change hands. */
    private final Map<Address, Optional<Owned>> underway = new HashMap<>();
    /**
     * The same of what has no past, made beforehand: while the server makes a realm, say, there is nothing else to do. Not used
     * where a rename has given it one since.
     */
    private final Map<Address, ForkJoinTask<Optional<Owned>>> ahead = new HashMap<>();
    private ServerIdentity server;

    /** @param owned what is owned at the start of the run */
    JournalRecorder(Journal journal, Function<String, ResourceType> types, Ownership ownership,
            SortedMap<Address, Owned> owned, ServerIdentity server) {
        this.journal = journal;
        this.types = types;
        this.ownership = ownership;
        this.owned = new TreeMap<>(owned);
        this.server = server;
    }

    @Override
    public void pending(List<Change> bundle) {
        journal.append(bundle.stream().map(this::began).toList());
    }

    @Override
    public void ended(List<Ended> ends) {
        List<Event> events = new ArrayList<>();
        for (Ended end : ends) {
            switch (end.outcome()) {
                case Outcome.Done outcome -> succeeded(end.change(), outcome, events);
                case Outcome.Failed outcome -> failed(end.change(), outcome, events);
            }
            underway.remove(end.change().address());
        }
        journal.append(events);
    }

    private void succeeded(Change change, Outcome.Done outcome, List<Event> events) {
        if (change.declared().isEmpty()) {
            events.add(new Event.Gone(change.address()));
            owned.remove(change.address());
        } else {
            became(change, outcome.id(), events);
        }
    }

    /**
     * What failed half-way and is there all the same is ours if we made it. It, and whatever else may have been written, stays
     * pending: the next run looks what there is of it.
     */
    private void failed(Change change, Outcome.Failed outcome, List<Event> events) {
        boolean made = change instanceof Change.Create || change instanceof Change.Replace;
        if (made && outcome.id().isPresent()) {
            Owned becomes = becomes(change).orElseThrow();
            Owned bare = new Owned(outcome.id(), becomes.created(), becomes.protect(), new TreeMap<>(),
                    becomes.needs());
            events.add(new Event.Done(change.address(), bare));
            events.add(began(change));
        } else if (!outcome.partly()) {
            events.add(new Event.Failed(change.address()));
        }
    }

    /** Begins with what takes time about the entry that a change will leave. */
    void begin(Change change) {
        ResourceType type = types.apply(change.address().type());
        Optional<Owned> prior = prior(change);
        ownership.begin(type, change, prior);
        if (prior.isEmpty()) {
            ahead.put(change.address(), ForkJoinPool.commonPool()
                    .submit(() -> ownership.intended(type, change, Optional.empty())));
        }
    }

    /** A change as the next run has to know it if nobody tells its end. */
    Pending intention(Change change) {
        return Pending.of(change, foreseen(change));
    }

    private Event began(Change change) {
        return new Event.Began(Pending.of(change, becomes(change)));
    }

    private Optional<Owned> becomes(Change change) {
        return underway.computeIfAbsent(change.address(), _ -> foreseen(change));
    }

    private Optional<Owned> foreseen(Change change) {
        ForkJoinTask<Optional<Owned>> begun = ahead.remove(change.address());
        // Not waited for: it may stand behind slow hashes, and is quickly made.
        if (begun != null && !begun.cancel(false) && begun.isCompletedNormally() && prior(change).isEmpty()) {
            return begun.join();
        }
        return ownership.intended(types.apply(change.address().type()), change, prior(change));
    }

    /** What it was going to leave, where that lacks nothing but the id. */
    private Owned left(Change change, Optional<String> id) {
        return Optional.ofNullable(underway.get(change.address()))
                .flatMap(Function.identity())
                .filter(Owned::hasAllPrints)
                .map(entry -> id.isEmpty() ? entry : entry.withId(id))
                .orElseGet(() -> ownership.after(types.apply(change.address().type()), change, id, prior(change)));
    }

    private static Optional<Address> was(Change change) {
        return change instanceof Change.Update update ? update.renamedFrom() : Optional.empty();
    }

    private Optional<Owned> prior(Change change) {
        return Optional.ofNullable(owned.get(change.address()))
                .or(() -> was(change).flatMap(old -> Optional.ofNullable(owned.get(old))));
    }

    private void became(Change change, Optional<String> id, List<Event> events) {
        Address address = change.address();
        Owned entry = left(change, id);
        was(change).ifPresent(old -> {
            events.add(new Event.Gone(old));
            owned.remove(old);
        });
        events.add(new Event.Done(address, entry));
        owned.put(address, entry);
        if (address.type().equals(REALM) && entry.id().isPresent()) {
            SortedMap<String, String> ids = new TreeMap<>(server.realmIds());
            ids.put(address.root(), entry.id().get());
            server = new ServerIdentity(server.issuer(), ids);
            events.add(new Event.Identified(server));
        }
    }
}
