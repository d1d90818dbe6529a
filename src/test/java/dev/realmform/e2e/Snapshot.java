package dev.realmform.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import dev.realmform.testing.AdminApi;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Everything that is in a realm, as text by what it is about; without ids and what else a server makes anew each time, and
 * without the order of lists, which means nothing.
 */
record Snapshot(SortedMap<String, String> parts) {

    private static final Pattern ID = Pattern.compile(
            "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern MADE = Pattern.compile(
            "(?i)(\\w*timestamp|secret|client.secret.creation.time|privateKey|certificate|kid): [^,}]*");
    /** Salted anew each time. */
    private static final Pattern SALTED = Pattern.compile("pbkdf2:[^,}]*");

    /** What the server holds. */
    static Snapshot of(AdminApi admin, String realm) {
        SortedMap<String, String> parts = new TreeMap<>();
        parts.put("realm", withoutIds(admin.get(realm)));
        for (String list : List.of("roles?briefRepresentation=false", "client-scopes", "components")) {
            parts.put(list, listed(admin.get(realm + "/" + list)));
        }
        for (JsonNode client : admin.get(realm + "/clients?max=1000")) {
            String name = client.path("clientId").asText();
            parts.put("client " + name, withoutIds(client));
            for (JsonNode role : admin.get(path(realm, "clients", client) + "/roles?briefRepresentation=false")) {
                parts.put("role " + role.path("name").asText() + " of " + name, role(admin, realm, role));
            }
        }
        for (JsonNode role : admin.get(realm + "/roles?briefRepresentation=false&max=1000")) {
            parts.put("role " + role.path("name").asText(), role(admin, realm, role));
        }
        for (JsonNode user : admin.get(realm + "/users?max=1000")) {
            String path = path(realm, "users", user);
            parts.put("user " + user.path("username").asText(), withoutIds(user) + "\n"
                    + withoutIds(admin.get(path + "/role-mappings")) + "\n" + listed(admin.get(path + "/groups")));
        }
        groups(admin, realm, realm + "/groups", parts);
        return new Snapshot(parts);
    }

    private static void groups(AdminApi admin, String realm, String list, SortedMap<String, String> parts) {
        for (JsonNode group : admin.get(list + "?briefRepresentation=false&max=1000")) {
            String path = path(realm, "groups", group);
            JsonNode whole = admin.get(path);
            parts.put("group " + whole.path("path").asText(), withoutIds(whole) + "\n"
                    + listed(admin.get(path + "/members")));
            if (whole.path("subGroupCount").asInt() > 0) {
                groups(admin, realm, path + "/children", parts);
            }
        }
    }

    private static String role(AdminApi admin, String realm, JsonNode role) {
        return withoutIds(role) + (role.path("composite").asBoolean()
                ? "\n" + listed(admin.get(path(realm, "roles-by-id", role) + "/composites"))
                : "");
    }

    private static String path(String realm, String collection, JsonNode object) {
        return realm + "/" + collection + "/" + object.path("id").asText();
    }

    /** What a state remembers of its resources; empty if there is none. */
    static Snapshot ofState(Workbench bench, String realm) {
        SortedMap<String, String> parts = new TreeMap<>();
        String file = "state/" + realm + ".json";
        boolean remote = bench.variables().containsKey("REALMFORM_STATE");
        if (remote || bench.path(file).toFile().exists()) {
            JsonNode state = remote ? AdminApi.json(bench.run("state", "pull").ended(0).out()) : bench.json(file);
            state.path("resources")
                    .properties()
                    .forEach(entry -> parts.put(entry.getKey(), SALTED.matcher(withoutIds(entry.getValue()))
                            .replaceAll("salted")));
        }
        return new Snapshot(parts);
    }

    Snapshot without(String part) {
        SortedMap<String, String> others = new TreeMap<>(parts);
        others.remove(part);
        return new Snapshot(others);
    }

    /** Line by line, what only one of the two has; empty if they are the same. */
    String differences(Snapshot expected) {
        List<String> lines = new ArrayList<>();
        SortedMap<String, String> all = new TreeMap<>(parts);
        expected.parts.forEach((name, text) -> all.putIfAbsent(name, text));
        for (Map.Entry<String, String> part : all.entrySet()) {
            String is = parts.getOrDefault(part.getKey(), "(nothing)");
            String shall = expected.parts.getOrDefault(part.getKey(), "(nothing)");
            if (!is.equals(shall)) {
                int from = Math.max(0, common(is, shall) - 60);
                lines.add(part.getKey() + "\n  is:    " + excerpt(is, from) + "\n  shall: " + excerpt(shall, from));
            }
        }
        return String.join("\n", lines);
    }

    private static int common(String one, String other) {
        int length = 0;
        while (length < Math.min(one.length(), other.length()) && one.charAt(length) == other.charAt(length)) {
            length++;
        }
        return length;
    }

    private static String excerpt(String text, int from) {
        return (from > 0 ? "… " : "") + text.substring(from, Math.min(text.length(), from + 300));
    }

    /** One line a member, sorted. */
    private static String listed(JsonNode list) {
        List<String> lines = new ArrayList<>();
        list.forEach(member -> lines.add(withoutIds(member)));
        Collections.sort(lines);
        return String.join("\n", lines);
    }

    private static String withoutIds(JsonNode node) {
        return MADE.matcher(ID.matcher(sorted(node)).replaceAll("ID")).replaceAll("$1: made");
    }

    private static String sorted(JsonNode node) {
        List<String> members = new ArrayList<>();
        if (node.isObject()) {
            node.properties().forEach(field -> members.add(field.getKey() + ": " + sorted(field.getValue())));
        } else if (node.isArray()) {
            node.forEach(item -> members.add(sorted(item)));
        } else {
            return node.asText();
        }
        Collections.sort(members);
        return members.stream().collect(Collectors.joining(", ", "{", "}"));
    }
}
