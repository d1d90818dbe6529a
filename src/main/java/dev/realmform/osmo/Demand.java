package dev.realmform.osmo;

import dev.realmform.model.Path;
import dev.realmform.model.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a value of a chart has to be. */
sealed interface Demand {

    /** What we write. */
    Value value();

    /**
     * This and nothing else.
     *
     * @param byDefault what the chart takes where nothing is said, if we know it
     * @param or        where the chart looks too
     */
    record Exactly(Value value, Optional<Value> byDefault, List<Path> or) implements Demand {}

    /** Something that we have to write, and others may write otherwise. */
    record Suggested(Value value) implements Demand {}

    /** True, unless this is said in its place. */
    record TrueUnless(Path instead) implements Demand {
        @Override
        public Value value() {
            return Value.bool(true);
        }
    }

    /** A span of time below a limit. */
    record Below(Duration suggested, Lifespan limit, String byDefault) implements Demand {
        @Override
        public Value value() {
            return Value.text(GoDuration.text(suggested));
        }
    }

    /** A domain for cookies in which the host lies. */
    record Covering(String host) implements Demand {
        @Override
        public Value value() {
            return Value.text("." + host);
        }
    }

    /** Words, each of which has to be there. */
    record Words(List<String> words, String byDefault) implements Demand {
        @Override
        public Value value() {
            return Value.text(String.join(" ", words));
        }
    }

    /** An argument in a list of them, {@code --name=value}. */
    record Argument(String name, String text) implements Demand {
        @Override
        public Value value() {
            return Value.text(name + "=" + text);
        }
    }

    /**
     * Who issues tokens, in a list of such; found by the audience.
     *
     * @param why per field
     */
    record Provider(Value.MapOf value, Map<String, String> why) implements Demand {

        String audience() {
            return value.text("audience").orElse("");
        }
    }

    static Exactly text(String text) {
        return new Exactly(Value.text(text), Optional.empty(), List.of());
    }

    static Exactly text(String text, String byDefault) {
        return new Exactly(Value.text(text), Optional.of(Value.text(byDefault)), List.of());
    }

    static Exactly yes() {
        return new Exactly(Value.bool(true), Optional.empty(), List.of());
    }

    static Exactly yesByDefault() {
        return new Exactly(Value.bool(true), Optional.of(Value.bool(true)), List.of());
    }

    /** Whether several may stand at one path, in a list. */
    default boolean isItem() {
        return this instanceof Argument || this instanceof Provider;
    }
}
