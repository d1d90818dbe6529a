package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.RealKeycloak.RealmName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 in the middle of an apply: the next one ends where an apply that nobody killed does. */
@ExtendWith(RealKeycloak.class)
class KillIT {

    private static final long SEED = 20260731;

    private static final int KILLS = 5;

    @TempDir
    Path folder;

    /** Kills a process when its n-th write comes in: before the server has it, or after it has answered and before the answer is back. */
    private static final class Assassin implements Relay.Manner {

        private final int victim;
        private final boolean afterwards;
        private final CompletableFuture<Process> process = new CompletableFuture<>();
        private final AtomicInteger writes = new AtomicInteger();
        private final AtomicReference<Optional<Relay.Call>> last = new AtomicReference<>(Optional.empty());

        Assassin(int victim, boolean afterwards) {
            this.victim = victim;
            this.afterwards = afterwards;
        }

        @Override
        public Optional<Relay.Reply> instead(Relay.Call call) {
            if (!call.writes() || writes.incrementAndGet() != victim) {
                return Optional.empty();
            }
            if (afterwards) {
                last.set(Optional.of(call));
                return Optional.empty();
            }
            kill();
            return Optional.of(Relay.Reply.json(503, "{}"));
        }

        @Override
        public Relay.Reply passing(Relay.Call call, Relay.Reply reply) {
            if (last.get().filter(call::equals).isPresent()) {
                kill();
            }
            return reply;
        }

        private void kill() {
            process.join().destroyForcibly();
            process.join().onExit().join();
        }
    }

    @Test
    void theNextApplyEndsWhereAnUnkilledOneDoes(RealmName realm, KeycloakServer server, AdminApi admin)
            throws IOException {
        Assassin counting = new Assassin(Integer.MAX_VALUE, false);
        SortedMap<String, String> expected;
        try (Relay relay = Relay.before(server.url(), counting)) {
            Workbench bench = bench(server, realm, "unkilled");
            bench.with("KEYCLOAK_URL", relay.url()).apply("-f", "realm.yaml").ended(0);
            expected = result(bench, realm, admin);
        }
        int writes = counting.writes.get();
        assertThat(writes).isGreaterThan(10);
        Random random = new Random(SEED);
        List<Integer> points = new ArrayList<>();
        for (int i = 0; i < writes; i++) {
            points.add(i + 1);
        }
        Collections.shuffle(points, random);
        for (int point : points.subList(0, KILLS)) {
            admin.delete(realm.value());
            boolean afterwards = random.nextBoolean();
            String where = "seed " + SEED + ", killed " + (afterwards ? "after" : "before") + " write " + point
                    + " of " + writes;
            Workbench bench = bench(server, realm, "killed-" + point);
            killed(bench, server, point, afterwards);
            CommandLineRun again = bench.apply("-f", "realm.yaml").ended(0);
            SortedMap<String, String> result = result(bench, realm, admin);
            assertThat(result.keySet()).as(where).isEqualTo(expected.keySet());
            result.forEach((what, text) -> assertThat(text).as(() -> what + ", " + where + "\n" + again)
                    .isEqualTo(expected.get(what)));
            bench.run("plan", "-f", "realm.yaml").foundNothingToDo();
            assertThat(bench.path("state/" + realm + ".json.journal")).as(where).doesNotExist();
        }
    }

    private Workbench bench(KeycloakServer server, RealmName realm, String name) throws IOException {
        Workbench bench = Workbench.at(server, Files.createDirectory(folder.resolve(name)));
        bench.write("realm.yaml", file(realm));
        return bench;
    }

    private static void killed(Workbench bench, KeycloakServer server, int point, boolean afterwards)
            throws IOException {
        Assassin assassin = new Assassin(point, afterwards);
        try (Relay relay = Relay.before(server.url(), assassin)) {
            Process process = ChildProcess.start(bench.with("KEYCLOAK_URL", relay.url()), "apply", "-f", "realm.yaml",
                    "--auto-approve", "--parallelism", "2");
            assassin.process.complete(process);
            assertThat(ChildProcess.ended(process, "apply").code()).isEqualTo(137);
        }
    }

    /** What is on the server and in the state, without ids; by path, so that a failure says what differs. */
    private static SortedMap<String, String> result(Workbench bench, RealmName realm, AdminApi admin) {
        SortedMap<String, String> result = new TreeMap<>();
        stateOf(bench, realm).properties()
                .forEach(entry -> result.put("state of " + entry.getKey(), withoutIds(
                        entry.getValue())));
        result.put("realm", withoutIds(admin.get(realm.value())));
        for (String list : List.of("clients", "roles", "users", "groups?subGroupsCount=true", "client-scopes",
                "components")) {
            result.put(list, listed(admin.get(realm + "/" + list)));
        }
        for (JsonNode client : admin.get(realm + "/clients")) {
            String path = realm + "/clients/" + client.path("id").asText();
            result.put("roles of " + client.path("clientId").asText(), listed(admin.get(path + "/roles")));
        }
        JsonNode group = admin.get(realm + "/group-by-path/Staff");
        String groupPath = realm + "/groups/" + group.path("id").asText();
        result.put("group", withoutIds(group));
        result.put("members", listed(admin.get(groupPath + "/members")));
        result.put("children", listed(admin.get(groupPath + "/children?briefRepresentation=false")));
        result.put("composites", listed(admin.get(realm + "/roles/boss/composites")));
        for (JsonNode user : admin.get(realm + "/users")) {
            result.put("roles of user " + user.path("username").asText(),
                    listed(admin.get(realm + "/users/" + user.path("id").asText() + "/role-mappings/realm")));
        }
        return result;
    }

    /**
     * Every entry has been created by us. How often the state was written on the way is of no concern, nor is whether a field
     * was written by the last run or found as the killed one left it.
     */
    private static JsonNode stateOf(Workbench bench, RealmName realm) {
        ObjectNode state = (ObjectNode) bench.json("state/" + realm + ".json");
        state.path("resources")
                .properties()
                .stream()
                .filter(entry -> !entry.getKey().matches("(group-members|service-account)/.*")) // come with their owner
                .forEach(entry -> assertThat(entry.getValue().path("created").asBoolean()).as(entry.toString())
                        .isTrue());
        for (JsonNode entry : state.path("resources")) {
            ((ObjectNode) entry).withObject("/written").setAll((ObjectNode) entry.path("found"));
            ((ObjectNode) entry).remove("found");
        }
        return state.path("resources");
    }

    /** One line a member, sorted: the order of a list means nothing. */
    private static String listed(JsonNode list) {
        List<String> lines = new ArrayList<>();
        list.forEach(member -> lines.add(withoutIds(member)));
        Collections.sort(lines);
        return String.join("\n", lines);
    }

    /** Ids, times and secrets that the server makes left out; objects and lists sorted, since their order means nothing. */
    private static String withoutIds(JsonNode node) {
        return sorted(node)
                .replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "ID")
                .replaceAll("(?i)(\\w*timestamp|secret|client.secret.creation.time|privateKey|certificate|kid): [^,}]*",
                        "$1: made");
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

    private static String file(RealmName realm) {
        return """
            realm: %s
            enabled: true
            displayName: Killed
            clients:
              shop: {redirectUris: ["https://shop.example.com/*"], serviceAccountsEnabled: true, $serviceAccount: {realmRoles: [staff]}}
              till:
                protocolMappers:
                  audience:
                    protocol: openid-connect
                    protocolMapper: oidc-audience-mapper
                    config: {included.client.audience: shop, access.token.claim: "true"}
            roles:
              realm:
                staff: {description: Works here}
                boss: {composites: {realm: [staff], client: {shop: [buyer]}}}
              client: {shop: {buyer: {description: Buys}}}
            groups:
              /Staff: {realmRoles: [staff], $members: [ada]}
              /Staff/Tills: {clientRoles: {shop: [buyer]}}
            users:
              ada: {enabled: true, firstName: Ada, lastName: Lovelace, email: ada@example.com}
              grace: {enabled: true, firstName: Grace, lastName: Hopper, email: grace@example.com, realmRoles: [boss]}
            """.formatted(realm);
    }
}
