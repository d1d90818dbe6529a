package dev.realmform.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FrozenFieldsTest {

    private final Random random = new Random(7);

    @Test
    void holdsAfterAnyChangesWhatATreeMapWouldHold() {
        for (int run = 0; run < 200; run++) {
            SortedMap<String, Value> expected = new TreeMap<>();
            FrozenFields fields = FrozenFields.of(new TreeMap<>());
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
                assertThat(fields).isEqualTo(FrozenFields.of(expected)).hasSize(expected.size());
                assertThat(fields.tailMap(name)).isEqualTo(expected.tailMap(name));
            }
        }
    }

    @Test
    void doesNotChangeWithTheMapItWasMadeOf() {
        SortedMap<String, Value> fields = new TreeMap<>(Map.of("a", Value.num(1)));
        FrozenFields frozen = FrozenFields.of(fields);

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

        assertThat(FrozenFields.of(backwards)).containsExactly(Map.entry("a", Value.num(1)),
                Map.entry("b", Value.num(2)));
    }

    @Test
    void theFieldsForWhichThereIsNoOtherValueFallAway() {
        FrozenFields fields = FrozenFields.of(new TreeMap<>(Map.of("a", Value.num(1), "b", Value.num(2))));

        assertThat(fields.each((name, value) -> name.equals("a") ? Optional.empty() : Optional.of(Value.num(3))))
                .isEqualTo(Map.of("b", Value.num(3)));
        assertThat(fields.each((name, value) -> Optional.of(value))).isSameAs(fields);
    }

    @Test
    void nothingHasNoFirstField() {
        assertThatThrownBy(() -> FrozenFields.of(new TreeMap<>()).firstKey())
                .isInstanceOf(NoSuchElementException.class);
    }
}
