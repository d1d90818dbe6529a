package dev.realmform.plan;

import dev.realmform.model.Owned;
import dev.realmform.model.Path;
import dev.realmform.model.Resource;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import dev.realmform.provider.Field;
import dev.realmform.provider.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What of a declared resource counts against a live one: without fields left to others, without what only a creation looks
 * at, without what was asked for once and done, and without secrets that are known to be in place or were not given.
 *
 * @param resource the resource to lay over the live one
 * @param holes    secret fields that this run was not given; compared at apply
 */
record Desire(Resource resource, List<Path> holes) {

    static Desire against(Resource live, Resource desired, Schema schema, Optional<Owned> owned) {
        Value.MapOf value = desired.value();
        List<Path> holes = new ArrayList<>();
        for (Path ignored : desired.directives().ignore()) {
            value = Leaves.without(value, ignored);
        }
        for (Map.Entry<Path, Value> leaf : Leaves.of(value).entrySet()) {
            Path path = leaf.getKey();
            if (isCreateOnly(schema, path) || isConsumed(schema, path, leaf.getValue(), owned)
                    || isWrittenAndMasked(path, leaf.getValue(), live, owned)) {
                value = Leaves.without(value, path);
            } else if (leaf.getValue() instanceof Secret secret) {
                if (!secret.isGiven()) {
                    holes.add(path);
                }
                if (!secret.isGiven() || isInPlace(secret, path, live, schema.at(path), owned)) {
                    value = Leaves.without(value, path);
                }
            }
        }
        return new Desire(desired.withValue(value), holes);
    }

    /** Asked for before, and nothing new is asked for: whether it is still to be done is the user's business. */
    private static boolean isConsumed(Schema schema, Path path, Value value, Optional<Owned> owned) {
        return schema.at(path).is(Field.Trait.CONSUMED)
                && owned.map(entry -> entry.fields().get(path)).filter(mark -> mark.print().matches(value)).isPresent();
    }

    /** A server may mask what no schema knows for a secret: what the state remembers having written there, is there. */
    private static boolean isWrittenAndMasked(Path path, Value value, Resource live, Optional<Owned> owned) {
        return live.value().at(path).orElse(Value.NULL) instanceof Value.Hidden && !(value instanceof Secret)
                && owned.map(entry -> entry.fields().get(path))
                        .filter(mark -> mark.written() && mark.print().matches(value))
                        .isPresent();
    }

    private static boolean isCreateOnly(Schema schema, Path path) {
        Field field = schema.root();
        for (String segment : path.segments()) {
            field = field.at(segment);
            if (field.is(Field.Trait.CREATE_ONLY)) {
                return true;
            }
        }
        return false;
    }

    /**
     * A secret that the server hides is in place if the state remembers having written it. Without a memory, one that the
     * server never shows is written, once; one that it usually shows, and hides from this login, is never a change.
     */
    private static boolean isInPlace(Secret secret, Path path, Resource live, Field field, Optional<Owned> owned) {
        if (!(live.value().at(path).orElse(Value.NULL) instanceof Value.Hidden)) {
            return false;
        }
        Optional<Owned.Mark> mark = owned.map(entry -> entry.fields().get(path));
        boolean remembered = mark.isPresent() && mark.get().print().isSlow();
        return remembered ? mark.get().print().matches(secret)
                : !field.is(Field.Trait.WRITE_ONLY) && field.is(Field.Trait.SECRET);
    }
}
