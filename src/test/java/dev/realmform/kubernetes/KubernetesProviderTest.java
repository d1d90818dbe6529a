package dev.realmform.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.realmform.json.Json;
import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Path;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Value;
import dev.realmform.provider.Outcome;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Planning and writing, on a cluster in memory that says no where a real one would. */
class KubernetesProviderTest {

    private static final String NAMESPACE = "{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \"osmo\"}}";
    private static final String MAP = "{\"apiVersion\": \"v1\", \"kind\": \"ConfigMap\", \"metadata\": {\"name\": \"a\"}, \"data\": {\"x\": \"1\"}}";
    private static final ObjectRef A = MemoryCluster.ref("ConfigMap", "osmo", "a");

    private final MemoryCluster cluster = new MemoryCluster();
    private final ClusterRun run = new ClusterRun(cluster);

    private static String section(String... manifests) {
        return "{\"namespace\": \"osmo\", \"objects\": [" + String.join(",", manifests) + "]}";
    }

    private static Value.MapOf map(String json) {
        return (Value.MapOf) Json.parse(json);
    }

    private static String set(String service, String more) {
        return "{\"apiVersion\": \"apps/v1\", \"kind\": \"StatefulSet\"" + more
                + ", \"metadata\": {\"name\": \"db\", \"annotations\": {\"realmform.dev/wait\": \"false\"}}, \"spec\": {\"serviceName\": \""
                + service + "\"}}";
    }

    private void edit(ObjectRef ref, Path path, String value) {
        cluster.put(ref, Holes.with(cluster.find(ref).orElseThrow(), path, Value.text(value)));
    }

    private Problem refusedAtPlan(String section) {
        return catchThrowableOfType(ProblemException.class, () -> run.plan(section)).problems().getFirst();
    }

    @Test
    void whatIsNewIsMadeAfterItsNamespaceAndThenThePlanIsEmpty() {
        ClusterRun.Found found = run.apply(section(MAP, NAMESPACE));
        assertThat(found.plan().changes()).extracting(change -> change.address().toString())
                .containsExactly("Namespace/osmo", "ConfigMap/osmo/a");
        assertThat(found.notices()).contains("created after Namespace/osmo, fields not checked");
        assertThat(cluster.calls).doesNotContain("try ConfigMap/osmo/a");
        assertThat(cluster.find(A).orElseThrow().at(Marks.MANAGED_BY)).contains(Value.text("realmform"));
        assertThat(run.plan(section(MAP, NAMESPACE)).plan().changes()).isEmpty();
    }

    @Test
    void aNamespaceThatNobodyMakesIsMissed() {
        assertThat(run.plan(section(MAP)).problems()).singleElement()
                .extracting(Problem::what)
                .asString()
                .contains("Namespace/osmo is neither declared nor live, and ConfigMap/osmo/a refers to it");
    }

    @Test
    void whatSomebodyEditsByHandIsShownWithWhoDidItAndIsMended() {
        run.apply(section(NAMESPACE, MAP));
        edit(A, Path.of("data", "x"), "2");
        ClusterRun.Found found = run.plan(section(NAMESPACE, MAP));
        assertThat(found.problems()).isEmpty();
        assertThat(found.change("ConfigMap/osmo/a").orElseThrow().edits().toString()).contains("data", "x", "2", "1");
        assertThat(found.notices()).contains("data.x is held by kubectl-edit");
        run.apply(section(NAMESPACE, MAP));
        assertThat(cluster.find(A).orElseThrow().map("data").text("x")).contains("1");
        assertThat(run.plan(section(NAMESPACE, MAP)).plan().changes()).isEmpty();
    }

    @Test
    void whatIsAnothersStaysAndWhatLeavesTheFileGoes() {
        run.apply(section(NAMESPACE, MAP.replace("\"x\": \"1\"", "\"x\": \"1\", \"y\": \"2\"")));
        edit(A, Path.of("data", "theirs"), "3");
        ClusterRun.Found found = run.apply(section(NAMESPACE, MAP));
        assertThat(found.notices()).doesNotContain("no longer managed");
        assertThat(cluster.find(A).orElseThrow().map("data").fields().keySet()).containsExactly("theirs", "x");
    }

    @Test
    void aFieldOfWhatIsOnlyAdoptedIsTakenOverOnlyIfSomebodySaysSo() {
        cluster.put(MemoryCluster.ref("Namespace", "", "osmo"), map(NAMESPACE));
        cluster.put(A, map("{\"metadata\": {}, \"data\": {\"x\": \"theirs\"}}"));
        assertThat(run.plan(section(MAP)).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.what())
                    .isEqualTo("ConfigMap/osmo/a: data.x is held by kubectl-edit, with another value");
            assertThat(problem.remedy()).contains("$takeOver: true", "--take-over");
        });
        ClusterRun.Found found = run.apply(
                section(MAP.replace("\"kind\": \"ConfigMap\"", "\"kind\": \"ConfigMap\", \"$takeOver\": true")));
        assertThat(found.change("ConfigMap/osmo/a")).containsInstanceOf(Change.Adopt.class);
        assertThat(cluster.find(A).orElseThrow().map("data").text("x")).contains("1");
    }

    @Test
    void theOptionTakesOverWhereverFieldsAreHeld() {
        cluster.put(MemoryCluster.ref("Namespace", "", "osmo"), map(NAMESPACE));
        cluster.put(A, map("{\"metadata\": {}, \"data\": {\"x\": \"theirs\"}}"));
        run.takingOver().apply(section(MAP));
        assertThat(cluster.find(A).orElseThrow().map("data").text("x")).contains("1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            500|failed to create typed patch object (osmo/a): .spec.x: field not declared in schema|INVALID
            422|ConfigMap "a" is invalid: data: Invalid value|INVALID
            500|etcd has gone|FAILED
            403|admission webhook "policy.example" denied the request|FAILED""")
    void aDryRunThatFailsIsAnErrorAndNeverNoChange(int status, String message, Problem.Kind kind) {
        run.apply(section(NAMESPACE, MAP));
        cluster.faults(call -> call.startsWith("try ConfigMap")
                ? Optional.of(MemoryCluster.refused(status, message))
                : Optional.empty());
        Problem problem = refusedAtPlan(section(NAMESPACE, MAP));
        assertThat(problem.kind()).isEqualTo(kind);
        assertThat(problem.what()).contains("ConfigMap/osmo/a", message, "(status " + status + ")");
    }

    @Test
    void aClusterThatIsAwayIsNoDrift() {
        run.apply(section(NAMESPACE, MAP));
        cluster.faults(call -> call.startsWith("try ") ? Optional.of(MemoryCluster.away()) : Optional.empty());
        assertThat(refusedAtPlan(section(NAMESPACE, MAP)).kind()).isEqualTo(Problem.Kind.UNREACHABLE);
    }

    @Test
    void aLoginThatMayOnlyReadComparesWhatIsDeclaredAndSaysSo() {
        run.apply(section(NAMESPACE, MAP));
        cluster.faults(call -> call.startsWith("try ") ? Optional.of(MemoryCluster.refused(403,
                "configmaps \"a\" is forbidden: User \"x\" cannot patch resource \"configmaps\" in API group \"\""))
                : Optional.empty());
        ClusterRun.Found same = run.plan(section(NAMESPACE, MAP));
        assertThat(same.plan().changes()).isEmpty();
        assertThat(same.notices()).contains("may only read", "ConfigMap/osmo/a", "a weaker comparison");
        edit(A, Path.of("data", "x"), "2");
        assertThat(run.plan(section(NAMESPACE, MAP)).change("ConfigMap/osmo/a"))
                .containsInstanceOf(Change.Update.class);
    }

    @Test
    void aNamespaceThatMayNotBeLookedAtIsTakenToBeThere() {
        cluster.put(MemoryCluster.ref("Namespace", "", "osmo"), map(NAMESPACE));
        cluster.faults(call -> call.equals("get Namespace/osmo") ? Optional.of(MemoryCluster.refused(403,
                "namespaces \"osmo\" is forbidden: User \"x\" cannot get resource \"namespaces\" in API group \"\""))
                : Optional.empty());
        assertThat(run.apply(section(MAP)).change("ConfigMap/osmo/a")).containsInstanceOf(Change.Create.class);
        assertThat(refusedAtPlan(section(NAMESPACE)).kind()).isEqualTo(Problem.Kind.FORBIDDEN);
    }

    @Test
    void whatCannotBeChangedInPlaceAndHoldsDataIsReplacedOnlyIfSomebodySaysSo() {
        run.apply(section(NAMESPACE, set("one", "")));
        assertThat(run.plan(section(NAMESPACE, set("two", ""))).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.what()).contains("spec.serviceName of StatefulSet/osmo/db cannot be changed in place");
            assertThat(problem.remedy()).contains("$replace: true");
        });
        ObjectRef db = MemoryCluster.ref("StatefulSet", "osmo", "db");
        String before = Manifests.uid(cluster.find(db).orElseThrow());
        ClusterRun.Found found = run.apply(section(NAMESPACE, set("two", ", \"$replace\": true")));
        assertThat(found.change("StatefulSet/osmo/db")).containsInstanceOf(Change.Replace.class);
        assertThat(Manifests.uid(cluster.find(db).orElseThrow())).isNotEqualTo(before);
        assertThat(run.plan(section(NAMESPACE, set("two", ", \"$replace\": true"))).plan().changes()).isEmpty();
    }

    @Test
    void onlyWhatHasOurLabelIsDeleted() {
        run.apply(section(NAMESPACE, MAP));
        edit(A, Marks.MANAGED_BY, "Helm");
        assertThat(run.plan(section(NAMESPACE)).problems()).singleElement()
                .extracting(Problem::what)
                .asString()
                .contains("ConfigMap/osmo/a is to be deleted, and no longer has the label");
    }

    @Test
    void whatSomebodyMadeAnewBetweenPlanAndDeletionStays() {
        run.apply(section(NAMESPACE, MAP));
        ClusterRun.Found found = run.plan(section(NAMESPACE));
        Value.MapOf theirs = cluster.find(A).orElseThrow();
        cluster.remove(A);
        cluster.put(A, theirs);
        assertThat(run.carryOut(found).get(Address.parse("ConfigMap/osmo/a"))).isInstanceOfSatisfying(
                Outcome.Failed.class, failed -> assertThat(failed.problem().kind()).isEqualTo(Problem.Kind.STALE));
        assertThat(cluster.find(A)).isPresent();
    }

    @Test
    void whatSomebodyMadeBetweenPlanAndCreationIsNotMergedWith() {
        run.apply(section(NAMESPACE));
        ClusterRun.Found found = run.plan(section(NAMESPACE, MAP));
        cluster.put(A, map("{\"metadata\": {}, \"data\": {\"theirs\": \"1\"}}"));
        assertThat(run.carryOut(found).get(Address.parse("ConfigMap/osmo/a"))).isInstanceOfSatisfying(
                Outcome.Failed.class, failed -> assertThat(failed.problem().what()).contains("somebody has made it"));
        assertThat(cluster.find(A).orElseThrow().map("data").fields().keySet()).containsExactly("theirs");
    }

    @Test
    void aConflictThatThePlanDidNotShowStopsTheWrite() {
        run.apply(section(NAMESPACE, MAP));
        ClusterRun.Found found = run.plan(section(NAMESPACE, MAP.replace("\"1\"", "\"5\"")));
        edit(A, Path.of("data", "x"), "9");
        assertThat(run.carryOut(found).get(Address.parse("ConfigMap/osmo/a"))).isInstanceOfSatisfying(
                Outcome.Failed.class, failed -> assertThat(failed.problem().what()).contains("data.x", "kubectl-edit"));
        assertThat(cluster.find(A).orElseThrow().map("data").text("x")).contains("9");
    }

    @Test
    void aNamespaceGoesLastAndNotWithWhatIsAnothers() {
        run.apply(section(NAMESPACE, MAP));
        ObjectRef theirs = MemoryCluster.ref("ConfigMap", "osmo", "theirs");
        cluster.put(theirs, map("{\"metadata\": {}}"));
        assertThat(run.plan("{\"objects\": []}").problems()).singleElement()
                .extracting(Problem::what)
                .asString()
                .contains("deleting Namespace/osmo would take along what is not ours", "ConfigMap/osmo/theirs");
        cluster.remove(theirs);
        cluster.put(MemoryCluster.ref("ConfigMap", "osmo", "kube-root-ca.crt"), map("{\"metadata\": {}}"));
        run.destroy();
        assertThat(cluster.find(A)).isEmpty();
        assertThat(cluster.find(MemoryCluster.ref("Namespace", "", "osmo"))).isEmpty();
        assertThat(run.owned()).isEmpty();
    }

    @Test
    void whatIsMadeByChanceIsMadeOnceAndKept() {
        Value.MapOf section = Holes.with(map(section(NAMESPACE)), Path.of("secrets", "proxy", "data", "cookie"),
                new Value.Unknown(Address.of("random", "base64url:32"), "value"));
        ObjectRef proxy = MemoryCluster.ref("Secret", "osmo", "proxy");
        run.apply(section);
        String made = cluster.find(proxy).orElseThrow().map("data").text("cookie").orElseThrow();
        String clear = Manifests.plain(made).orElseThrow();
        assertThat(Base64.getUrlDecoder().decode(clear)).hasSize(32);
        ClusterRun.Found again = run.plan(section);
        assertThat(again.plan().changes()).isEmpty();
        assertThat(again.live().objects().toString() + again.plan()).doesNotContain(clear).doesNotContain(made);
        cluster.remove(proxy);
        run.apply(section);
        assertThat(cluster.find(proxy).orElseThrow().map("data").text("cookie")).isNotEmpty();
    }

    @Test
    void aJobThatFailsIsToldAtOnceAndAWorkloadThatHangsWithTheReasonOfItsPods() {
        String job = "{\"apiVersion\": \"batch/v1\", \"kind\": \"Job\", \"metadata\": {\"name\": \"j\"}, \"spec\": {}}";
        run.apply(section(NAMESPACE));
        cluster.faults(call -> call.equals("get Job/osmo/j") && cluster.calls.contains("apply Job/osmo/j")
                ? Optional.of(new ClusterAnswer.Done(map("""
                        {"kind": "Job", "status": {"conditions": [
                          {"type": "Failed", "status": "True", "reason": "BackoffLimitExceeded", "message": "no more tries"}]}}
                        """)))
                : Optional.empty());
        assertThat(run.carryOut(run.plan(section(NAMESPACE, job))).get(Address.parse("Job/osmo/j")))
                .isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
                    assertThat(failed.problem().what()).contains("Job/osmo/j: it has failed: no more tries");
                    assertThat(failed.id()).isPresent();
                });
        cluster.faults(call -> Optional.empty());
        cluster.put(MemoryCluster.ref("Pod", "osmo", "web-0"), map("""
                {"metadata": {}, "status": {"containerStatuses": [{"state": {"waiting": {"reason": "ImagePullBackOff",
                  "message": "no such image"}}}]}}"""));
        String web = """
                {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web"},
                  "spec": {"replicas": 2, "selector": {"matchLabels": {"app": "web"}}}}""";
        assertThat(run.carryOut(run.plan(section(NAMESPACE, web))).get(Address.parse("Deployment/osmo/web")))
                .isInstanceOfSatisfying(Outcome.Failed.class, failed -> assertThat(failed.problem().what())
                        .contains("Deployment/osmo/web", "pod web-0 waits: ImagePullBackOff: no such image"));
    }

    @Test
    void theOrderFollowsFromWhatObjectsSpeakOf() {
        String secret = "{\"apiVersion\": \"v1\", \"kind\": \"Secret\", \"metadata\": {\"name\": \"zz\"}}";
        String job = """
                {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "zdb", "labels": {"app.kubernetes.io/component":
                  "database"}}, "spec": {"template": {"spec": {"containers": [{"envFrom": [{"secretRef": {"name": "zz"}}]}]}}}}""";
        String web = "{\"apiVersion\": \"apps/v1\", \"kind\": \"Deployment\", \"metadata\": {\"name\": \"web\"}, \"spec\": {}}";
        assertThat(run.plan(section(web, job, secret, NAMESPACE)).plan().changes())
                .extracting(change -> change.address().type())
                .isEqualTo(List.of("Namespace", "Secret", "Job", "Deployment"));
    }

    @Test
    void aKindThatOnlyALesserVersionOfItsGroupServesIsFoundAgain() {
        String route = """
                {"apiVersion": "gateway.example.com/v1alpha2", "kind": "TCPRoute", "metadata": {"name": "r"}}""";
        run.apply(section(NAMESPACE, route));
        ClusterRun.Found found = run.apply(section(NAMESPACE));
        assertThat(found.change("TCPRoute.gateway.example.com/osmo/r")).containsInstanceOf(Change.Delete.class);
        assertThat(cluster.find(MemoryCluster.ref("TCPRoute", "osmo", "r"))).isEmpty();
    }

    @Test
    void whatIsOnItsWayOutIsNeitherAsDeclaredNorWrittenTo() {
        run.apply(section(NAMESPACE, MAP));
        edit(A, Path.of("metadata", "deletionTimestamp"), "2026-12-01T11:00:00Z");
        assertThat(refusedAtPlan(section(NAMESPACE, MAP)).what())
                .isEqualTo("ConfigMap/osmo/a is on its way out, since 2026-12-01T11:00:00Z");
        assertThat(run.plan(section(NAMESPACE)).problems()).isEmpty();
        edit(MemoryCluster.ref("Namespace", "", "osmo"), Path.of("metadata", "deletionTimestamp"),
                "2026-12-01T11:00:00Z");
        assertThat(refusedAtPlan(section(MAP.replace("\"a\"", "\"b\""))).what())
                .startsWith("Namespace/osmo is on its way out");
        run.destroy();
    }

    @Test
    void whoMayNotGiveRightsComparesWhatIsDeclared() {
        String map = MAP.replace("\"x\": \"1\"", "\"x\": \"2\"");
        run.apply(section(NAMESPACE, MAP));
        cluster.faults(call -> call.equals("try ConfigMap/osmo/a")
                ? Optional.of(MemoryCluster.refused(403,
                        "roles \"a\" is forbidden: user \"ci\" is attempting to grant RBAC"
                                + " permissions not currently held: {APIGroups:[\"\"]}"))
                : Optional.empty());
        ClusterRun.Found found = run.plan(section(NAMESPACE, map));
        assertThat(found.change("ConfigMap/osmo/a").orElseThrow().edits()).hasSize(1);
        assertThat(found.notices()).contains("this login may not give the rights that it gives");
    }
}
