package dev.realmform.cli;

import dev.realmform.apply.Interrupt;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.state.StateLock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The lock of a state, which no signal leaves behind.
 *
 * <p>The first signal ends a run that waits for the lock. One that has it and has changed nothing yet gives it back and
 * ends, whatever it is doing: reading, planning, asking. One that carries out its plan starts nothing more, and what runs is
 * finished and recorded. The second signal ends the process at once; the journal then holds what happened.
 */
final class Hold implements AutoCloseable {

    private enum Stage {
        WAITING, HELD, CARRYING
    }

    private final Speaking speaking;
    private final Consumer<List<Problem>> end;
    private final Thread waiting = Thread.currentThread();
    private final Interrupt interrupt = new Interrupt();
    private final AtomicBoolean asked = new AtomicBoolean();
    private final Interrupts signals;
    private volatile Stage stage = Stage.WAITING;
    private volatile Optional<StateLock> lock = Optional.empty();

    private Hold(Speaking speaking, Consumer<List<Problem>> end) {
        this.speaking = speaking;
        this.end = end;
        signals = Interrupts.listen(this::onSignal);
    }

    /** Takes the lock. */
    static Hold take(Speaking speaking, Supplier<StateLock> taking) {
        return take(speaking, taking, problems -> {});
    }

    /**
     * Takes the lock.
     *
     * @param end what else has to be told why, if a signal ends the process
     */
    static Hold take(Speaking speaking, Supplier<StateLock> taking, Consumer<List<Problem>> end) {
        Hold hold = new Hold(speaking, end);
        try {
            hold.took(taking.get());
            return hold;
        } catch (RuntimeException e) {
            hold.close();
            throw e;
        }
    }

    private synchronized void took(StateLock taken) {
        lock = Optional.of(taken);
        if (asked.get()) {
            throw interrupted().asException();
        }
        stage = Stage.HELD;
    }

    StateLock lock() {
        return lock.orElseThrow();
    }

    /** From now on a signal ends nothing by itself. */
    synchronized Interrupt carrying() {
        stage = Stage.CARRYING;
        if (asked.get()) {
            interrupt.request();
        }
        return interrupt;
    }

    /** What runs when a signal arrives, each time in a thread of its own. */
    private void onSignal() {
        if (asked.getAndSet(true)) {
            speaking.shell().err().println("\n" + twice());
            Runtime.getRuntime().halt(ExitCode.INTERRUPTED.number());
        }
        synchronized (this) {
            switch (stage) {
                case WAITING -> waiting.interrupt();
                case HELD -> letGo();
                case CARRYING -> {
                    interrupt.request();
                    speaking.shell()
                            .err()
                            .println("\nInterrupted: nothing more is started; calls that are running are finished and"
                                    + " recorded ...");
                }
            }
        }
    }

    /** While this runs, the run cannot begin to write: {@link #carrying} waits for ever. */
    private void letGo() {
        List<Problem> problems = new ArrayList<>(List.of(interrupted()));
        try {
            lock().close();
        } catch (ProblemException e) {
            problems.addAll(e.problems());
        }
        speaking.shell().err().println();
        end.accept(problems);
        speaking.problems(problems);
        Runtime.getRuntime().halt(ExitCode.INTERRUPTED.number());
    }

    private static Problem interrupted() {
        return new Problem(Problem.Kind.INTERRUPTED, "interrupted before anything was changed", "",
                "Nothing was changed. Run the same command again.", Optional.empty());
    }

    private String twice() {
        String left = lock.flatMap(StateLock::leftBehind)
                .map(unlock -> " The lock of the state stays behind; before that, free it: " + unlock)
                .orElse("");
        return "Interrupted twice: ending at once. "
                + (stage == Stage.CARRYING
                        ? "What was begun is recorded; run the same command again: it looks how far that came."
                        : "Nothing was changed.")
                + left;
    }

    @Override
    public void close() {
        try (signals) {
            lock.ifPresent(StateLock::close);
        }
    }
}
