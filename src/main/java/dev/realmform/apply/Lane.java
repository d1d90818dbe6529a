package dev.realmform.apply;

import dev.realmform.provider.Provider;
import dev.realmform.provider.ResourceType;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

/** The changes that are ready for one provider, and the calls that it may still take. Owned by the coordinating thread. */
final class Lane {

    private final Provider provider;
    private final Map<String, Integer> limits;
    private final NavigableSet<Integer> ready = new TreeSet<>();
    private final Semaphore free;

    Lane(Provider provider, int parallelism) {
        this.provider = provider;
        limits = provider.types().stream().collect(Collectors.toMap(ResourceType::name, ResourceType::bundleLimit));
        free = new Semaphore(parallelism);
    }

    Provider provider() {
        return provider;
    }

    NavigableSet<Integer> ready() {
        return ready;
    }

    boolean canStart() {
        return !ready.isEmpty() && free.availablePermits() > 0;
    }

    /** How many changes of a type go out at once. */
    int limit(String type) {
        return Math.max(1, limits.getOrDefault(type, 1));
    }

    /** Takes these off the ready ones, and takes the place of one call. */
    void depart(Iterable<Integer> bundle) {
        bundle.forEach(ready::remove);
        if (!free.tryAcquire()) {
            throw new IllegalStateException("started more calls than may be in flight");
        }
    }

    void arrive() {
        free.release();
    }
}
