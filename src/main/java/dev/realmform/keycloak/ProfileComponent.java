package dev.realmform.keycloak;

import dev.realmform.json.Json;
import dev.realmform.model.Origin;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The user profile as exports have it: JSON in a setting of a component. An export of a realm whose profile nobody has changed
 * holds none.
 */
record ProfileComponent(Value body, Origin origin) {

    private static final String SETTING = "kc.user.profile.config";

    /** What an attribute may have. The text of JSON is all that there is: what is not in it, the attribute has not. */
    private static final List<String> RULES = List.of("required", "selector", "group", "displayName", "defaultValue",
            "validations", "annotations");

    /** Those in a realm document: there is one at most, or the document contradicts itself. */
    static List<ProfileComponent> of(Value.MapOf document, Origin origin, Pieces pieces) {
        List<ProfileComponent> profiles = new ArrayList<>();
        Value.MapOf kinds = document.map(ComponentSection.NAME);
        for (String kind : kinds.fields().keySet()) {
            if (ComponentKinds.name(kind).equals(ComponentKinds.PROFILE)) {
                List<Value> items = kinds.list(kind);
                Origin at = origin.at(ComponentSection.NAME).at(kind);
                for (int i = 0; i < items.size(); i++) {
                    add(items.get(i), at.at(String.valueOf(i)), pieces, profiles);
                }
            }
        }
        return profiles;
    }

    private static Value whole(Value profile) {
        if (!(profile instanceof Value.MapOf map)
                || !(map.get(ProfileBody.ATTRIBUTES).orElse(Value.NULL) instanceof Value.ListOf(List<Value> items))) {
            return profile;
        }
        List<Value> attributes = new ArrayList<>();
        for (Value item : items) {
            Value attribute = item;
            for (String rule : RULES) {
                attribute = attribute instanceof Value.MapOf known && !known.has(rule) ? known.with(rule, Value.NULL)
                        : attribute;
            }
            attributes.add(attribute);
        }
        return map.with(ProfileBody.ATTRIBUTES, new Value.ListOf(attributes));
    }

    private static void add(Value component, Origin origin, Pieces pieces, List<ProfileComponent> profiles) {
        Value.MapOf config = component instanceof Value.MapOf map ? map.map(Components.CONFIG) : Value.EMPTY_MAP;
        Value setting = config.get(SETTING).orElse(Value.NULL);
        Value text = setting instanceof Value.ListOf(List<Value> items) && items.size() == 1 ? items.getFirst()
                : setting;
        Origin at = new Origin(origin.at(Components.CONFIG).at(SETTING).source(), Map.of());
        if (text instanceof Value.Text(String json)) {
            try {
                profiles.add(new ProfileComponent(whole(Json.parse(json)), at));
            } catch (ProblemException e) {
                pieces.problem("the user profile is " + e.problems().getFirst().what(), at,
                        "Put it right, or write it as userProfile.");
            }
        } else {
            config.fields().keySet().forEach(pieces::leaveAside);
        }
    }
}
