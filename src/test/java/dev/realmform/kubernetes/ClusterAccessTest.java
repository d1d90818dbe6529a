package dev.realmform.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a cluster is found, and what is said when it is not. */
class ClusterAccessTest {

    private static final String CANARY = "canary7q3x9z5w";

    @TempDir
    Path folder;

    private Path kubeconfig(String name, String server) throws IOException {
        return Files.writeString(folder.resolve(name), """
                apiVersion: v1
                kind: Config
                current-context: %1$s
                contexts: [{name: %1$s, context: {cluster: %1$s, user: %1$s, namespace: of-%1$s}}]
                clusters: [{name: %1$s, cluster: {server: "%2$s"}}]
                users: [{name: %1$s, user: {token: %3$s}}]
                """.formatted(name, server, CANARY));
    }

    private static Config config(Optional<String> context, Map<String, String> environment) {
        try (KubernetesClient client = new ClusterAccess(Optional.empty(), context, environment).open()) {
            return client.getConfiguration();
        }
    }

    private static Problem problem(Optional<Path> file, Optional<String> context, Map<String, String> environment) {
        try (KubernetesClient client = new ClusterAccess(file, context, environment).open()) {
            throw new AssertionError("it was opened: " + client.getMasterUrl());
        } catch (ProblemException e) {
            Problem problem = e.problems().getFirst();
            assertThat(problem.toString()).doesNotContain(CANARY);
            assertThat(problem.cause()).isEmpty();
            return problem;
        }
    }

    @Test
    void theFirstOfSeveralFilesSaysWhichContextIsCurrentAndEachMayBeNamed() throws IOException {
        String listed = kubeconfig("one", "https://one.example") + File.pathSeparator + folder.resolve("gone")
                + File.pathSeparator + kubeconfig("two", "https://two.example");
        Config first = config(Optional.empty(), Map.of("KUBECONFIG", listed));
        assertThat(first.getMasterUrl()).isEqualTo("https://one.example/");
        assertThat(first.getNamespace()).isEqualTo("of-one");
        assertThat(first.getRequestRetryBackoffLimit()).isZero();
        assertThat(config(Optional.of("two"), Map.of("KUBECONFIG", listed)).getMasterUrl())
                .isEqualTo("https://two.example/");
    }

    @Test
    void withoutAVariableTheFileInTheHomeFolderIsRead() throws IOException {
        Files.createDirectories(folder.resolve("home/.kube"));
        Files.move(kubeconfig("one", "https://one.example"), folder.resolve("home/.kube/config"));
        assertThat(config(Optional.empty(), Map.of("HOME", folder.resolve("home").toString())).getMasterUrl())
                .isEqualTo("https://one.example/");
    }

    @Test
    void aContextThatIsNotThereIsRefusedAndNoOtherOneIsTaken() throws IOException {
        Path file = kubeconfig("one", "https://one.example");
        Problem unknown = problem(Optional.of(file), Optional.of("production"), Map.of());
        assertThat(unknown.what()).isEqualTo("the kubeconfig has no context production");
        assertThat(unknown.where()).isEqualTo(file.toString());
        assertThat(unknown.remedy()).contains("It has: one.");
    }

    @Test
    void whatIsMissingOrNoKubeconfigIsSaidWithoutWhatStandsInIt() throws IOException {
        assertThat(problem(Optional.empty(), Optional.empty(), Map.of("HOME", folder.toString())).what())
                .contains("no cluster is named");
        assertThat(problem(Optional.empty(), Optional.empty(), Map.of("KUBECONFIG", "/nowhere/config")).what())
                .contains("KUBECONFIG names no file that is there");
        assertThat(problem(Optional.of(folder.resolve("gone")), Optional.empty(), Map.of()).what())
                .contains("cannot be read");
        Path broken = Files.writeString(folder.resolve("broken"), "users: [{token: " + CANARY + "\n- [");
        assertThat(problem(Optional.of(broken), Optional.empty(), Map.of()).what()).contains("is no kubeconfig");
        Path empty = Files.writeString(folder.resolve("empty"), "apiVersion: v1\nkind: Config\n");
        assertThat(problem(Optional.of(empty), Optional.empty(), Map.of()).what()).contains("has no current context");
    }

    @Test
    void aLoginHelperThatFailsShowsNothingOfWhatItSaid() throws IOException {
        Path file = kubeconfig("one", "https://one.example");
        Files.writeString(file, Files.readString(file)
                .replace("{token: " + CANARY + "}", "{exec: {apiVersion: client.authentication.k8s.io/v1,"
                        + " command: sh, args: [-c, 'echo " + CANARY + "; exit 3']}}"));
        List<String> logged = new CopyOnWriteArrayList<>();
        Handler listening = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                logged.add(entry.getLoggerName() + ": " + entry.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger.getLogger("").addHandler(listening);
        try (KubernetesClient client = new ClusterAccess(Optional.of(file), Optional.empty(), Map.of()).open()) {
            assertThat(client.getConfiguration().getAutoOAuthToken()).isNull();
        } finally {
            Logger.getLogger("").removeHandler(listening);
        }
        assertThat(logged).isEmpty();
    }

    @Test
    void aClusterThatDoesNotAnswerIsAnOutage() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        Path file = kubeconfig("one", "http://127.0.0.1:" + free);
        try (KubernetesClient client = new ClusterAccess(Optional.of(file), Optional.empty(), Map.of()).open()) {
            client.secrets().inNamespace("x").withName("y").get();
            throw new AssertionError("something answered");
        } catch (KubernetesClientException e) {
            Problem outage = ClusterErrors.of(e, "the state cannot be read", "x/y").problems().getFirst();
            assertThat(outage.kind()).isEqualTo(Problem.Kind.UNREACHABLE);
            assertThat(outage.what()).isEqualTo("the state cannot be read: the connection was refused");
        }
    }
}
