package dev.realmform.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes down a realm of a given shape, the same one each time: clients with roles, realm roles, two levels of groups that map
 * a realm role and three client roles each, users in two groups each. Half of the clients are confidential.
 */
final class SampleRealm {

    private final String name;
    private final Shape shape;
    private final ObjectNode realm = JsonNodeFactory.instance.objectNode();

    private SampleRealm(String name, Shape shape) {
        this.name = name;
        this.shape = shape;
    }

    static ObjectNode of(String name, Shape shape) {
        SampleRealm sample = new SampleRealm(name, shape);
        sample.settings();
        sample.roles();
        sample.clients();
        sample.groups();
        sample.users();
        return sample.realm;
    }

    static String client(int number) {
        return "client-%04d".formatted(number);
    }

    static String topGroup(int number) {
        return "group-%03d".formatted(number);
    }

    private static String realmRole(int number) {
        return "role-%04d".formatted(number);
    }

    private static String subGroup(int top, int number) {
        return "sub-%03d-%02d".formatted(top, number);
    }

    private void settings() {
        realm.put("realm", name)
                .put("enabled", true)
                .put("displayName", "Bench " + name)
                .put("accessTokenLifespan", 300)
                .put("loginWithEmailAllowed", true)
                .put("duplicateEmailsAllowed", false);
    }

    private void roles() {
        ObjectNode roles = realm.putObject("roles");
        ArrayNode ofRealm = roles.putArray("realm");
        for (int i = 0; i < shape.realmRoles(); i++) {
            ofRealm.addObject()
                    .put("name", realmRole(i))
                    .put("description", "Realm role " + i)
                    .putObject("attributes")
                    .putArray("tier")
                    .add(String.valueOf(i % 3));
        }
        ObjectNode ofClients = roles.putObject("client");
        for (int i = 0; i < shape.clients(); i++) {
            ArrayNode ofClient = ofClients.putArray(client(i));
            for (int j = 0; j < shape.rolesPerClient(); j++) {
                ofClient.addObject().put("name", "cr-" + j).put("description", "Role " + j + " of client " + i);
            }
        }
    }

    private void clients() {
        ArrayNode clients = realm.putArray("clients");
        for (int i = 0; i < shape.clients(); i++) {
            boolean isPublic = i % 2 == 0;
            String home = "https://app" + i + ".example.com";
            ObjectNode client = clients.addObject()
                    .put("clientId", client(i))
                    .put("name", "Client " + i)
                    .put("description", "Application " + i)
                    .put("enabled", true)
                    .put("protocol", "openid-connect")
                    .put("publicClient", isPublic)
                    .put("standardFlowEnabled", true)
                    .put("directAccessGrantsEnabled", false);
            if (!isPublic) {
                client.put("secret", "s3cret-%04d".formatted(i));
            }
            client.putArray("redirectUris").add(home + "/*");
            client.putArray("webOrigins").add(home);
            client.putObject("attributes").put("post.logout.redirect.uris", home + "/bye");
        }
    }

    private void groups() {
        ArrayNode groups = realm.putArray("groups");
        int number = 0;
        for (int top = 0; top < shape.topGroups(); top++) {
            ObjectNode parent = group(groups, topGroup(top), String.valueOf(top), number++);
            ArrayNode children = parent.putArray("subGroups");
            for (int sub = 0; sub < shape.subGroups(); sub++) {
                group(children, subGroup(top, sub), top + "." + sub, number++);
            }
        }
    }

    private ObjectNode group(ArrayNode level, String called, String cost, int number) {
        ObjectNode group = level.addObject().put("name", called);
        group.putObject("attributes").putArray("cost").add(cost);
        group.putArray("realmRoles").add(realmRole(number % shape.realmRoles()));
        ObjectNode clientRoles = group.putObject("clientRoles");
        String first = client(number % shape.clients());
        String second = client((number * 7 + 1) % shape.clients());
        clientRoles.putArray(first).add("cr-0").add("cr-1");
        clientRoles.withArrayProperty(second).add("cr-2");
        return group;
    }

    private void users() {
        List<String> paths = paths();
        ArrayNode users = realm.putArray("users");
        for (int i = 0; i < shape.users(); i++) {
            String username = "user-%05d".formatted(i);
            int first = i % paths.size();
            int second = (i * 13 + 5) % paths.size();
            if (first == second) {
                second = (i + 1) % paths.size();
            }
            users.addObject()
                    .put("username", username)
                    .put("email", username + "@example.com")
                    .put("firstName", "First" + i)
                    .put("lastName", "Last" + i)
                    .put("enabled", true)
                    .put("emailVerified", true)
                    .putArray("groups")
                    .add(paths.get(first))
                    .add(paths.get(second));
        }
    }

    private List<String> paths() {
        List<String> paths = new ArrayList<>();
        for (int top = 0; top < shape.topGroups(); top++) {
            paths.add("/" + topGroup(top));
            for (int sub = 0; sub < shape.subGroups(); sub++) {
                paths.add("/" + topGroup(top) + "/" + subGroup(top, sub));
            }
        }
        return paths;
    }
}
