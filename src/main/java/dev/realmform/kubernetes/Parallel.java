package dev.realmform.kubernetes;

import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** The same for many, some at once. */
final class Parallel {

    private static final int AT_ONCE = 8;

    private Parallel() {}

    /** @throws ProblemException the first that was thrown, once all have ended */
    static <T> void each(Collection<T> items, Consumer<T> work) {
        Semaphore free = new Semaphore(AT_ONCE);
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (T item : items) {
                running.add(threads.submit(() -> {
                    free.acquire();
                    try {
                        work.accept(item);
                    } finally {
                        free.release();
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(Problem.Kind.INTERRUPTED, "interrupted", "", "", Optional.empty()).asException();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case ProblemException problem -> throw problem;
                case RuntimeException defect -> throw defect;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        }
    }
}
