package dev.realmform.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Makes the same realm as the file says by a request for each object, kind after kind: what a plain script would do. It
 * knows of no state and checks nothing. The ids that mappings need are read, once for the realm and once for each client.
 */
final class SinglePosts {

    /** The kinds that it can make. */
    private static final List<String> SECTIONS = List.of("roles", "clients", "groups", "users");

    private interface Task<T> {
        void run(T item) throws IOException;
    }

    private record Mapping(String group, String below, ArrayNode roles) {}

    private final ObjectNode realm;
    private final String base;
    private final Session session;
    private final ExecutorService threads;
    private final Map<String, String> clients = new ConcurrentHashMap<>();
    private final Map<String, Map<String, String>> rolesOfClient = new ConcurrentHashMap<>();
    private final Map<String, String> groups = new ConcurrentHashMap<>();

    private SinglePosts(ObjectNode realm, Session session, ExecutorService threads) {
        this.realm = realm;
        this.base = "/" + realm.path("realm").asText();
        this.session = session;
        this.threads = threads;
    }

    /** Whether it knows all that this realm holds. */
    static boolean canMake(ObjectNode realm) {
        return realm.properties()
                .stream()
                .allMatch(field -> field.getValue().isValueNode() || SECTIONS.contains(field.getKey()));
    }

    /** How long it took, without the request that made the realm. */
    static Duration time(ObjectNode realm, Session session, int connections) throws IOException, InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            SinglePosts posts = new SinglePosts(realm, session, threads);
            posts.makeRealm();
            long start = System.nanoTime();
            posts.make();
            return Duration.ofNanos(System.nanoTime() - start);
        }
    }

    private void makeRealm() throws IOException {
        ObjectNode settings = realm.deepCopy();
        SECTIONS.forEach(settings::remove);
        session.post("", settings);
    }

    private void make() throws IOException, InterruptedException {
        each(realm.path("roles").path("realm"), role -> session.post(base + "/roles", role));
        each(realm.path("clients"), client -> clients.put(client.path("clientId").asText(),
                session.post(base + "/clients", client)));
        makeClientRoles();
        each(realm.path("groups"), group -> groups.put(name(group), makeGroup(base + "/groups", group)));
        each(children(), child -> groups.put(child.name(), makeGroup(
                base + "/groups/" + groups.get(child.parent()) + "/children", child.group())));
        each(mappings(), mapping -> session.post(
                base + "/groups/" + groups.get(mapping.group()) + "/role-mappings/" + mapping.below(),
                mapping.roles()));
        each(realm.path("users"), user -> session.post(base + "/users", user));
    }

    private record ClientRole(String client, JsonNode role) {}

    private void makeClientRoles() throws IOException, InterruptedException {
        List<ClientRole> roles = new ArrayList<>();
        realm.path("roles")
                .path("client")
                .properties()
                .forEach(client -> client.getValue()
                        .forEach(role -> roles.add(new ClientRole(client.getKey(), role))));
        each(roles, role -> session.post(base + "/clients/" + clients.get(role.client()) + "/roles", role.role()));
        each(clients.keySet(), client -> rolesOfClient.put(client,
                idsByName(session.get(base + "/clients/" + clients.get(client) + "/roles"))));
    }

    private String makeGroup(String collection, JsonNode group) throws IOException {
        ObjectNode alone = JsonNodeFactory.instance.objectNode();
        alone.set("name", group.path("name"));
        alone.set("attributes", group.path("attributes"));
        return session.post(collection, alone);
    }

    private record Child(String parent, JsonNode group) {

        String name() {
            return parent + "/" + group.path("name").asText();
        }
    }

    private List<Child> children() {
        List<Child> children = new ArrayList<>();
        realm.path("groups")
                .forEach(parent -> parent.path("subGroups")
                        .forEach(child -> children.add(new Child(name(parent), child))));
        return children;
    }

    private static String name(JsonNode group) {
        return group.path("name").asText();
    }

    private List<Mapping> mappings() throws IOException {
        Map<String, String> realmRoles = idsByName(session.get(base + "/roles?max=-1"));
        List<Mapping> mappings = new ArrayList<>();
        realm.path("groups").forEach(group -> addMappings(name(group), group, realmRoles, mappings));
        children().forEach(child -> addMappings(child.name(), child.group(), realmRoles, mappings));
        return mappings;
    }

    private void addMappings(String path, JsonNode group, Map<String, String> realmRoles, List<Mapping> mappings) {
        mappings.add(new Mapping(path, "realm", roles(group.path("realmRoles"), realmRoles)));
        group.path("clientRoles")
                .properties()
                .forEach(client -> mappings.add(new Mapping(path,
                        "clients/" + clients.get(client.getKey()),
                        roles(client.getValue(), rolesOfClient.getOrDefault(client.getKey(), Map.of())))));
    }

    private static ArrayNode roles(JsonNode names, Map<String, String> ids) {
        ArrayNode roles = JsonNodeFactory.instance.arrayNode();
        names.forEach(name -> roles.addObject().put("id", ids.get(name.asText())).put("name", name.asText()));
        return roles;
    }

    private static Map<String, String> idsByName(JsonNode roles) {
        Map<String, String> ids = new ConcurrentHashMap<>();
        roles.forEach(role -> ids.put(role.path("name").asText(), role.path("id").asText()));
        return ids;
    }

    private <T> void each(Iterable<T> items, Task<T> task) throws IOException, InterruptedException {
        List<Future<?>> running = new ArrayList<>();
        items.forEach(item -> running.add(threads.submit(() -> {
            task.run(item);
            return null;
        })));
        try {
            for (Future<?> one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            threads.shutdownNow();
            throw new IOException("single POSTs: " + e.getMessage(), e);
        }
    }
}
