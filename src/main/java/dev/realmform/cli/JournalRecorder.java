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
        journal.append(bundle.stream().map(change -> (Event) new Event.Began(Pending.of(change))).toList());
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
     * What failed half-way and is there all the same is ours if we made it; its fields are compared again by the next plan.
     * What may have been written stays pending, and the next run looks.
     */
    @Override
    public void failed(Change change, Outcome.Failed outcome) {
        boolean made = change instanceof Change.Create || change instanceof Change.Replace;
        if (made && outcome.id().isPresent()) {
            journal.append(List.of(new Event.Done(change.address(),
                    new Owned(outcome.id(), true, false, new TreeMap<>(), java.util.Set.of()))));
        } else if (!outcome.partly()) {
            journal.append(List.of(new Event.Failed(change.address())));
        }
    }

    private void became(Change change, Optional<String> id, List<Event> events) {
        Address address = change.address();
        Optional<Address> was = change instanceof Change.Update update ? update.renamedFrom() : Optional.empty();
        Optional<Owned> prior = Optional.ofNullable(owned.get(address))
                .or(() -> was.flatMap(old -> Optional.ofNullable(owned.get(old))));
        Owned entry = ownership.after(types.apply(address.type()), change, id, prior);
        was.ifPresent(old -> {
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
