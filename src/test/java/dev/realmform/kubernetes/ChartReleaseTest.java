package dev.realmform.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.json.Json;
import dev.realmform.kubernetes.section.Charts;
import dev.realmform.model.Address;
import dev.realmform.model.Origin;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.Expansion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A chart's objects in a plan, and those of a release that is left to Helm, on a cluster in memory. */
class ChartReleaseTest {

    private static final String SECTION = """
            {"namespace": "other", "keycloak": {"namespace": "sso", "helm": {"chart": "c"}}}""";
    private static final String LEFT = """
            {"keycloak": {"namespace": "sso", "createNamespace": false, "helm": {"chart": "c", "release": true}}}""";
    private static final ObjectRef SERVICE = MemoryCluster.ref("Service", "sso", "keycloak");
    private static final ObjectRef SETTINGS = MemoryCluster.ref("ConfigMap", "sso", "settings");

    private static final Charts CHARTS = release -> Optional.of(List.of(
            map("{\"apiVersion\": \"v1\", \"kind\": \"Service\", \"metadata\": {\"name\": \"keycloak\", \"labels\":"
                    + " {\"app.kubernetes.io/managed-by\": \"Helm\"}}, \"spec\": {\"type\": \"ClusterIP\"}}"),
            map("{\"apiVersion\": \"v1\", \"kind\": \"ConfigMap\", \"metadata\": {\"name\": \"settings\"},"
                    + " \"data\": {\"a\": \"1\", \"b\": \"2\"}}"),
            map("{\"apiVersion\": \"v1\", \"kind\": \"Secret\", \"metadata\": {\"name\": \"login\"},"
                    + " \"data\": {\"p\": \"Y2FuYXJ5\"}}")));

    private final MemoryCluster cluster = new MemoryCluster();

    private static Value.MapOf map(String json) {
        return (Value.MapOf) Json.parse(json);
    }

    private void namespace() {
        cluster.put(MemoryCluster.ref("Namespace", "", "sso"), Value.EMPTY_MAP);
    }

    @Test
    void aChartsObjectsLieInTheReleasesNamespaceAndAreAppliedLikeAllOthers() {
        ClusterRun run = new ClusterRun(cluster).rendering(CHARTS);
        ClusterRun.Found found = run.apply(SECTION);

        assertThat(found.plan().changes()).extracting(change -> change.address().toString())
                .containsExactlyInAnyOrder("Namespace/sso", "Service/sso/keycloak", "ConfigMap/sso/settings",
                        "Secret/sso/login");
        assertThat(cluster.find(SERVICE).orElseThrow().at(Marks.MANAGED_BY)).contains(Value.text("realmform"));
        assertThat(run.plan(SECTION).plan().changes()).isEmpty();
        assertThat(run.destroy().plan().changes()).hasSize(4);
        assertThat(cluster.find(SERVICE)).isEmpty();
    }

    @Test
    void anInstalledReleaseIsAdoptedObjectByObjectOnceItsFieldsAreTakenOver() {
        namespace();
        cluster.put(SERVICE, map("{\"metadata\": {\"labels\": {\"app.kubernetes.io/managed-by\": \"Helm\"}},"
                + " \"spec\": {\"type\": \"NodePort\"}}"));
        ClusterRun.Found refused = new ClusterRun(cluster).rendering(CHARTS).plan(SECTION);
        assertThat(refused.problems()).extracting(Problem::what)
                .singleElement()
                .asString()
                .startsWith("Service/sso/keycloak: ")
                .contains("is held by ");

        ClusterRun run = new ClusterRun(cluster).rendering(CHARTS).takingOver();
        run.apply(SECTION);
        assertThat(cluster.find(SERVICE).orElseThrow().at(Path.of("spec", "type"))).contains(Value.text("ClusterIP"));
        assertThat(run.plan(SECTION).plan().changes()).isEmpty();
        run.destroy();
        assertThat(cluster.find(SERVICE)).as("was there before").isPresent();
    }

    private Plan.Notice lookedAt() {
        List<LeftRelease> left = new ArrayList<>();
        Expansion expansion = new ClusterDocument(CHARTS, left::add).expand(map(LEFT), Origin.NONE);
        assertThat(expansion.resources()).isEmpty();
        KubernetesProvider provider = new KubernetesProvider(cluster,
                new KubernetesProvider.Dealing(false, Duration.ZERO), hole -> hole, new Random(1));
        LeftRelease release = left.getFirst();
        return release.notice(provider.differences(release.objects()));
    }

    @Test
    void whatIsLeftToHelmIsLookedAtAndNeverWritten() {
        namespace();
        cluster.put(SERVICE, map("{\"metadata\": {\"labels\": {\"app.kubernetes.io/managed-by\": \"Helm\"}},"
                + " \"spec\": {\"type\": \"NodePort\", \"clusterIP\": \"10.0.0.1\"}}"));
        cluster.put(SETTINGS, map("{\"data\": {\"a\": \"1\", \"b\": \"2\", \"theirs\": \"3\"}}"));

        Plan.Notice notice = lookedAt();

        assertThat(notice).isInstanceOf(Plan.Notice.Warning.class);
        assertThat(notice.text()).isEqualTo("release keycloak in sso is left to Helm, and 2 of its 3 objects are not as"
                + " its values say: Secret/sso/login is not there; Service/sso/keycloak (spec.type). To make them so:"
                + " helm upgrade --install keycloak c --namespace sso");
        assertThat(cluster.calls).noneMatch(call -> call.startsWith("apply") || call.startsWith("delete"));
        assertThat(cluster.find(SERVICE).orElseThrow().at(Path.of("spec", "type"))).contains(Value.text("NodePort"));
    }

    @Test
    void whatIsAsTheValuesSayIsSaidToo() {
        namespace();
        cluster.put(SERVICE, map("{\"metadata\": {\"labels\": {\"app.kubernetes.io/managed-by\": \"Helm\"}},"
                + " \"spec\": {\"type\": \"ClusterIP\"}}"));
        cluster.put(SETTINGS, map("{\"data\": {\"a\": \"1\", \"b\": \"2\"}}"));
        cluster.put(MemoryCluster.ref("Secret", "sso", "login"), map("{\"data\": {\"p\": \"Y2FuYXJ5\"}}"));

        assertThat(lookedAt()).isEqualTo(new Plan.Notice.General("release keycloak in sso is left to Helm, and its 3"
                + " objects are as its values say. After a change of them: helm upgrade --install keycloak c --namespace"
                + " sso"));
    }

    @Test
    void whereNobodyMayTryTheDeclaredFieldsAreCompared() {
        namespace();
        cluster.put(SETTINGS, map("{\"data\": {\"a\": \"1\", \"b\": \"other\"}}"));
        cluster.faults(call -> call.startsWith("try") ? Optional.of(MemoryCluster.refused(403,
                "configmaps \"settings\" is forbidden: User \"ci\" cannot patch resource \"configmaps\""))
                : Optional.empty());

        assertThat(lookedAt().text()).contains("ConfigMap/sso/settings (data.b)").doesNotContain("other");
    }

    private static boolean runsKeycloak(String kind, String image) {
        return KubernetesProvider.runsKeycloak(Resource.desired(Address.of(kind, "sso", "x"),
                map("{\"spec\": {\"template\": {\"spec\": {\"containers\": [{\"image\": \"proxy:1\"}, {\"image\": \""
                        + image + "\"}]}}}}"),
                Origin.NONE));
    }

    @Test
    void aWorkloadOfAnyNameRunsKeycloakIfItsImageDoes() {
        assertThat(List.of("quay.io/keycloak/keycloak:26.7.3", "docker.io/bitnamilegacy/keycloak",
                "mirror:5000/x/keycloak@sha256:ab", "keycloak")).allMatch(image -> runsKeycloak("StatefulSet", image))
                .allMatch(image -> runsKeycloak("Deployment", image))
                .noneMatch(image -> runsKeycloak("Job", image));
        assertThat(
                List.of("quay.io/keycloak/keycloak-operator:26", "bitnami/keycloak-config-cli:6", "keycloak/other:1"))
                .noneMatch(image -> runsKeycloak("StatefulSet", image));
    }
}
