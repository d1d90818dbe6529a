package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReaderTest {

    private final Reader reader = new Reader(new FakeAdmin());

    @Test
    void everyItemIsLookedAtOnceAndNotTooManyAtATime() {
        Set<Integer> seen = ConcurrentHashMap.newKeySet();
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();

        reader.each(IntStream.range(0, 1_000).boxed().toList(), item -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            LockSupport.parkNanos(100_000);
            assertThat(seen.add(item)).isTrue();
            running.decrementAndGet();
        });

        assertThat(seen).hasSize(1_000);
        assertThat(most).hasValueLessThanOrEqualTo(128);
    }

    @Test
    void ofSeveralFailuresTheFirstInTheirOrderIsThrown() {
        Throwable thrown = catchThrowable(() -> reader.each(IntStream.range(0, 100).boxed().toList(), item -> {
            if (item == 97 || item == 40) {
                throw new IllegalArgumentException("item " + item);
            }
        }));

        assertThat(thrown).hasMessage("item 40");
    }
}
