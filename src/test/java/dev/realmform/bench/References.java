package dev.realmform.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The names that a request makes known, and those that it relies on.
 *
 * @param makes  what the objects in the body of a creation are called
 * @param relies every other text in path, query and body that might be a name; of a group's path, its parts as well
 */
record References(Set<String> makes, Set<String> relies) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> NAMES = List.of("realm", "name", "clientId", "username", "alias", "path");

    static References of(Exchange exchange) {
        JsonNode body = json(exchange.body());
        Set<String> makes = new HashSet<>();
        if (creates(exchange)) {
            addNames(body, makes);
        }
        Set<String> relies = new HashSet<>();
        addTexts(body, relies);
        for (String part : exchange.target().split("[/?&=]", -1)) {
            add(URLDecoder.decode(part, StandardCharsets.UTF_8), relies);
        }
        relies.removeAll(makes);
        return new References(makes, relies);
    }

    private static boolean creates(Exchange exchange) {
        return exchange.isWrite() && exchange.method().equals("POST")
                && (exchange.status() == 201 || exchange.path().endsWith("/partialImport"));
    }

    /** Nothing, if it is no JSON. */
    static JsonNode json(String text) {
        try {
            return text.startsWith("{") || text.startsWith("[") ? JSON.readTree(text) : JSON.missingNode();
        } catch (JsonProcessingException notJson) {
            return JSON.missingNode();
        }
    }

    private static void addNames(JsonNode node, Set<String> names) {
        for (String name : NAMES) {
            if (node.path(name).isTextual()) {
                names.add(node.path(name).textValue());
            }
        }
        node.forEach(child -> addNames(child, names));
    }

    private static void addTexts(JsonNode node, Set<String> texts) {
        if (node.isTextual()) {
            add(node.textValue(), texts);
        }
        node.fieldNames().forEachRemaining(texts::add);
        node.forEach(child -> addTexts(child, texts));
    }

    private static void add(String text, Set<String> texts) {
        texts.add(text);
        if (text.startsWith("/")) {
            texts.addAll(List.of(text.substring(1).split("/", -1)));
        }
    }
}
