package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.Person;
import dev.realmform.testing.PublishedSchema;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.RealKeycloak.RealmName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What {@code who} and {@code why} say is what the server says of each user, asked by a login that may only look. */
@ExtendWith(RealKeycloak.class)
class WhoIT {

    private static final List<String> VIEW = List.of("view-realm", "view-clients", "view-users", "query-clients",
            "query-groups", "query-realms", "query-users");

    private static final List<String> ROLES = List.of("r0", "r1", "r2", "r3", "a/c0", "a/c1", "b/c0", "b/c2");

    private final KeycloakServer server;
    private final AdminApi admin;
    private final String realm;
    private final Workbench bench;

    WhoIT(KeycloakServer server, RealmName name, AdminApi admin, @TempDir Path folder) {
        this.server = server;
        this.admin = admin;
        this.realm = name.value();
        this.bench = Workbench.at(server, folder);
    }

    @BeforeEach
    void applied() {
        bench.write("realm.yaml", generated(new Random(7)));
        bench.apply("-f", "realm.yaml").ended(0);
    }

    /** Nested groups, composites of both kinds that hold each other, direct grants, a service account, a disabled user. */
    private String generated(Random random) {
        StringBuilder text = new StringBuilder("realm: " + realm + "\nenabled: true\n");
        text.append(
                "clients: {a: {enabled: true}, b: {serviceAccountsEnabled: true, $serviceAccount: {groups: [/G1]}}}\n");
        text.append("defaultRoles: {$add: [r3]}\nroles:\n  realm:\n");
        for (int i = 0; i < 4; i++) {
            text.append("    r%d: {composites: %s}\n".formatted(i, roles(random, i + 1, "realm", "client")));
        }
        text.append(
                "  client:\n    a: {c0: {}, c1: {composites: {client: {b: [c2]}}}}\n    b: {c0: {}, c2: {}}\ngroups:\n");
        for (String path : List.of("/G1", "/G1/H1", "/G1/H1/K", "/G2", "/G2/With ~/ slash")) {
            String roles = roles(random, 0, "realmRoles", "clientRoles");
            text.append("  %s: %s\n".formatted(path, roles));
        }
        text.append("users:\n");
        for (int i = 0; i < 8; i++) {
            String roles = roles(random, 0, "realmRoles", "clientRoles");
            String group = List.of("/G1", "/G1/H1", "/G1/H1/K", "/G2", "/G2/With ~/ slash", "/G2")
                    .get(random.nextInt(6));
            text.append("  user%d: {enabled: %s, groups: [%s], %s\n".formatted(i, i != 5, group, roles.substring(1)));
        }
        return text.toString();
    }

    /** One role of the realm, not before {@code from}, and one of a client, or less. */
    private static String roles(Random random, int from, String ofRealm, String ofClient) {
        int role = from + random.nextInt(4);
        String realm = role < 4 ? "r" + role : "";
        String client = List.of("a: [c0]", "a: [c1]", "b: [c0]", "", "", "").get(random.nextInt(6));
        return "{%s: [%s], %s: {%s}}".formatted(ofRealm, realm, ofClient, client);
    }

    @Test
    void whoHasARoleIsWhoHasItOnTheServerAndEachWayIsThere() {
        Map<String, Set<String>> effective = effective();
        try (ServiceAccount viewer = ServiceAccount.in(admin, "master", "viewer-" + realm, "viewers-secret")) {
            viewer.withClientRoles(realm + "-realm", VIEW);
            Workbench looking = bench.asClient("master", viewer.clientId(), viewer.secret());
            for (String role : ROLES) {
                String json = looking.run("who", role, "-f", "realm.yaml", "--json").ended(0).out();
                PublishedSchema.ACCESS.accepts(json);
                JsonNode answer = AdminApi.json(json);
                Set<String> users = new TreeSet<>();
                answer.path("users").forEach(user -> users.add(user.path("username").asText()));
                Set<String> holders = new TreeSet<>(effective.keySet());
                holders.removeIf(user -> !effective.getOrDefault(user, Set.of()).contains(role));
                assertThat(users).as(role).isEqualTo(holders);
                answer.path("users").forEach(user -> user.path("paths").forEach(path -> assertThat(path).isNotEmpty()));
            }
            assertThat(effective.getOrDefault("service-account-b", Set.of())).isNotEmpty();
            for (String user : effective.keySet()) {
                for (String role : ROLES) {
                    boolean can = effective.getOrDefault(user, Set.of()).contains(role);
                    CommandLineRun why = looking.run("why", user, "can", "use", role, "--realm", realm, "--json")
                            .ended(can && !user.equals("user5") ? 0 : 2);
                    JsonNode answer = AdminApi.json(why.out());
                    assertThat(answer.path("users").size()).as(user + " " + role).isEqualTo(can ? 1 : 0);
                    assertThat(texts(answer.path("subject").path("roles"))).isEqualTo(addresses(user, effective));
                }
            }
            viewer.withoutClientRole(realm + "-realm", "view-users");
            viewer.withoutClientRole(realm + "-realm", "query-users");
            looking.run("who", "r0", "-f", "realm.yaml").ended(1).complained("view-users");
        }
    }

    @Test
    void theLastLoginIsToldByEventsIfTheyAreOnAndMayBeReadElseBySessions() {
        admin.put(realm + "/users/" + id("user1") + "/reset-password",
                "{\"type\": \"password\", \"value\": \"user1\", \"temporary\": false}");
        admin.put(realm + "/users/" + id("user1"),
                "{\"firstName\": \"U\", \"lastName\": \"One\", \"email\": \"u1@example.com\", \"requiredActions\": []}");
        try (ServiceAccount viewer = ServiceAccount.in(admin, realm, "viewer", "viewers-secret")) {
            viewer.withClientRoles("realm-management", VIEW);
            Workbench looking = bench.asClient(realm, viewer.clientId(), viewer.secret());
            looking.run("who", "r3", "--realm", realm).ended(0).printed("last login not known: events are off");

            admin.put(realm, "{\"eventsEnabled\": true}");
            looking.run("who", "r3", "--realm", realm).printed("not known: events may not be read");
            logIn();
            looking.run("who", "r3", "--realm", realm).printed("logged in ", ", last seen ");
            viewer.withClientRoles("realm-management", List.of("view-events"));
            looking.run("who", "r3", "--realm", realm)
                    .printed("client admin-cli", "no login among the events that the server keeps");
            looking.run("why", "user1", "r3", "--realm", realm).printed("logged in ", "client admin-cli");
        }
    }

    private void logIn() {
        assertThat(Person.of(server, realm, "user1").statusOf("users")).isEqualTo(403);
    }

    private String id(String user) {
        return admin.get(realm + "/users?exact=true&username=" + user).get(0).path("id").asText();
    }

    private Map<String, String> users() {
        Map<String, String> users = new TreeMap<>();
        admin.get(realm + "/users?max=-1")
                .forEach(user -> users.put(user.path("username").asText(), user.path("id").asText()));
        String client = admin.get(realm + "/clients?clientId=b").get(0).path("id").asText();
        users.put("service-account-b",
                admin.get(realm + "/clients/" + client + "/service-account-user").path("id").asText());
        return users;
    }

    /** What the server counts as effective: of the realm by name, of clients as client/name. */
    private Map<String, Set<String>> effective() {
        Map<String, Set<String>> effective = new TreeMap<>();
        users().forEach((user, id) -> {
            Set<String> roles = new TreeSet<>();
            admin.get(realm + "/users/" + id + "/role-mappings/realm/composite")
                    .forEach(role -> roles.add(role.path("name").asText()));
            for (JsonNode client : admin.get(realm + "/clients")) {
                admin.get(
                        realm + "/users/" + id + "/role-mappings/clients/" + client.path("id").asText() + "/composite")
                        .forEach(
                                role -> roles.add(client.path("clientId").asText() + "/" + role.path("name").asText()));
            }
            effective.put(user, roles);
        });
        return effective;
    }

    private Set<String> addresses(String user, Map<String, Set<String>> effective) {
        Set<String> addresses = new TreeSet<>();
        effective.getOrDefault(user, Set.of())
                .forEach(role -> addresses.add(role.contains("/")
                        ? "client-role/" + realm + "/" + role
                        : "realm-role/" + realm + "/" + role));
        return addresses;
    }

    private static Set<String> texts(JsonNode list) {
        Set<String> texts = new TreeSet<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
