package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.RealKeycloak.RealmName;
import dev.realmform.testing.StateShelf;
import dev.realmform.testing.StateShelf.Manner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The commands that put a state right, for one in a file and one on a server. Keycloak is never written. */
@ExtendWith(RealKeycloak.class)
class StateCommandsIT {

    private static final String DECLARED = """
            roles: {realm: {one: {description: First}, two: {composites: {realm: [one]}}}}
            clients: {shop: {redirectUris: ["https://shop.example.com/*"]}}
            """;

    @TempDir
    Path folder;

    private Workbench bench;
    private String realm;

    @BeforeEach
    void applied(KeycloakServer server, RealmName name) {
        realm = name.value();
        bench = Workbench.at(server, folder);
        bench.write("realm.yaml", "realm: " + realm + "\nenabled: true\n" + DECLARED);
        bench.apply("-f", "realm.yaml").ended(0);
    }

    @Test
    void aStateIsListedForgottenMovedPulledAndPushedWhereverItIs() throws IOException {
        String file = "state/" + realm + ".json";
        walk("--state", file);
        try (StateShelf shelf = StateShelf.open(Manner.PLAIN)) {
            Workbench local = bench;
            local.run("state", "push", "first.json", "--state", shelf.url()).ended(0).printed("as serial 1");
            bench = bench.with("REALMFORM_STATE", shelf.url());
            walk();
            bench.run("force-unlock", "x", "--force").ended(1).complained("was not unlocked");
            shelf.give("theirs", "eve");
            bench.run("state", "rm", "shop").ended(1).complained("is held by eve since 2026-01-02T12:01:00Z: apply");
            bench.run("force-unlock", "theirs").ended(1).complained("nobody can be asked", "--force");
            bench.answering("no\n", "force-unlock", "theirs").ended(1).complained("not approved");
            bench.answering("yes\n", "force-unlock", "theirs").ended(0).printed("is free");
            assertThat(shelf.lockId()).isEmpty();
            bench = local;
        }
        bench.run("force-unlock", "x", "--force", "--state", file)
                .ended(1)
                .complained("cannot be broken, and need not be", "operating system's");
    }

    /** From the state after the apply to the same again. */
    private void walk(String... which) throws IOException {
        String first = command(0, which, "state", "pull").out();
        bench.write("first.json", first);
        command(0, which, "state", "push", "first.json").printed("says this already");
        command(0, which, "state", "rm", "shop", "two").printed("forgotten client/" + realm + "/shop",
                "Nothing was sent to Keycloak.");
        command(1, which, "state", "rm", "shop").complained("the state holds no shop");
        command(0, which, "state", "list").printed("2 resources in the state");
        plan().ended(0).printed("Plan: 2 to adopt, 0 to add, 0 to change, 0 to destroy.");
        command(1, which, "state", "push", "first.json").complained("first.json has serial 1, and", "--force");
        command(0, which, "state", "push", "first.json", "--force").printed("as serial 3");
        String to = "realm-role/" + realm + "/three";
        command(0, which, "state", "mv", "one", to).printed("moved one to " + to);
        command(0, which, "state", "show", "realm-role/" + realm + "/two").printed(to);
        command(1, which, "state", "mv", "two", to).complained("holds " + to + " already");
        command(1, which, "state", "mv", "two", "client/" + realm + "/two").complained("cannot become a client");
        command(0, which, "state", "mv", "three", "realm-role/" + realm + "/one");
        String again = command(0, which, "state", "pull").out();
        assertThat(again.replaceAll("\"(serial|run)\": .*", ""))
                .isEqualTo(first.replaceAll("\"(serial|run)\": .*", ""));
        bench.write("other.json", first.replaceFirst("\"lineage\": \"", "\"lineage\": \"0"));
        command(1, which, "state", "push", "other.json").complained("is another state than", "lineage 0");
        plan().foundNothingToDo();
    }

    private CommandLineRun plan() {
        return bench.run("plan", "-f", "realm.yaml");
    }

    private CommandLineRun command(int code, String[] which, String... words) {
        String[] all = java.util.stream.Stream.concat(List.of(words).stream(), List.of(which).stream())
                .toArray(String[]::new);
        return bench.run(all).ended(code);
    }

    @Test
    void aLostStateIsRebuiltWithoutAWriteAndAdoptsUnlessItIsToldToClaim(KeycloakServer server, AdminApi admin)
            throws IOException {
        Path state = bench.path("state/" + realm + ".json");
        bench.run("state", "rebuild", "-f", "realm.yaml").ended(1).complained("there is a state at", "so none is lost");
        Files.delete(state);
        AtomicInteger writes = new AtomicInteger();
        try (Relay relay = Relay.before(server.url(), new Relay.Manner() {
            @Override
            public java.util.Optional<Relay.Reply> instead(Relay.Call call) {
                writes.addAndGet(call.writes() ? 1 : 0);
                return java.util.Optional.empty();
            }
        })) {
            Workbench through = bench.with("KEYCLOAK_URL", relay.url());
            through.run("state", "rebuild", "-f", "realm.yaml")
                    .ended(0)
                    .printed("State rebuilt: 4 adopted, 0 claimed as created, 0 declared and not there, 0 with other");
            through.run("plan", "-f", "realm.yaml").foundNothingToDo();
            through.run("drift", "-f", "realm.yaml").ended(0);
            Files.delete(state);
            through.run("state", "rebuild", "-f", "realm.yaml", "--created", "realm-role/nowhere/*")
                    .ended(1)
                    .complained("fits nothing that is declared and there");
            through.run("state", "rebuild", "-f", "realm.yaml", "--created", "realm-role/" + realm + "/*")
                    .ended(1)
                    .complained("nobody can be asked");
            assertThat(state).doesNotExist();
            through.answering("yes\n", "state", "rebuild", "-f", "realm.yaml", "--created",
                    "realm-role/" + realm + "/*").ended(0).printed("2 adopted, 2 claimed as created");
            through.run("plan", "-f", "realm.yaml").foundNothingToDo();
        }
        assertThat(writes).hasValue(0);
        bench.write("realm.yaml", "realm: " + realm + "\nenabled: true\n");
        bench.apply("-f", "realm.yaml").ended(0).printed("Plan: 0 to add, 0 to change, 2 to destroy, 1 to forget.");
        assertThat(admin.get(realm + "/clients?clientId=shop")).hasSize(1);
        Files.delete(state);
        bench.write("realm.yaml", "realm: " + realm + "\ndisplayName: Other\nroles: {realm: {gone: {}}}\n");
        bench.run("state", "rebuild", "-f", "realm.yaml")
                .ended(0)
                .printed("1 adopted, 0 claimed as created, 1 declared and not there, 1 with other values");
        bench.run("drift", "-f", "realm.yaml").ended(0);
        plan().ended(0).printed("Plan: 1 to add, 1 to change, 0 to destroy.");
    }
}
