package dev.realmform.keycloak;

import dev.realmform.model.Change;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.Field;
import dev.realmform.provider.Overlay;
import dev.realmform.provider.Schema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What components at the top of a realm and those inside others have in common.
 *
 * <p>Keycloak keeps every setting as a list of texts without order. Nearly all hold one text: that is kept as the text, so
 * that a secret is a secret and not a list of one.
 */
final class Components {

    static final String CONFIG = "config";
    static final String PROVIDER = "providerId";
    static final String SUB_TYPE = "subType";

    private Components() {}

    static Schema schema(Field subType) {
        return Schema.of(Map.of(
                "id", Field.any().computed(),
                "name", Field.any().computed(),
                "parentId", Field.any().computed(),
                "providerType", Field.any().computed(),
                "subComponents", Field.any().computed(),
                PROVIDER, Field.any().immutable(),
                SUB_TYPE, subType,
                CONFIG, config()));
    }

    private static Field config() {
        Field free = Field.mapOf(Field.set()).writeOnlyByName();
        SortedMap<String, Field> known = new TreeMap<>(Map.of(
                // When a federation was last synchronised.
                "lastSync", Field.any().computed(),
                // Of a generated key; a number.
                "secretSize", Field.any()));
        return free.knowing(known);
    }

    /**
     * Settings as texts: one as it is, several as a set. An empty list says nothing: it is what is left of a masked secret. Null
     * empties a setting.
     */
    static Value.MapOf tidy(Value.MapOf raw) {
        if (!(raw.get(CONFIG).orElse(Value.NULL) instanceof Value.MapOf config)) {
            return raw;
        }
        SortedMap<String, Value> settings = new TreeMap<>();
        config.fields().forEach((key, value) -> {
            if (!value.equals(new Value.ListOf(List.of()))) {
                settings.put(key, setting(value));
            }
        });
        return Texts.in(raw.with(CONFIG, new Value.MapOf(settings)), CONFIG);
    }

    private static Value setting(Value value) {
        if (!(value instanceof Value.ListOf(List<Value> items))) {
            return value;
        }
        return items.size() == 1 ? items.getFirst()
                : new Value.ListOf(items.stream().map(Texts::of).toList());
    }

    /** A setting that is declared in part is laid over all that it holds, be it one text. */
    static Value.MapOf propose(Schema schema, Value.MapOf desired, Value.MapOf live) {
        Value.MapOf config = live.map(CONFIG);
        for (Map.Entry<String, Value> setting : desired.map(CONFIG).fields().entrySet()) {
            if (Overlay.isPartial(setting.getValue()) && config.get(setting.getKey()).isPresent()) {
                config = config.with(setting.getKey(), listed(config.get(setting.getKey()).get()));
            }
        }
        Value.MapOf widened = live.has(CONFIG) ? live.with(CONFIG, config) : live;
        return schema.canonical(tidy(Overlay.of(schema, desired, widened)));
    }

    /** As Keycloak takes a setting. */
    private static Value listed(Value setting) {
        return setting instanceof Value.ListOf ? setting : new Value.ListOf(List.of(setting));
    }

    /** The body of a component that is to be made. */
    static Value.MapOf body(Schema schema, Value.MapOf planned) {
        Value.MapOf body = Wire.body(schema, planned);
        return body.has(CONFIG) ? body.with(CONFIG, settings(body.map(CONFIG))) : body;
    }

    /**
     * The call that changes just the settings that a change touches: the server leaves alone what is absent, and takes an empty
     * list for one that goes. Provider and kind always go along: without them it answers 500, and has written all the same
     * (26.7.3).
     */
    static List<Call> put(Way components, Schema schema, String kind, Change change, boolean renamed) {
        Value.MapOf before = change.before().map(Resource::value).orElse(Value.EMPTY_MAP);
        Value.MapOf after = Wire.planned(change).value();
        Map<String, Value> settings = new HashMap<>();
        for (String key : Wire.differing(before.map(CONFIG), after.map(CONFIG))) {
            settings.put(key, after.map(CONFIG)
                    .get(key)
                    .map(value -> listed(Wire.plain(value)))
                    .orElse(new Value.ListOf(List.of())));
        }
        Value.MapOf body = Wire.changed(schema, change).without(CONFIG);
        if (body.isEmpty() && settings.isEmpty() && !renamed) {
            return Call.none();
        }
        return List.of(Call.put(components.id(change.address()), body.with(CONFIG, new Value.MapOf(settings))
                .with("name", Value.text(change.address().name()))
                .with("providerType", Value.text(ComponentKinds.full(kind)))
                .with(PROVIDER, after.get(PROVIDER).orElse(Value.NULL))));
    }

    private static Value.MapOf settings(Value.MapOf config) {
        SortedMap<String, Value> settings = new TreeMap<>();
        config.fields().forEach((key, value) -> settings.put(key, listed(value)));
        return new Value.MapOf(settings);
    }
}
