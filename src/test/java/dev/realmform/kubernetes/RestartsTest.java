package dev.realmform.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.realmform.json.Json;
import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import dev.realmform.provider.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which workloads read a Secret, and how they are started anew, on a cluster in memory. */
class RestartsTest {

    private static final Set<Address> PROXY = Set.of(Address.of("Secret", "osmo", "proxy"));
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00.123Z");
    private static final Path STAMP = Path.of("spec", "template", "metadata", "annotations",
            "kubectl.kubernetes.io/restartedAt");
    private static final String ENV = "{\"containers\": [{\"name\": \"a\", \"envFrom\": [{\"secretRef\": {\"name\": \"proxy\"}}]}]}";
    private static final ObjectRef WEB = MemoryCluster.ref("Deployment", "osmo", "web");
    private static final String NAMESPACE = "{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \"osmo\"}}";

    private final MemoryCluster cluster = new MemoryCluster();
    private final KubernetesProvider provider = new KubernetesProvider(cluster,
            new KubernetesProvider.Dealing(false, Duration.ofMillis(300)),
            new Waiting.Patience(Duration.ofMillis(300), Duration.ofMillis(5), System::nanoTime),
            hole -> Secret.of("from elsewhere", ""), new Random(7));

    @BeforeEach
    void there() {
        cluster.put(MemoryCluster.ref("Namespace", "", "osmo"), (Value.MapOf) Json.parse(NAMESPACE));
    }

    private void put(ObjectRef ref, String pods, String more) {
        cluster.put(ref, (Value.MapOf) Json.parse("""
                {"metadata": {"generation": 1}, "status": {"observedGeneration": 9, "replicas": 1, "updatedReplicas": 1,
                   "readyReplicas": 1, "availableReplicas": 1},
                 "spec": {%s"template": {"spec": %s}}}""".formatted(more, pods)));
    }

    private Set<String> restarted() {
        return provider.restarts(PROXY, NOON)
                .changes()
                .stream()
                .map(change -> change.address().toString())
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
            {"containers": [{"envFrom": [{"secretRef": {"name": "proxy"}}]}]}
            {"containers": [{}, {"env": [{"name": "A", "valueFrom": {"secretKeyRef": {"name": "proxy", "key": "k"}}}]}]}
            {"initContainers": [{"env": [{"name": "A", "valueFrom": {"secretKeyRef": {"name": "proxy", "key": "k"}}}]}]}
            {"volumes": [{"name": "v", "secret": {"secretName": "proxy"}}]}
            {"volumes": [{"name": "v", "projected": {"sources": [{"configMap": {"name": "x"}}, {"secret": {"name": "proxy"}}]}}]}""")
    void aWorkloadReadsASecretByVariablesAndByVolumes(String pods) {
        put(WEB, pods, "");

        assertThat(restarted()).containsExactly("Deployment/osmo/web");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"containers": [{"envFrom": [{"secretRef": {"name": "another"}}, {"configMapRef": {"name": "proxy"}}]}]}
            {"containers": [{"env": [{"name": "A", "value": "proxy"}]}]}
            {"imagePullSecrets": [{"name": "proxy"}]}
            {"volumes": [{"name": "v", "configMap": {"name": "proxy"}}]}""")
    void whatPullsImagesWithItOrReadsSomethingElseDoesNot(String pods) {
        put(WEB, pods, "");

        assertThat(restarted()).isEmpty();
    }

    @Test
    void allThreeSortsAreFoundWhosoeverTheyAreAndOnlyInTheNamespaceOfTheSecret() {
        put(WEB, ENV, "");
        put(MemoryCluster.ref("StatefulSet", "osmo", "db"), ENV, "");
        put(MemoryCluster.ref("DaemonSet", "osmo", "agent"), ENV, "");
        put(MemoryCluster.ref("Deployment", "elsewhere", "web"), ENV, "");

        assertThat(restarted()).containsExactlyInAnyOrder("Deployment/osmo/web", "StatefulSet/osmo/db",
                "DaemonSet/osmo/agent");
        assertThat(provider.restarts(PROXY, NOON).notices()).extracting(Plan.Notice::text)
                .containsOnly("restarted: its pods read Secret/osmo/proxy");
    }

    @Test
    void aRestartIsAnAnnotationOfThePodsAndWaitsUntilTheyAreNew() {
        put(WEB, ENV, "");
        Change.Update change = provider.restarts(PROXY, NOON).changes().getFirst();

        assertThat(provider.write(List.of(change))).containsExactly(new Outcome.Done(Optional.empty(), false));
        assertThat(cluster.find(WEB).orElseThrow().at(STAMP)).contains(Value.text("2026-01-02T12:00:00Z"));
        assertThat(cluster.calls).containsSubsequence("merge Deployment/osmo/web", "get Deployment/osmo/web");
        assertThat(cluster.calls).noneMatch(call -> call.startsWith("apply "));
    }

    @Test
    void onesWhosePodsDoNotComeUpHaveFailedInPart() {
        put(WEB, ENV, "\"replicas\": 3, ");
        Change.Update change = provider.restarts(PROXY, NOON).changes().getFirst();

        assertThat(provider.write(List.of(change)).getFirst()).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.partly()).isTrue();
            assertThat(failed.problem().what()).contains("Deployment/osmo/web", "1 of 3 replicas are new");
        });
    }

    @Test
    void oneThatIsPausedIsRefusedBeforeAnythingIsDone() {
        put(WEB, ENV, "\"paused\": true, ");

        Problem problem = catchThrowableOfType(ProblemException.class, this::restarted).problems().getFirst();
        assertThat(problem.what()).contains("Deployment/osmo/web is paused");
        assertThat(problem.remedy()).contains("kubectl -n osmo rollout resume deployment/web", "--no-restart");
    }

    @Test
    void onesThatWaitForTheirPodsToBeDeletedAreNamedAndNotWaitedFor() {
        ObjectRef db = MemoryCluster.ref("StatefulSet", "osmo", "db");
        put(db, ENV, "\"replicas\": 3, \"updateStrategy\": {\"type\": \"OnDelete\"}, ");
        Restarting restarts = provider.restarts(PROXY, NOON);

        assertThat(restarts.notices()).extracting(Plan.Notice::text)
                .anyMatch(text -> text.contains("only once somebody deletes the old ones"));
        assertThat(provider.write(List.of(restarts.changes().getFirst()))).first().isInstanceOf(Outcome.Done.class);
    }

    @Test
    void whoMayNotListWorkloadsIsToldSo() {
        cluster.faults(call -> call.equals("list Deployment/osmo") ? Optional.of(MemoryCluster.refused(403,
                "deployments.apps is forbidden: User \"x\" cannot list resource \"deployments\" in API group \"apps\""))
                : Optional.empty());

        Problem problem = catchThrowableOfType(ProblemException.class, this::restarted).problems().getFirst();
        assertThat(problem.kind()).isEqualTo(Problem.Kind.FORBIDDEN);
        assertThat(problem.what()).contains("which deployments of osmo are to be restarted cannot be found out");
    }

    @Test
    void aRestartThatIsRefusedHasDoneNothingAndOneOfWhatIsGoneNeedNotBeDone() {
        put(WEB, ENV, "");
        Change.Update change = provider.restarts(PROXY, NOON).changes().getFirst();
        cluster.faults(call -> call.startsWith("merge ") ? Optional.of(MemoryCluster.refused(403,
                "deployments.apps \"web\" is forbidden: User \"x\" cannot patch resource \"deployments\""))
                : Optional
                        .empty());

        assertThat(provider.write(List.of(change)).getFirst()).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.partly()).isFalse();
            assertThat(failed.problem().what()).contains("Deployment/osmo/web cannot be restarted");
        });
        cluster.faults(call -> Optional.empty());
        cluster.remove(WEB);
        assertThat(provider.write(List.of(change))).first().isInstanceOf(Outcome.Done.class);
    }

    @Test
    void whatIsOursIsAsTheFilesSayAfterARestart() {
        ClusterRun run = new ClusterRun(cluster);
        String section = """
                {"namespace": "osmo", "objects": [{"apiVersion": "apps/v1", "kind": "Deployment", "metadata":
                  {"name": "web", "annotations": {"realmform.dev/wait": "false"}}, "spec": {"template": {"spec": %s}}}]}"""
                .formatted(ENV);
        run.apply(section);
        provider.write(List.of(provider.restarts(PROXY, NOON).changes().getFirst()));

        assertThat(cluster.find(WEB).orElseThrow().at(STAMP)).isPresent();
        assertThat(run.plan(section).plan().changes()).isEmpty();
        run.apply(section.replace("\"a\"", "\"b\""));
        assertThat(cluster.find(WEB).orElseThrow().at(STAMP)).isPresent();
    }
}
