package dev.realmform.plan;

import static dev.realmform.plan.FakeType.map;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Owned;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds for any plan. */
class PlanningPropertiesTest extends Planning {

    /** Random desired and live trees: applying a plan to the live side and planning again is empty. */
    @Test
    void applyingAPlanAndPlanningAgainIsEmpty() {
        for (long seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            desired.clear();
            live.clear();
            owned.clear();
            for (String name : List.of("a", "b", "c", "d")) {
                Address address = Address.of("thing", name);
                if (random.nextInt(4) > 0) {
                    desire(address, TYPE.schema().canonical(randomMap(random, 0)));
                }
                if (random.nextInt(3) > 0) {
                    live(address, TYPE.schema().canonical(randomMap(random, 0)));
                    if (random.nextBoolean()) {
                        own(address, random.nextBoolean(), TYPE.schema().canonical(randomMap(random, 0)));
                    }
                }
            }
            Planned first = plan();
            carryOut(first);
            assertThat(plan().plan().changes()).as("seed %d, after %s", seed, first.plan().changes()).isEmpty();
        }
    }

    private void carryOut(Planned planned) {
        Ownership ownership = new Ownership(new Random(1));
        for (Change change : planned.plan().changes()) {
            Address address = change.address();
            Optional<Owned> prior = Optional.ofNullable(owned.get(address));
            switch (change) {
                case Change.Create create -> live(address, create.planned().value());
                case Change.Update update -> live(address, update.planned().value());
                case Change.Replace replace -> live(address, replace.planned().value());
                case Change.Adopt adopt -> live(address, adopt.planned().value());
                case Change.Delete ignored -> live.remove(address);
                case Change.Forget ignored -> {
                }
            }
            if (change.declared().isPresent()) {
                owned.put(address, ownership.after(TYPE, change, Optional.of("1"), prior));
            } else {
                owned.remove(address);
            }
        }
        planned.matching()
                .forEach((address, resource) -> owned.put(address,
                        ownership.unchanged(TYPE, resource, Optional.of("1"), entry(address))));
    }

    private static Value.MapOf randomMap(Random random, int depth) {
        List<String> names = depth == 0
                ? List.of("title", "enabled", "uris", "order", "attributes", "mappers", "secret", "free")
                : List.of("x", "y", "config");
        Value.MapOf map = Value.EMPTY_MAP;
        for (String name : names) {
            if (random.nextBoolean()) {
                map = map.with(name, randomValue(random, name, depth));
            }
        }
        return map;
    }

    private static Value randomValue(Random random, String name, int depth) {
        return switch (name) {
            case "enabled" -> Value.bool(random.nextBoolean());
            case "uris", "order" -> random.nextInt(5) == 0 && name.equals("uris")
                    ? map("$add", List.of("u" + random.nextInt(3)))
                    : Value.texts(new ArrayList<>(List.of("u" + random.nextInt(3), "w" + random.nextInt(2))));
            case "attributes", "mappers", "config" -> depth < 3 ? randomMap(random, depth + 1) : Value.EMPTY_MAP;
            case "secret" -> Secret.of("s" + random.nextInt(2), "$(secret:s)");
            default -> random.nextInt(4) == 0 ? Value.NULL : Value.text("v" + random.nextInt(2));
        };
    }
}
