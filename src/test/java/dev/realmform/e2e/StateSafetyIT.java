package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.RealKeycloak.RealmName;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A state that does not fit, or that another run holds: refused, with the way out, and nothing written. */
@ExtendWith(RealKeycloak.class)
class StateSafetyIT {

    @TempDir
    Path folder;

    private Workbench bench;
    private String state;

    @BeforeEach
    void place(KeycloakServer server, RealmName realm) {
        bench = Workbench.at(server, folder);
        state = "state/" + realm + ".json";
        bench.write("realm.yaml", "realm: " + realm + "\nroles: {realm: {one: {description: First}}}\n");
    }

    @Test
    void aDamagedStateIsRefusedAndLeftAsItIs() {
        bench.apply("-f", "realm.yaml").ended(0);
        bench.apply("-f", "realm.yaml", "--state", state).ended(0);
        String whole = bench.read(state);
        refused(whole.substring(0, whole.length() / 2), "is cut off", state + ".backup");
        refused(whole.replace("\"serial\"", "\"sserial\""), "is damaged", "state list --state");
        refused("", "is empty", state + ".backup");
        bench.write(state, whole);
        bench.run("plan", "-f", "realm.yaml").foundNothingToDo();
    }

    @Test
    void aFileThatIsNoStateIsRefusedAndLeftAsItIs() {
        refused("{\"name\": \"my-package\"}", "is not a state of realmform", "Check --state");
        refused("some: yaml\n", "is not a state of realmform", "Check --state");
        refused("{\"realmform_state\": 99, \"new\": true}", "was written by a newer realmform: state format 99",
                "Use that newer version");
    }

    private void refused(String content, String what, String remedy) {
        bench.write(state, content);
        for (String command : new String[]{"plan", "drift"}) {
            bench.run(command, "-f", "realm.yaml").ended(1).complained(what, remedy);
        }
        bench.apply("-f", "realm.yaml").ended(1).complained(what, remedy);
        assertThat(bench.read(state)).isEqualTo(content);
    }

    @Test
    void anotherServerIsRefusedUntilItIsSaidToBeNew(RealmName realm, AdminApi admin) {
        bench.apply("-f", "realm.yaml").ended(0);
        bench.write(state, bench.read(state).replace("http://127.0.0.1", "https://sso.example.com"));
        bench.run("plan", "-f", "realm.yaml")
                .ended(1)
                .complained("this state was made for https://sso.example.com",
                        "and this server is http://127.0.0.1", "--new-server");
        bench.write("realm.yaml", "realm: " + realm + "\n");
        bench.apply("-f", "realm.yaml", "--new-server").ended(0).printed("Plan: 1 to adopt");
        assertThat(admin.find(realm + "/roles/one")).isPresent();
        bench.run("plan", "-f", "realm.yaml").foundNothingToDo();
    }

    @Test
    void aRealmThatWasMadeAnewByHandIsRefusedUntilItIsSaidToBeNew(RealmName realm, AdminApi admin) {
        bench.apply("-f", "realm.yaml").ended(0);
        admin.delete(realm.value());
        admin.post("", "{\"realm\": \"" + realm + "\", \"enabled\": true}");
        admin.post(realm + "/roles", "{\"name\": \"one\", \"description\": \"First\"}");
        bench.apply("-f", "realm.yaml").ended(1).complained("realm " + realm + " has another id", "--new-server");
        bench.apply("-f", "realm.yaml", "--new-server").ended(0).printed("Plan: 2 to adopt, 0 to add");
        bench.run("destroy", "-f", "realm.yaml", "--auto-approve").ended(0);
        assertThat(admin.find(realm + "/roles/one")).isPresent(); // adopted: forgotten, not deleted
    }

    @Test
    void aRealmThatIsGoneIsMadeAgain(RealmName realm, AdminApi admin) {
        bench.apply("-f", "realm.yaml").ended(0);
        admin.delete(realm.value());
        bench.apply("-f", "realm.yaml").ended(0).printed("Plan: 2 to add");
        bench.run("plan", "-f", "realm.yaml").foundNothingToDo();
    }

    @Test
    void fewerFilesThanLastTimeAreRefused(RealmName realm, AdminApi admin) {
        bench.write("other.yaml", "realm: " + realm + "\nroles: {realm: {two: {description: Second}}}\n");
        bench.apply("-f", "realm.yaml", "-f", "other.yaml").ended(0);
        for (String command : new String[]{"plan", "drift", "apply"}) {
            bench.run(command, "-f", "realm.yaml")
                    .ended(1)
                    .complained("1 of 2 files missing: other.yaml",
                            "--allow-fewer-files");
        }
        assertThat(admin.find(realm + "/roles/two")).isPresent();
        bench.apply("-f", "realm.yaml", "--allow-fewer-files").ended(0).printed("1 destroyed");
        assertThat(admin.find(realm + "/roles/two")).isEmpty();
    }

    @Test
    void aFileIsTheSameHoweverItIsNamed() {
        bench.apply("-f", "realm.yaml").ended(0);
        bench.run("plan", "-f", "./realm.yaml").foundNothingToDo();
        bench.run("plan", "-f", bench.folder().resolve("realm.yaml").toString()).foundNothingToDo();
    }

    @Test
    void anEmptyFileIsRefused(RealmName realm, AdminApi admin) {
        bench.apply("-f", "realm.yaml").ended(0);
        bench.write("realm.yaml", "");
        bench.apply("-f", "realm.yaml", "--state", state).ended(1).complained("realm.yaml");
        bench.write("realm.yaml", "realmform: 1\n");
        bench.apply("-f", "realm.yaml", "--state", state).ended(1).complained("--allow-empty");
        assertThat(admin.find(realm + "/roles/one")).isPresent();
    }

    @Test
    void nothingIsWrittenWhereTheStateCannotBe(RealmName realm, AdminApi admin) {
        bench.write("state", "a file where the folder should be");
        bench.apply("-f", "realm.yaml").ended(1).complained("state", "folder of the state has to be writable");
        assertThat(admin.find(realm.value())).isEmpty();
    }

    @Test
    void aStateThatAnotherRunHoldsNamesItsHolderAndCanBeWaitedFor(KeycloakServer server) throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Relay.Manner halting = new Relay.Manner() {
            @Override
            public Optional<Relay.Reply> instead(Relay.Call call) {
                if (call.writes()) {
                    writing.countDown();
                    await(goOn);
                }
                return Optional.empty();
            }
        };
        try (Relay relay = Relay.before(server.url(), halting)) {
            Process other = ChildProcess.start(bench.with("KEYCLOAK_URL", relay.url()).with("USER", "ada"), "apply",
                    "-f", "realm.yaml", "--auto-approve");
            await(writing);
            bench.run("plan", "-f", "realm.yaml").ended(0).printed("Plan: 2 to add"); // never locks
            bench.apply("-f", "realm.yaml")
                    .ended(1)
                    .complained("is held by ada@", String.valueOf(other.pid()),
                            "apply", "--lock-timeout");
            CompletableFuture<CommandLineRun> waiting = CompletableFuture
                    .supplyAsync(() -> bench.apply("-f", "realm.yaml", "--lock-timeout", "2m"));
            Thread.sleep(300);
            assertThat(waiting).isNotDone();
            goOn.countDown();
            ChildProcess.ended(other, "apply").ended(0);
            waiting.get().ended(0).printed("No changes.");
        }
        assertThat(folder.resolve(state + ".holder")).doesNotExist();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
