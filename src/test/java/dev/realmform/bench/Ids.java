package dev.realmform.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server makes up anew each time, so that a replay must not send it as recorded: ids, and the tokens of a login. */
final class Ids {

    /** A UUID, or a token: three parts of base64, of which the first begins as an encoded JSON object does. */
    static final Pattern PATTERN = Pattern
            .compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]+");

    /** What tells objects of one list apart, if they have it. */
    private static final List<String> NAMES = List.of("resourceType", "resourceName", "clientId", "username", "alias",
            "path", "name", "realm", "providerId", "displayName");

    private Ids() {}

    static List<String> in(String text) {
        List<String> ids = new ArrayList<>();
        Matcher matcher = PATTERN.matcher(text);
        while (matcher.find()) {
            ids.add(matcher.group());
        }
        return ids;
    }

    /** Where a Location header names an id, it does so at its end. */
    static String ofLocation(String location) {
        return location.substring(location.lastIndexOf('/') + 1);
    }

    /** Tells, for each id in an answer, which one stands in its place in the answer to the same request at another time. */
    static void pair(JsonNode recorded, JsonNode now, BiConsumer<String, String> pairs) {
        if (recorded.isTextual() && now.isTextual()) {
            if (PATTERN.matcher(recorded.textValue()).matches()) {
                pairs.accept(recorded.textValue(), now.textValue());
            }
        } else if (recorded.isObject()) {
            recorded.properties().forEach(field -> pair(field.getValue(), now.path(field.getKey()), pairs));
        } else if (recorded.isArray()) {
            pairItems(recorded, now, pairs);
        }
    }

    /** Lists come in any order: by what their members are called; those that are called the same, in turn. */
    private static void pairItems(JsonNode recorded, JsonNode now, BiConsumer<String, String> pairs) {
        Map<String, Deque<JsonNode>> byName = new HashMap<>();
        now.forEach(item -> byName.computeIfAbsent(name(item), _ -> new ArrayDeque<>()).add(item));
        for (JsonNode item : recorded) {
            JsonNode other = byName.getOrDefault(name(item), new ArrayDeque<>()).poll();
            if (other != null) {
                pair(item, other, pairs);
            }
        }
    }

    private static String name(JsonNode item) {
        StringBuilder name = new StringBuilder();
        NAMES.forEach(field -> {
            String text = item.path(field).asText("");
            if (!PATTERN.matcher(text).matches()) {
                name.append(text).append('\n');
            }
        });
        return name.toString();
    }
}
