package dev.realmform.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FrozenMapTest {

    private final Random random = new Random(7);

    @Test
    void holdsAfterAnyChangesWhatATreeMapWouldHold() {
        for (int run = 0; run < 200; run++) {
            SortedMap<String, Value> expected = new TreeMap<>();
            FrozenMap<String, Value> fields = FrozenMap.of(new TreeMap<String, Value>());
            for (int step = 0; step < 30; step++) {
                String name = String.valueOf(random.nextInt(12));
                if (random.nextInt(3) == 0) {
                    fields = fields.without(name);
                    expected.remove(name);
                } else {
                    Value value = Value.num(random.nextInt(3));
                    fields = fields.with(name, value);
                    expected.put(name, value);
                }
                assertThat(fields).isEqualTo(expected).hasSameHashCodeAs(expected).containsExactlyEntriesOf(expected);
                assertThat(expected).isEqualTo(fields);
                assertThat(fields.get(name)).isEqualTo(expected.get(name));
                assertThat(fields.containsKey(name)).isEqualTo(expected.containsKey(name));
                assertThat(fields).isEqualTo(FrozenMap.of(expected)).hasSize(expected.size());
                assertThat(fields.tailMap(name)).isEqualTo(expected.tailMap(name));
            }
        }
    }

    @Test
    void doesNotChangeWithTheMapItWasMadeOf() {
        SortedMap<String, Value> fields = new TreeMap<>(Map.of("a", Value.num(1)));
        FrozenMap<String, Value> frozen = FrozenMap.of(fields);

        fields.put("b", Value.num(2));

        assertThat(frozen).containsOnlyKeys("a");
        assertThatThrownBy(() -> frozen.put("c", Value.NULL)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> frozen.remove("a")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(frozen::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void isInTheOrderOfNamesWhateverOrderItWasMadeIn() {
        SortedMap<String, Value> backwards = new TreeMap<>(java.util.Comparator.reverseOrder());
        backwards.put("a", Value.num(1));
        backwards.put("b", Value.num(2));

        assertThat(FrozenMap.of(backwards)).containsExactly(Map.entry("a", Value.num(1)),
                Map.entry("b", Value.num(2)));
    }

    @Test
    void theFieldsForWhichThereIsNoOtherValueFallAway() {
        FrozenMap<String, Value> fields = FrozenMap.of(new TreeMap<>(Map.of("a", Value.num(1), "b", Value.num(2))));

        assertThat(fields.each((name, value) -> name.equals("a") ? Optional.empty() : Optional.of(Value.num(3))))
                .isEqualTo(Map.of("b", Value.num(3)));
        assertThat(fields.each((name, value) -> Optional.of(value))).isSameAs(fields);
    }

    /** Sizes around those from which keys are found by their hashes, and from which a builder grows a tree. */
    @Test
    void isBuiltInWhateverOrderAndFindsWhatATreeMapWouldFind() {
        for (int size : new int[]{0, 1, 2, 15, 16, 17, 33, 63, 64, 65, 66, 200, 1_000}) {
            List<Address> addresses = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                addresses.add(Address.of(i % 3 == 0 ? "group" : "user", "retail", String.valueOf(i)));
            }
            requireAsInATree(addresses);
            requireAsInATree(addresses.reversed());
            Collections.shuffle(addresses, random);
            requireAsInATree(addresses);
        }
    }

    private static void requireAsInATree(List<Address> addresses) {
        FrozenMap.Builder<Address, Integer> builder = new FrozenMap.Builder<>();
        SortedMap<Address, Integer> expected = new TreeMap<>();
        for (Address address : addresses) {
            assertThat(builder.has(address)).isFalse();
            builder.add(address, -1);
            builder.add(address, expected.size());
            assertThat(builder.has(address)).isTrue();
            expected.put(address, expected.size());
        }
        FrozenMap<Address, Integer> frozen = builder.build();

        assertThat(frozen).isEqualTo(expected).containsExactlyEntriesOf(expected);
        assertThat(addresses).allSatisfy(address -> assertThat(frozen.get(address)).isEqualTo(expected.get(address)));
        for (int i = -1; i <= addresses.size(); i++) {
            Address between = Address.of("group", "retail", i + "x");
            assertThat(frozen.get(between)).isNull();
            assertThat(frozen.containsKey(between)).isFalse();
            assertThat(frozen.headMap(between)).isEqualTo(expected.headMap(between));
            assertThat(frozen.tailMap(between)).isEqualTo(expected.tailMap(between));
        }
    }

    /** Their hashes are one: they are told apart by what they are. */
    @Test
    void tellsKeysOfOneHashApart() {
        SortedMap<String, Integer> expected = new TreeMap<>();
        for (int i = 0; i < 64; i++) {
            StringBuilder key = new StringBuilder();
            for (int bit = 0; bit < 6; bit++) {
                key.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            expected.put(key.toString(), i);
        }
        FrozenMap<String, Integer> frozen = FrozenMap.of(expected);

        assertThat(expected.keySet()).allMatch(key -> key.hashCode() == expected.firstKey().hashCode());
        assertThat(expected).allSatisfy((key, value) -> assertThat(frozen.get(key)).isEqualTo(value));
        assertThat(frozen.containsKey("CCAaAaAaAaAa")).isFalse();
    }

    @Test
    void nothingHasNoFirstField() {
        assertThatThrownBy(() -> FrozenMap.of(new TreeMap<String, Value>()).firstKey())
                .isInstanceOf(NoSuchElementException.class);
    }
}
