package dev.realmform.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Mutations of what a file says: still YAML, and no longer a desired state. */
final class TreeMutations {

    private static final JsonNodeFactory MAKE = JsonNodeFactory.instance;

    private static final List<String> KEYS = List.of("$add", "$remove", "$unset", "$was", "$delete", "$protect",
            "$ignore", "$members", "$serviceAccount", "$secretTo", "$like", "$templates", "$nothing", "", " ", "/",
            "//a",
            "/a/b", "a/b", "a.b", "<<", "realm", "realmform", "id", "name", "clientId", "username", "clients", "roles",
            "groups", "users", "realmRoles", "clientRoles", "composites", "attributes", "protocolMappers", "config",
            "components", "osmo", "vars", "secrets", "server", "manage", "null", "true", "1", "ключ", "a\nb",
            "$(var:x)");

    private static final List<String> TEXTS = List.of("", " ", "\n", "yes", "no", "null", "~", "0", "-1", "1e3",
            "**********",
            "$(var:x)", "$(var:domain)", "$(env:HOME)", "$(env:X:-y)", "$(secret:smtp)", "$(secret:nope)", "$(file:x)",
            "$(file:../../etc/passwd)", "$(ref:client/retail/x.secret)", "$(ref:realm/retail.id)", "$(ref:)", "$(",
            "$()",
            "$(x", "$$(x)", "$(var:)", "/", "//", "/A/", "/A//B", "a/b", "..", "\u202e", "\u0000", "x".repeat(300),
            "[a]", "{a: b}", "unmanaged", "full", "pay-*", "*", "[", "https://", "2026-13-45", "{{x}}", "<script>");

    private TreeMutations() {}

    /** A place in a tree that can be given another value. */
    private record Spot(JsonNode parent, String key, int index) {

        JsonNode value() {
            return parent instanceof ArrayNode list ? list.get(index) : parent.get(key);
        }

        void set(JsonNode value) {
            switch (parent) {
                case ObjectNode map -> map.set(key, value);
                case ArrayNode list -> list.set(index, value);
                default -> throw new IllegalStateException("no container");
            }
        }
    }

    static void mutate(ObjectNode root, Random random) {
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            List<Spot> spots = new ArrayList<>();
            collect(root, spots);
            if (spots.isEmpty()) {
                return;
            }
            mutate(Pick.one(spots, random), spots, random);
        }
    }

    /** Mutations that often leave a desired state, if an odd one: so that the planner gets to see them. */
    static void mutateGently(ObjectNode root, Random random) {
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            List<Spot> spots = new ArrayList<>();
            collect(root, spots);
            Spot spot = Pick.one(spots, random);
            List<Spot> alike = spots.stream().filter(other -> other.key().equals(spot.key())).toList();
            switch (random.nextInt(4)) {
                case 0 -> remove(spot);
                case 1 -> spot.set(Pick.one(alike, random).value().deepCopy());
                case 2 -> again(spot);
                default -> change(spot, random);
            }
        }
    }

    private static void change(Spot spot, Random random) {
        JsonNode value = spot.value();
        if (value.isBoolean()) {
            spot.set(MAKE.booleanNode(!value.asBoolean()));
        } else if (value.isNumber()) {
            spot.set(MAKE.numberNode(random.nextInt()));
        } else if (value.isTextual()) {
            spot.set(MAKE.textNode(value.asText() + Pick.one(List.of(" ", "/x", "é", "x", "\n", "#", "%41"), random)));
        } else {
            spot.set(MAKE.nullNode());
        }
    }

    private static void mutate(Spot spot, List<Spot> spots, Random random) {
        switch (random.nextInt(10)) {
            case 0, 1 -> spot.set(anything(random));
            case 2 -> spot.set(MAKE.arrayNode().add(spot.value().deepCopy()));
            case 3 -> spot.set(MAKE.objectNode().set(Pick.one(KEYS, random), spot.value().deepCopy()));
            case 4 -> misspell(spot, random);
            case 5 -> spot.set(Pick.one(spots, random).value().deepCopy());
            case 6 -> addKey(spot, Pick.one(spots, random).value().deepCopy(), random);
            case 7 -> again(spot);
            case 8 -> spot.set(MAKE.textNode(spot.value().asText() + Pick.one(TEXTS, random)));
            default -> remove(spot);
        }
    }

    private static void collect(JsonNode node, List<Spot> spots) {
        if (node instanceof ObjectNode map) {
            for (Map.Entry<String, JsonNode> field : map.properties()) {
                spots.add(new Spot(map, field.getKey(), 0));
                collect(field.getValue(), spots);
            }
        } else if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                spots.add(new Spot(list, "", i));
                collect(list.get(i), spots);
            }
        }
    }

    private static JsonNode anything(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> MAKE.nullNode();
            case 1 -> MAKE.booleanNode(random.nextBoolean());
            case 2 -> MAKE.numberNode(random.nextInt(2_000_000_000) - 1_000_000_000);
            case 3 -> MAKE.numberNode(new BigDecimal(BigInteger.ONE, random.nextInt(1000) - 500));
            case 4 -> MAKE.numberNode(BigInteger.TEN.pow(random.nextInt(400)));
            case 5 -> MAKE.arrayNode();
            case 6 -> MAKE.objectNode();
            case 7 -> MAKE.arrayNode().add(MAKE.arrayNode().add(1)).addNull();
            case 8 -> MAKE.objectNode().set(Pick.one(KEYS, random), anything(random));
            case 9 -> deep(1 + random.nextInt(150), random);
            default -> MAKE.textNode(Pick.one(TEXTS, random));
        };
    }

    private static JsonNode deep(int levels, Random random) {
        JsonNode node = MAKE.textNode("bottom");
        boolean lists = random.nextBoolean();
        for (int i = 0; i < levels; i++) {
            node = lists ? MAKE.arrayNode().add(node) : MAKE.objectNode().set("a", node);
        }
        return node;
    }

    private static void misspell(Spot spot, Random random) {
        if (!(spot.parent() instanceof ObjectNode map)) {
            return;
        }
        StringBuilder key = new StringBuilder(spot.key());
        if (!key.isEmpty()) {
            int at = random.nextInt(key.length());
            switch (random.nextInt(4)) {
                case 0 -> key.deleteCharAt(at);
                case 1 -> key.insert(at, (char) ('a' + random.nextInt(26)));
                case 2 -> key.setCharAt(at, Character.toUpperCase(key.charAt(at)));
                default -> key.reverse();
            }
        }
        map.set(key.toString(), map.remove(spot.key()));
    }

    private static void addKey(Spot spot, JsonNode value, Random random) {
        JsonNode chosen = random.nextBoolean() ? value : anything(random);
        if (spot.value() instanceof ObjectNode map) {
            map.set(Pick.one(KEYS, random), chosen);
        } else if (spot.value() instanceof ArrayNode list) {
            list.add(MAKE.objectNode().set(Pick.one(KEYS, random), chosen));
        } else if (spot.parent() instanceof ObjectNode map) {
            map.set(Pick.one(KEYS, random), chosen);
        }
    }

    private static void again(Spot spot) {
        switch (spot.parent()) {
            case ArrayNode list -> list.add(spot.value().deepCopy());
            case ObjectNode map -> map.set(spot.key() + " ", spot.value().deepCopy());
            default -> throw new IllegalStateException("no container");
        }
    }

    private static void remove(Spot spot) {
        switch (spot.parent()) {
            case ArrayNode list -> list.remove(spot.index());
            case ObjectNode map -> map.remove(spot.key());
            default -> throw new IllegalStateException("no container");
        }
    }
}
