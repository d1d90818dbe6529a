package dev.realmform.kubernetes.section;

import dev.realmform.model.Origin;
import dev.realmform.model.Value;
import java.util.HashMap;
import java.util.Map;

/**
 * Values of a chart laid over each other as helm does it: maps field by field, anything else as a whole, and a null stays one.
 *
 * @param origin where each of them was written
 */
record LayeredValues(Value.MapOf values, Origin origin) {

    LayeredValues under(LayeredValues above) {
        Value.MapOf all = values;
        Map<String, Origin> places = new HashMap<>(origin.below());
        for (Map.Entry<String, Value> field : above.values.fields().entrySet()) {
            String name = field.getKey();
            Origin place = above.origin.at(name);
            if (field.getValue() instanceof Value.MapOf upper
                    && all.get(name).orElse(Value.NULL) instanceof Value.MapOf lower) {
                LayeredValues both = new LayeredValues(lower, origin.at(name)).under(new LayeredValues(upper, place));
                all = all.with(name, both.values);
                places.put(name, both.origin);
            } else {
                all = all.with(name, field.getValue());
                places.put(name, place);
            }
        }
        return new LayeredValues(all, new Origin(above.origin.source(), places));
    }
}
