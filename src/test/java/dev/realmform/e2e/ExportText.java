package dev.realmform.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A realm export line by line, {@code way/to/it = value}: without what differs from one making to the next, with names in place
 * of ids, and without the order of lists.
 */
final class ExportText {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private static final List<String> NAMES = List.of("clientId", "alias", "name", "username", "key",
            "identityProvider", "clientScope", "client", "authenticator", "flowAlias", "providerId", "type");

    private static final Set<String> OWN = Set.of("id", "_id", "containerId", "parentId", "internalId",
            "createdTimestamp", "createdDate", "lastUpdatedDate", "client.secret.creation.time", "keycloakVersion");

    /** Each server makes its own. */
    private static final Set<String> KEYS = Set.of("kid", "secret", "privateKey", "certificate", "ecdsaPrivateKey",
            "ecdsaPublicKey");

    private final Map<String, String> names = new HashMap<>();
    private final SortedSet<String> lines = new TreeSet<>();

    private ExportText(JsonNode export) {
        name(export);
        write("", export);
    }

    static SortedSet<String> lines(JsonNode export) {
        return new ExportText(export).lines;
    }

    /** What only one of two exports has: {@code -} the first, {@code +} the second. */
    static List<String> differences(JsonNode first, JsonNode second) {
        SortedSet<String> gone = lines(first);
        SortedSet<String> come = lines(second);
        SortedSet<String> both = new TreeSet<>(gone);
        both.retainAll(come);
        gone.removeAll(both);
        come.removeAll(both);
        List<String> differences = new ArrayList<>();
        gone.forEach(line -> differences.add("- " + line));
        come.forEach(line -> differences.add("+ " + line));
        return differences;
    }

    private void name(JsonNode node) {
        String id = node.path("id").asText();
        String name = nameOf(node);
        if (!id.isEmpty() && !name.isEmpty()) {
            names.put(id, name);
        }
        node.forEach(this::name);
    }

    private static String nameOf(JsonNode node) {
        return NAMES.stream()
                .map(field -> node.path(field).asText())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse(
                        "");
    }

    private void write(String at, JsonNode node) {
        if (node.isObject()) {
            node.properties().forEach(field -> {
                boolean key = KEYS.contains(field.getKey()) && at.contains("keys.KeyProvider");
                if (!OWN.contains(field.getKey()) && !key) {
                    write(at + "/" + field.getKey(), field.getValue());
                }
            });
        } else if (node.isArray()) {
            Map<String, Integer> seen = new HashMap<>();
            for (JsonNode item : node) {
                String name = item.isObject() ? named(nameOf(item)) + item.path("subType").asText() : "";
                int count = name.isEmpty() ? 1 : seen.merge(name, 1, Integer::sum);
                write(at + "/" + name + (count > 1 ? "[" + count + "]" : ""), item);
            }
        } else {
            text(at, node.asText());
        }
    }

    /** Texts that are JSON by what is in them. */
    private void text(String at, String text) {
        if (text.startsWith("{\"") || text.startsWith("[")) {
            try {
                write(at, JSON.readTree(text));
                return;
            } catch (JsonProcessingException e) {
                // Then it is a text like others.
            }
        }
        lines.add(at + " = " + named(text));
    }

    private String named(String text) {
        return ID.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(names.getOrDefault(found.group(), "another id")));
    }
}
