package dev.realmform.state;

import dev.realmform.model.Address;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The record of a run on a server: every few seconds the whole state, with what is still open.
 *
 * <p>What the run intends is stored before the first change is sent. So whatever is killed, and whenever, the next run finds a
 * state that names each change whose end is not recorded, and looks. An outage of the server meanwhile stops nothing; a lock
 * or a login that was lost stops new changes.
 */
public final class RemoteJournal implements Journal {

    /** A version takes at most a tenth of the time between two. */
    private static final int SHARE = 10;

    private final RemoteState remote;
    private final String run;
    private final Ledger ledger;
    private final Duration pace;

    /** Held while a version is on its way: they arrive in their order. Taken before this object's own monitor. */
    private final Object wire = new Object();

    private Loaded stored;
    private Optional<ProblemException> refused = Optional.empty();
    private Optional<Thread> poster = Optional.empty();
    private boolean dirty;
    private boolean ended;

    /** What was intended and has not begun. */
    private final Set<Address> ahead = new HashSet<>();

    /**
     * @param base    the state that the run begins with
     * @param carried what is still not settled of the runs before
     * @throws ProblemException if what is stored is not what {@code base} was made from
     */
    public RemoteJournal(RemoteState remote, State base, List<Pending> carried) {
        this.remote = remote;
        this.run = remote.newId();
        this.ledger = new Ledger(base);
        this.pace = remote.pace().snapshots();
        carried.forEach(one -> ledger.take(new Event.Began(one)));
        this.stored = remote.load().orElseGet(() -> new Loaded(State.fresh(base.lineage()), List.of()));
        State now = stored.state();
        if (!now.lineage().equals(base.lineage()) || now.serial() != base.serial()) {
            throw Problem
                    .refused("the state " + remote.name() + " was changed by somebody else in the meantime: serial "
                            + now.serial() + ", not " + base.serial(), "", "Run the command again.")
                    .asException();
        }
    }

    @Override
    public void intend(Supplier<List<Pending>> intentions) {
        List<Pending> coming = intentions.get();
        if (coming.isEmpty()) {
            return;
        }
        synchronized (this) {
            coming.forEach(one -> ledger.take(new Event.Began(one)));
            coming.forEach(one -> ahead.add(one.address()));
        }
        send(retries()).orThrow();
        poster = Optional.of(Thread.ofVirtual().start(this::post));
    }

    /** Nothing that happened is ever refused; only what is about to begin. */
    @Override
    public void append(List<Event> events) {
        boolean unknown;
        synchronized (this) {
            List<Pending> begun = events.stream()
                    .flatMap(event -> event instanceof Event.Began(Pending one)
                            ? java.util.stream.Stream.of(one)
                            : java.util.stream.Stream.empty())
                    .toList();
            if (!begun.isEmpty()) {
                refused.or(remote::broken).ifPresent(why -> {
                    throw why;
                });
            }
            begun.forEach(one -> ahead.remove(one.address()));
            unknown = !begun.stream().allMatch(ledger::isPending);
            dirty |= unknown || begun.size() < events.size();
            events.forEach(ledger::take);
            notifyAll();
        }
        if (unknown) {
            send(retries()).orThrow();
        }
    }

    @Override
    public synchronized State state() {
        return ledger.state();
    }

    @Override
    public State fold() {
        stop();
        dropWhatNeverBegan();
        if (isStored()) {
            return last();
        }
        Upload result = send(retries());
        if (result instanceof Upload.Failed failed) {
            throw isWorthKeeping() ? kept(failed.problem()) : failed.problem();
        }
        return last();
    }

    /**
     * A run that ends before its plan does: to the next one, what others make meanwhile in the place of what this one has
     * never sent must not look like ours.
     */
    private synchronized void dropWhatNeverBegan() {
        ahead.forEach(address -> ledger.take(new Event.Failed(address)));
        ahead.clear();
    }

    private synchronized State last() {
        return stored.state();
    }

    @Override
    public void close() {
        if (!hasEnded()) {
            fold();
        }
    }

    /** Whether there is nothing that the server does not know. */
    private synchronized boolean isStored() {
        return ledger.state().saysTheSameAs(stored.state()) && ledger.pending().equals(stored.pending());
    }

    /** A run whose first version was refused has done nothing: a file of it would be pushed for nothing, or over something. */
    private synchronized boolean isWorthKeeping() {
        return !ledger.state().resources().equals(stored.state().resources())
                || !ledger.pending().equals(stored.pending());
    }

    /** Called with this object's monitor held. */
    private Loaded next() {
        State now = ledger.state();
        return new Loaded(new State(now.lineage(), stored.state().serial(), now.run(), now.files(), now.server(),
                now.resources(), now.seal()).stored(run), ledger.pending());
    }

    private Upload send(int retries) {
        synchronized (wire) {
            Loaded next;
            synchronized (this) {
                dirty = false;
                next = next();
            }
            Upload result = remote.store(next, retries);
            synchronized (this) {
                switch (result) {
                    case Upload.Stored ignored -> {
                        stored = next;
                        refused = remote.broken();
                    }
                    case Upload.Failed failed -> {
                        dirty = true;
                        refused = failed.isPassing() ? refused : Optional.of(failed.problem());
                    }
                }
            }
            return result;
        }
    }

    /** Stores what is new, again and again, until the run ends. */
    private void post() {
        Duration rest = pace;
        try {
            while (true) {
                Thread.sleep(rest);
                synchronized (this) {
                    while (!dirty && !ended && refused.isEmpty()) {
                        wait();
                    }
                    if (ended || refused.isPresent()) {
                        return;
                    }
                }
                long start = System.nanoTime();
                synchronized (wire) {
                    if (hasEnded()) {
                        return;
                    }
                    send(0);
                }
                Duration took = Duration.ofNanos(System.nanoTime() - start).multipliedBy(SHARE);
                rest = took.compareTo(pace) > 0 ? took : pace;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the run ends
        }
    }

    /** Ends the thread that stores; a version that is on its way arrives first. */
    private void stop() {
        synchronized (wire) {
            synchronized (this) {
                ended = true;
            }
            poster.ifPresent(Thread::interrupt);
        }
    }

    private synchronized boolean hasEnded() {
        return ended;
    }

    private int retries() {
        return remote.pace().retries();
    }

    /** The last resort: a file, and how it gets to the server from there. */
    private ProblemException kept(ProblemException why) {
        Loaded whole;
        synchronized (this) {
            whole = next();
        }
        List<Problem> problems = new ArrayList<>(why.problems());
        try {
            java.nio.file.Path file = remote.refuge().keep(whole);
            problems.add(Problem.failed(
                    "what was done is not in the state " + remote.name() + ", but in the file " + file,
                    "", "Store it before anything else: realmform state push " + file
                            + " (with the same -f or --state). If the file is lost, apply again: it looks at each change"
                            + " that is open in the state."));
        } catch (ProblemException e) {
            problems.addAll(e.problems());
            problems.add(Problem.failed("what was done is neither in the state " + remote.name() + " nor in a file", "",
                    "Apply again when the state's server takes it: it looks at each change that is open in the state."));
        }
        return new ProblemException(problems);
    }
}
