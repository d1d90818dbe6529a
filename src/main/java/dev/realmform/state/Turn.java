package dev.realmform.state;

import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The turn that a run waits for at a lock that a server keeps.
 *
 * @param state the state's name
 * @param patience how long to wait for somebody else
 * @param poll     between two attempts
 * @param waiting  told once, if it has to wait
 */
public record Turn(String state, Duration patience, Duration poll, Consumer<String> waiting) {

    /**
     * Somebody else who has the lock.
     *
     * @param id   of the lock; empty if it is not known
     * @param text who, since when and with what; how far: which may take a request to find out
     */
    public record Other(String id, Supplier<String> text) {}

    /**
     * Attempts until the lock is ours.
     *
     * @param attempt who has it; empty if we do
     * @throws ProblemException that names who has it, when the patience is at its end
     */
    public void await(Supplier<Optional<Other>> attempt) {
        long start = System.nanoTime();
        boolean told = false;
        while (true) {
            Optional<Other> other = attempt.get();
            if (other.isEmpty()) {
                return;
            }
            if (System.nanoTime() - start >= patience.toNanos()) {
                throw refused(other.get());
            }
            if (!told) {
                told = true;
                waiting.accept(heldBy(other.get()));
            }
            pause();
        }
    }

    private String heldBy(Other other) {
        return "the state " + state + " is held by " + other.text().get();
    }

    private ProblemException refused(Other other) {
        String unlock = other.id().isEmpty() ? "free the lock on the server."
                : "realmform force-unlock " + other.id();
        return Problem.refused(heldBy(other), "",
                "Wait until it is done, or give --lock-timeout 10m to wait here. Only if that run is dead (its job was"
                        + " killed): " + unlock)
                .asException();
    }

    private void pause() {
        try {
            Thread.sleep(poll);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(
                    new Problem(Problem.Kind.INTERRUPTED, "interrupted while waiting for the lock", "",
                            "Nothing was changed.", Optional.of(e)));
        }
    }
}
