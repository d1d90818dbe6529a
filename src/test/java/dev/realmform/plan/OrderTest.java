package dev.realmform.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Address;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OrderTest {

    private final SortedMap<Address, Set<Address>> waitsFor = new TreeMap<>();

    @Test
    void whatIsWaitedForComesFirst() {
        waits("a", "c");
        waits("b");
        waits("c", "b");

        assertThat(ordered()).containsExactly(at("b"), at("c"), at("a"));
    }

    @Test
    void freeAddressesComeSorted() {
        waits("b");
        waits("c");
        waits("a");

        assertThat(ordered()).containsExactly(at("a"), at("b"), at("c"));
    }

    @Test
    void anAddressThatIsOnlyWaitedForIsInTheOrderToo() {
        waits("a", "z");

        assertThat(ordered()).containsExactly(at("z"), at("a"));
    }

    @Test
    void aCycleIsReportedWithItsPath() {
        waits("a", "b");
        waits("b", "d", "c");
        waits("c", "b");
        waits("d");

        assertThat(Order.of(waitsFor)).isInstanceOfSatisfying(Order.Cycle.class, cycle -> {
            assertThat(cycle.path()).containsExactly(at("b"), at("c"), at("b"));
            assertThat(cycle).hasToString("role/r/b → role/r/c → role/r/b");
        });
    }

    @Test
    void anAddressThatWaitsForItselfIsACycle() {
        waits("a", "a");

        assertThat(Order.of(waitsFor)).isEqualTo(new Order.Cycle(List.of(at("a"), at("a"))));
    }

    @Test
    void aChainOfTwentyThousandIsOrdered() {
        List<Address> chain = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            chain.add(at("n%05d".formatted(i)));
            waitsFor.put(chain.getLast(), i == 0 ? Set.of() : Set.of(chain.get(i - 1)));
        }
        assertThat(ordered()).isEqualTo(chain);

        SortedMap<Address, Set<Address>> backwards = new TreeMap<>();
        for (int i = 0; i < chain.size(); i++) {
            backwards.put(chain.get(i), i + 1 < chain.size() ? Set.of(chain.get(i + 1)) : Set.of());
        }
        assertThat(Order.of(backwards)).isEqualTo(new Order.Ordered(chain.reversed()));
    }

    @Test
    void randomGraphsHaveOneOrderWhateverTheOrderOfTheirSets() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            SortedMap<Address, Set<Address>> graph = new TreeMap<>();
            SortedMap<Address, Set<Address>> shuffled = new TreeMap<>();
            List<Address> made = new ArrayList<>();
            for (int i = random.nextInt(40); i >= 0; i--) {
                List<Address> needs = made.stream().filter(ignored -> random.nextInt(5) == 0).toList();
                Address address = at("n" + random.nextInt(1_000_000));
                if (made.contains(address)) {
                    continue;
                }
                made.add(address);
                graph.put(address, new HashSet<>(needs));
                List<Address> other = new ArrayList<>(needs);
                Collections.shuffle(other, random);
                shuffled.put(address, new LinkedHashSet<>(other));
            }
            Order order = Order.of(graph);

            assertThat(order).as("seed %d", seed).isEqualTo(Order.of(shuffled));
            assertThat(order).as("seed %d", seed).isInstanceOfSatisfying(Order.Ordered.class, it -> {
                assertThat(it.addresses()).containsExactlyInAnyOrderElementsOf(graph.keySet());
                for (int i = 0; i < it.addresses().size(); i++) {
                    assertThat(it.addresses().subList(0, i)).containsAll(graph.get(it.addresses().get(i)));
                }
            });
        }
    }

    private void waits(String name, String... needs) {
        Set<Address> addresses = new LinkedHashSet<>();
        for (String need : needs) {
            addresses.add(at(need));
        }
        waitsFor.put(at(name), addresses);
    }

    private List<Address> ordered() {
        return ((Order.Ordered) Order.of(waitsFor)).addresses();
    }

    private static Address at(String name) {
        return Address.of("role", "r", name);
    }
}
