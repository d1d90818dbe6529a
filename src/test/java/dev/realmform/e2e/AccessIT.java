package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.RealKeycloak.RealmName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a plan says of access is what the server says: each user's effective roles before the apply and after it. */
@ExtendWith(RealKeycloak.class)
class AccessIT {

    private static final List<String> VIEW = List.of("view-realm", "view-clients", "view-users", "query-clients",
            "query-groups", "query-realms", "query-users");

    private static final String START = """
            accessTokenLifespan: 300
            clients: {shop: {enabled: true}, svc: {serviceAccountsEnabled: true, $serviceAccount: {realmRoles: [read]}}}
            roles:
              realm: {audit: {}, read: {}, admin: {composites: {realm: [read]}}}
              client: {shop: {buyer: {}, boss: {composites: {client: {shop: [buyer]}}}}}
            groups: {/Staff: {$members: [ada, bob]}, /Staff/Team: {realmRoles: [read]}, /Ops: {}}
            users:
              ada: {enabled: true, groups: {$add: [/Staff/Team]}}
              bob: {enabled: true, realmRoles: {$add: [audit]}}
              cem: {enabled: true, groups: {$add: [/Staff/Team]}, clientRoles: {shop: [boss]}}
              dan: {enabled: true}
            """;

    /** One file after the other; each moves access in several ways at once. */
    private static final List<String> STORY = List.of(
            // A group gains a composite: its members and those of the group inside it, but who has it already.
            START.replace("/Staff: {", "/Staff: {realmRoles: [audit, admin], clientRoles: {shop: [buyer]}, "),
            // A composite gains a nested one, a role of a client gains a realm role, a direct grant goes.
            START.replace("audit: {}", "audit: {composites: {realm: [admin], client: {shop: [boss]}}}")
                    .replace("realmRoles: {$add: [audit]}", "realmRoles: {$remove: [audit]}, groups: {$add: [/Ops]}"),
            // Everybody has the default role; what it brings is nothing new for some.
            START.replace("realm: {audit", "realm: {default-roles-REALM: {composites: {realm: {$add: [read]},"
                    + " client: {shop: {$add: [buyer]}}}}, audit"),
            // Users come and go, one without the default role; a group is made with members; another goes.
            START.replace("dan: {enabled: true}", "eve: {enabled: true, realmRoles: {$add: [admin],"
                    + " $remove: [default-roles-REALM]}}\n  fay: {enabled: true}")
                    .replace("/Ops: {}", "/New: {clientRoles: {shop: [boss]}, $members: [bob, fay]}"),
            // Group and role are deleted, a service account appears with a group, another one goes with its client.
            """
                    accessTokenLifespan: 60
                    clients: {shop: {enabled: true, serviceAccountsEnabled: true, $serviceAccount: {groups: [/Staff]}}}
                    roles: {realm: {audit: {}}, client: {shop: {buyer: {}}}}
                    groups: {/Staff: {realmRoles: [audit]}, /Other: {}, /Other/Team: {realmRoles: [audit], $members: [ada]}}
                    users: {ada: {enabled: true}, bob: {enabled: true}, cem: {enabled: true}}
                    """,
            // The client keeps its roles' names in another one; its service account is switched off.
            """
                    clients: {store: {enabled: true}}
                    roles: {client: {store: {buyer: {}}}}
                    groups: {/Staff: {clientRoles: {store: [buyer]}}}
                    users: {ada: {enabled: true}}
                    """);

    @TempDir
    Path folder;

    private Workbench bench;
    private RealmName realm;
    private AdminApi admin;

    @BeforeEach
    void applied(KeycloakServer server, RealmName name, AdminApi api) {
        realm = name;
        admin = api;
        bench = Workbench.at(server, folder);
        write(START);
        bench.apply("-f", "realm.yaml").ended(0);
        String group = admin.get(realm + "/groups?search=Ops").get(0).path("id").asText();
        admin.put(realm + "/default-groups/" + group, "");
    }

    @Test
    void whatThePlanSaysIsWhatTheServerDoes() {
        try (ServiceAccount viewer = ServiceAccount.in(admin, "master", "viewer-" + realm, "viewers-secret")) {
            viewer.withClientRoles(realm + "-realm", VIEW);
            Workbench looking = bench.asClient("master", viewer.clientId(), viewer.secret());
            for (String chapter : STORY) {
                write(chapter);
                Set<String> said = said(AdminApi.json(bench.run("plan", "-f", "realm.yaml", "--json").ended(0).out()));
                assertThat(said).isNotEmpty();
                assertThat(said(AdminApi.json(looking.run("plan", "-f", "realm.yaml", "--json").ended(0).out())))
                        .isEqualTo(said);
                Map<String, Set<String>> before = effective();
                bench.apply("-f", "realm.yaml", "--max-destroy", "20").ended(0);
                assertThat(said).as(chapter).isEqualTo(moved(before, effective()));
            }
        }
    }

    @Test
    void thePlanNamesNumbersRolesAndTheTimeAndNamesIfAsked() {
        write(STORY.getFirst());
        bench.run("plan", "-f", "realm.yaml")
                .ended(0)
                .printed("    3 users gain admin", "    2 users gain audit", "    1 user gains read",
                        "access: 3 users gain admin; 2 gain", "(with their next token, at most");
        bench.run("plan", "-f", "realm.yaml", "--full").printed("2 users gain audit: ada, cem");
        bench.run("plan", "-f", "realm.yaml", "--out", "kept.plan").ended(0);
        bench.run("show", "kept.plan").printed("    2 users gain audit");
        bench.run("plan", "-f", "realm.yaml", "--markdown").printed("2 gain audit");
    }

    @Test
    void whatMovesNoAccessAsksNothingMore() {
        write(START.replace("300", "600").replace("audit: {}", "audit: {description: Looks}"));
        CommandLineRun run = bench.run("plan", "-f", "realm.yaml", "--verbose")
                .ended(0)
                .printed("0 to add, 2 to change");
        assertThat(run.out()).doesNotContain("access:");
        assertThat(reads(run)).isEqualTo(reads(bench.run("drift", "-f", "realm.yaml", "--verbose").ended(0)));
    }

    /** What drift reads, which looks at nobody's access. */
    private static long reads(CommandLineRun run) {
        return run.all().lines().filter(line -> line.startsWith("GET ")).count();
    }

    private void write(String file) {
        bench.write("realm.yaml", ("realm: REALM\n" + file).replace("REALM", realm.value()));
    }

    /** {@code user gain role}, of all moves. */
    private Set<String> said(JsonNode plan) {
        Set<String> said = new TreeSet<>();
        plan.path("access").path("moves").forEach(move -> {
            assertThat(move.path("users").size()).isEqualTo(move.path("count").asInt());
            move.path("users")
                    .forEach(user -> move.path("roles")
                            .forEach(role -> said.add(user.asText() + " " + move.path("way").asText() + " "
                                    + role.asText())));
        });
        return said;
    }

    private static Set<String> moved(Map<String, Set<String>> before, Map<String, Set<String>> after) {
        Set<String> moved = new TreeSet<>();
        Set<String> users = new TreeSet<>(before.keySet());
        users.addAll(after.keySet());
        for (String user : users) {
            Set<String> had = before.getOrDefault(user, Set.of());
            Set<String> has = after.getOrDefault(user, Set.of());
            has.stream().filter(role -> !had.contains(role)).forEach(role -> moved.add(user + " gain " + role));
            had.stream().filter(role -> !has.contains(role)).forEach(role -> moved.add(user + " lose " + role));
        }
        return moved;
    }

    /** All roles of all users and service accounts, as the server works them out. */
    private Map<String, Set<String>> effective() {
        Map<String, Set<String>> effective = new TreeMap<>();
        JsonNode clients = admin.get(realm + "/clients");
        admin.get(realm + "/users?max=-1")
                .forEach(user -> effective.put("user/" + realm + "/" + user.path("username").asText(),
                        roles(user.path("id").asText(), clients)));
        clients.forEach(client -> {
            if (client.path("serviceAccountsEnabled").asBoolean()) {
                String id = admin.get(realm + "/clients/" + client.path("id").asText() + "/service-account-user")
                        .path("id")
                        .asText();
                effective.put("service-account/" + realm + "/" + client.path("clientId").asText(), roles(id, clients));
            }
        });
        return effective;
    }

    private Set<String> roles(String user, JsonNode clients) {
        Set<String> roles = new TreeSet<>();
        String mappings = realm + "/users/" + user + "/role-mappings/";
        admin.get(mappings + "realm/composite")
                .forEach(role -> roles.add("realm-role/" + realm + "/" + role.path("name").asText()));
        clients.forEach(client -> admin.get(mappings + "clients/" + client.path("id").asText() + "/composite")
                .forEach(role -> roles.add("client-role/" + realm + "/" + client.path("clientId").asText() + "/"
                        + role.path("name").asText())));
        return roles;
    }
}
