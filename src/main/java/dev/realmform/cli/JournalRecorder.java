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
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Keeps in the state's journal what an apply is about to send and what came of it. */
final class JournalRecorder implements Recorder {

    private static final String REALM = "realm";

    private final Journal journal;
    private final Function<String, ResourceType> types;
    private final Ownership ownership;
    private final SortedMap<Address, Owned> owned;
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
    public void succeeded(Change change, Outcome.Done outcome) {
        List<Event> events = new ArrayList<>();
        if (change.declared().isEmpty()) {
            events.add(new Event.Gone(change.address()));
            owned.remove(change.address());
        } else {
            became(change, outcome.id(), events);
        }
        journal.append(events);
    }

    /**
     * What failed half-way and is there all the same is ours if we made it. It, and whatever else may have been written, stays
     * pending: the next run looks what there is of it.
     */
    @Override
    public void failed(Change change, Outcome.Failed outcome) {
        boolean made = change instanceof Change.Create || change instanceof Change.Replace;
        if (made && outcome.id().isPresent()) {
            Owned becomes = becomes(change).orElseThrow();
            Owned bare = new Owned(outcome.id(), becomes.created(), becomes.protect(), new TreeMap<>(),
                    becomes.needs());
            journal.append(List.of(new Event.Done(change.address(), bare), began(change)));
        } else if (!outcome.partly()) {
            journal.append(List.of(new Event.Failed(change.address())));
        }
    }

    /** A change as the next run has to know it if nobody tells its end. */
    Pending intention(Change change) {
        return Pending.of(change, becomes(change));
    }

    private Event began(Change change) {
        return new Event.Began(intention(change));
    }

    private Optional<Owned> becomes(Change change) {
        return ownership.intended(types.apply(change.address().type()), change, prior(change));
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
        Owned entry = ownership.after(types.apply(address.type()), change, id, prior(change));
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
