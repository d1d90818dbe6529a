package dev.realmform.keycloak;

import com.fasterxml.jackson.databind.JsonNode;
import dev.realmform.testing.TestRealm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All that the server shows of clients, roles, groups and users of a realm, but for what differs from one making to the next. */
final class Snapshot {

    private static final Set<String> OWN = Set.of("id", "containerId", "parentId", "createdTimestamp",
            "client.secret.creation.time", "saml.signing.certificate", "saml.signing.private.key", "createdDate",
            "access");

    private final TestRealm realm;
    private final List<String> lines = new ArrayList<>();

    Snapshot(TestRealm realm) {
        this.realm = realm;
        clients();
        roles("roles", "realm role");
        groups("groups?briefRepresentation=false&max=-1", "");
        users();
    }

    private void clients() {
        for (JsonNode client : sorted(realm.get("clients"), "clientId")) {
            String name = client.path("clientId").asText();
            String path = "clients/" + client.path("id").asText();
            add("client " + name, client);
            roles(path + "/roles", "role of " + name);
            if (client.path("serviceAccountsEnabled").asBoolean()) {
                user("service account of " + name, realm.get(path + "/service-account-user"));
            }
        }
    }

    private void roles(String path, String what) {
        for (JsonNode role : sorted(realm.get(path + "?briefRepresentation=false"), "name")) {
            add(what + " " + role.path("name").asText(), role);
            add("  composites", realm.get("roles-by-id/" + role.path("id").asText() + "/composites"));
        }
    }

    private void groups(String path, String above) {
        for (JsonNode group : sorted(realm.get(path), "name")) {
            String id = group.path("id").asText();
            add("group " + above + "/" + group.path("name").asText(), group);
            add("  roles", realm.get("groups/" + id + "/role-mappings"));
            groups("groups/" + id + "/children?briefRepresentation=false&max=-1",
                    above + "/" + group.path("name").asText());
        }
    }

    private void users() {
        for (JsonNode user : sorted(realm.get("users?briefRepresentation=false&max=-1"), "username")) {
            user("user " + user.path("username").asText(), user);
        }
    }

    private void user(String what, JsonNode user) {
        String path = "users/" + user.path("id").asText() + "/";
        add(what, user);
        add("  unmanaged", realm.get(path + "unmanagedAttributes"));
        add("  roles", realm.get(path + "role-mappings"));
        add("  groups", realm.get(path + "groups"));
        add("  credentials", realm.get(path + "credentials"));
    }

    private void add(String what, JsonNode shown) {
        lines.add((what + ": " + text(shown)).replace(realm.name(), "R"));
    }

    private static List<JsonNode> sorted(JsonNode list, String field) {
        List<JsonNode> nodes = new ArrayList<>();
        list.forEach(nodes::add);
        nodes.sort(Comparator.comparing(node -> node.path(field).asText()));
        return nodes;
    }

    /** Without ids, times and keys; lists sorted. A generated secret only by its length. */
    private static String text(JsonNode node) {
        if (node.isArray()) {
            List<String> items = new ArrayList<>();
            node.forEach(item -> items.add(text(item)));
            return items.stream().sorted().collect(Collectors.joining(", ", "[", "]"));
        }
        if (node.isObject()) {
            TreeMap<String, String> fields = new TreeMap<>();
            node.properties().forEach(field -> {
                if (!OWN.contains(field.getKey())) {
                    boolean secret = field.getKey().equals("secret");
                    fields.put(field.getKey(), secret ? "length " + field.getValue().asText().length()
                            : text(field.getValue()));
                }
            });
            return fields.toString();
        }
        return node.toString();
    }

    /** A line for each object, and for each list that belongs to it. */
    List<String> lines() {
        return lines;
    }
}
