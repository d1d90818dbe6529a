package dev.realmform.state;

import dev.realmform.model.Address;
import dev.realmform.model.Owned;
import dev.realmform.model.Problem;
import dev.realmform.model.Value;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The journal beside a state file: one line of JSON for each event.
 *
 * <p>It begins by replacing whatever journal was there, in one rename, by one that holds the same: the difference between the
 * stored state and the one that this run begins with, and what is still pending.
 *
 * <p>A beginning is on the disk before the request goes out; how it ended, with the next beginning. In between, should the
 * machine itself end, the next run finds a beginning without an end, and looks.
 */
final class FileJournal implements Journal {

    private final FileStateStore store;
    private final Optional<State> stored;
    private final State base;
    private final List<Pending> carried;
    private final String run;
    private final Ledger ledger;
    private @Nullable FileChannel channel;
    private boolean started;
    private long whole;
    /** Whether what was written last may still be in the machine's memory alone. */
    private boolean unforced;

    FileJournal(FileStateStore store, State base, List<Pending> carried) {
        this.store = store;
        this.stored = store.stored();
        this.base = base;
        this.carried = List.copyOf(carried);
        this.run = store.newRun();
        this.ledger = new Ledger(base);
        carried.forEach(one -> ledger.take(new Event.Began(one)));
        refuseIfMoved();
    }

    private void refuseIfMoved() {
        State now = stored.orElseGet(() -> State.fresh(base.lineage()));
        if (!now.lineage().equals(base.lineage()) || now.serial() != base.serial()) {
            throw Problem.refused("the state " + store.name() + " was changed by somebody else in the meantime: serial "
                    + now.serial() + ", not " + base.serial(), "", "Run the command again.").asException();
        }
    }

    @Override
    public synchronized void append(List<Event> events) {
        if (events.isEmpty()) {
            return;
        }
        try {
            FileChannel open = open();
            try {
                DurableFile.writeAll(open, lines(events.stream().map(JournalFormat::write).toList()));
                unforced = true;
                if (events.stream().anyMatch(Event.Began.class::isInstance)) {
                    force(open);
                }
                whole = open.position();
            } catch (IOException e) {
                // A torn line may only be the last one: the next attempt must not follow it.
                open.truncate(whole);
                open.position(whole);
                throw e;
            }
        } catch (IOException e) {
            throw DurableFile.cannotWrite(store.journalFile().path(), e);
        }
        events.forEach(ledger::take);
    }

    @Override
    public synchronized State state() {
        return ledger.state();
    }

    @Override
    public synchronized State fold() {
        State now = ledger.state();
        boolean changed = !now.saysTheSameAs(stored.orElseGet(() -> State.fresh(base.lineage())));
        boolean settled = ledger.pending().isEmpty();
        if (changed || !settled) {
            start();
        }
        close();
        State result = changed ? now.stored(run) : now;
        if (changed) {
            store.store(result);
        }
        if (settled) {
            store.journalFile().delete();
        }
        return result;
    }

    @Override
    public synchronized void close() {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            try (open) {
                force(open);
            } catch (IOException e) {
                throw DurableFile.cannotWrite(store.journalFile().path(), e);
            }
        }
    }

    private FileChannel open() throws IOException {
        FileChannel open = channel;
        if (open == null) {
            start();
            open = store.journalFile().open(Set.of(StandardOpenOption.WRITE));
            whole = open.size();
            open.position(whole);
            channel = open;
        }
        return open;
    }

    private void force(FileChannel open) throws IOException {
        if (unforced) {
            open.force(false);
            unforced = false;
        }
    }

    /** Puts the beginning of this run's journal in the place of what is there; once. */
    private void start() {
        if (started) {
            return;
        }
        List<Event> beginning = new ArrayList<>(difference());
        carried.forEach(one -> beginning.add(new Event.Began(one)));
        List<Value.MapOf> all = new ArrayList<>(List.of(JournalFormat.header(base, run)));
        beginning.forEach(event -> all.add(JournalFormat.write(event)));
        store.journalFile().replace(lines(all));
        started = true;
    }

    private List<Event> difference() {
        SortedMap<Address, Owned> before = stored.map(State::resources).orElseGet(TreeMap::new);
        List<Event> events = new ArrayList<>();
        for (Address address : before.keySet()) {
            if (base.find(address).isEmpty()) {
                events.add(new Event.Gone(address));
            }
        }
        for (Map.Entry<Address, Owned> entry : base.resources().entrySet()) {
            if (!entry.getValue().equals(before.get(entry.getKey()))) {
                events.add(new Event.Done(entry.getKey(), entry.getValue()));
            }
        }
        return events;
    }

    private byte[] lines(List<Value.MapOf> trees) {
        StringBuilder text = new StringBuilder();
        trees.forEach(tree -> text.append(store.codec().line().apply(tree)).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
