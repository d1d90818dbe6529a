package dev.realmform.kubernetes.section;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.json.Json;
import dev.realmform.model.Origin;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Secret;
import dev.realmform.model.Source;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keycloak out of a chart: what the section says, and what becomes of the chart's objects. */
class KeycloakChartTest {

    private static final String SECRET = """
            {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"}, "data": {"p": "Y2FuYXJ5LXBhc3N3b3Jk"},
             "stringData": {"q": "canary-password", "r": "a=canary-password"}}""";

    private final List<Plan.Notice> notices = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<ChartRelease> asked = new ArrayList<>();

    private List<Item> items(String cluster, String... objects) {
        return items(Sections.cluster(cluster), release -> Optional.of(
                List.of(objects).stream().map(object -> (Value.MapOf) Json.parse(object)).toList()));
    }

    private List<Item> items(Value.MapOf cluster, Charts charts) {
        Origin origin = new Origin(new Source("sso.yaml", 1, 1), Map.of("keycloak",
                new Origin(new Source("sso.yaml", 2, 3), Map.of("helm", Origin.of(new Source("sso.yaml", 3, 5))))));
        return new KeycloakSection(release -> {
            asked.add(release);
            return charts.render(release);
        }, notices::add).items(cluster, origin, problems::add);
    }

    private List<String> names(List<Item> items) {
        return items.stream()
                .map(item -> item.manifest().text("kind").orElse("?") + "/"
                        + item.manifest().map("metadata").text("name").orElse("?"))
                .toList();
    }

    private String wrong() {
        return String.join("\n", problems.stream().map(problem -> problem.what() + " | " + problem.remedy()).toList());
    }

    private static String object(String kind, String annotations) {
        return "{\"apiVersion\": \"v1\", \"kind\": \"" + kind + "\", \"metadata\": {\"name\": \"x\", \"labels\": null,"
                + " \"annotations\": {" + annotations + "}}}";
    }

    @Test
    void aChartsObjectsStandInPlaceOfOursBesideNamespaceAndAdministrator() {
        List<Item> items = items(
                "{namespace: sso, keycloak: {name: login, admin: {user: root}, helm: {chart: charts/keycloak,"
                        + " kubeVersion: 1.33.0, apiVersions: [a/v1]}}}",
                object("Service", ""), object("StatefulSet", ""));

        assertThat(problems).isEmpty();
        assertThat(names(items)).containsExactly("Namespace/sso", "Secret/login-admin", "Service/x", "StatefulSet/x");
        assertThat(items.get(2).chart()).contains(asked.getFirst());
        assertThat(Sections.json(items.get(2).manifest())).doesNotContain("null");
        assertThat(asked).singleElement().satisfies(release -> {
            assertThat(release.name()).isEqualTo("login");
            assertThat(release.namespace()).isEqualTo("sso");
            assertThat(release.isLeft()).isFalse();
            assertThat(release.place()).isEqualTo("sso.yaml:3:5  cluster.keycloak.helm");
            assertThat(release.rendering().kubeVersion()).contains("1.33.0");
            assertThat(release.rendering().apiVersions()).containsExactly("a/v1");
        });
    }

    @Test
    void withoutAWordThereIsNoAdministratorOfOurs() {
        assertThat(names(items("{keycloak: {createNamespace: false, helm: {chart: a}}}"))).isEmpty();
        assertThat(names(items("{keycloak: {admin: false, helm: {chart: a}}}"))).containsExactly("Namespace/keycloak");
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            hostname: a.example.com, helm: {chart: a}        | with helm, hostname has no effect
            replicas: 2, helm: {chart: a}                    | with helm, replicas has no effect
            helm: {}                                         | helm lacks chart
            helm: {chart: oci://r/c}                         | a chart from somewhere else needs a version
            helm: {chart: c, repository: "https://r"}        | a chart from somewhere else needs a version
            helm: {chart: c, version: 1.0.0}                 | a chart in a folder has its version in itself
            helm: {chart: oci://r/c, version: 1.0.0, repository: "https://r"} | and repository says another one
            helm: {chart: c, version: 1.0.0, repository: "https://u:p@r/x"}   | a login in an address would stand where
            """)
    void whatMakesNoSenseIsToldAndNothingIsRendered(String keycloak, String what) {
        items("{keycloak: {" + keycloak + "}}");

        assertThat(wrong()).contains(what);
        assertThat(problems).allSatisfy(problem -> assertThat(problem.where()).startsWith("sso.yaml:"));
        assertThat(asked).isEmpty();
    }

    @Test
    void aDigestIsAsGoodAsAVersion() {
        items("{keycloak: {helm: {chart: 'oci://r/c@sha256:abc'}}}");
        assertThat(problems).isEmpty();
    }

    @Test
    void aValueThatIsKnownOnlyLaterCannotBeRendered() {
        Value.MapOf cluster = Sections.cluster("{keycloak: {helm: {chart: a, values: {auth: {list: [x]}}}}}");
        Value.MapOf keycloak = cluster.map("keycloak");
        Value later = new Value.Unknown(dev.realmform.model.Address.of("client", "r", "c"), "secret");
        items(cluster.with("keycloak", keycloak.with("helm",
                keycloak.map("helm")
                        .with("values", Value.EMPTY_MAP.with("auth",
                                Value.EMPTY_MAP.with("list", new Value.ListOf(List.of(later))))))),
                Charts.UNRENDERED);

        assertThat(wrong()).startsWith("a value of a chart has to be known before anything is made");
        assertThat(problems.getFirst().where()).endsWith("cluster.keycloak.helm.values.auth.list.0");
    }

    @Test
    void hooksAreRefusedAndTestsLeftAside() {
        List<Item> items = items("{keycloak: {helm: {chart: a}}}",
                object("Job", "\"helm.sh/hook\": \"post-install, post-upgrade\""),
                object("Pod", "\"helm.sh/hook\": \"test\""), object("Service", ""));

        assertThat(names(items)).containsExactly("Namespace/keycloak", "Service/x");
        assertThat(problems).singleElement()
                .extracting(Problem::what)
                .asString()
                .startsWith("Job/x of the chart is a hook (post-install, post-upgrade): Helm would run it");
        assertThat(wrong()).contains("keycloakConfigCli.enabled: false", "release: true");
        assertThat(notices).extracting(Plan.Notice::text)
                .containsExactly("Pod/x of the chart is left aside: only helm test would make it");
    }

    @Test
    void whatIsLeftToHelmMayHaveHooks() {
        List<Item> items = items("{keycloak: {helm: {chart: a, release: true}}}",
                object("Job", "\"helm.sh/hook\": \"post-install\""), object("Service", ""));

        assertThat(problems).isEmpty();
        assertThat(names(items)).containsExactly("Namespace/keycloak", "Service/x");
        assertThat(items.get(1).chart().orElseThrow().isLeft()).isTrue();
    }

    @Test
    void secretsOfTheValuesAreKnownByTheirReferenceInASecretAndRefusedAnywhereElse() {
        String cluster = "{keycloak: {helm: {chart: a, values: {p: canary-password, n: 5}}}}";
        List<Item> items = items(cluster, SECRET);

        assertThat(problems).isEmpty();
        Value.MapOf data = items.get(1).manifest().map("data");
        assertThat(((Secret) data.get("p").orElseThrow()).reference()).isEqualTo("$(secret:canary-password)");
        assertThat(((Secret) data.get("q").orElseThrow()).reference()).isEqualTo("$(secret:canary-password)");
        assertThat(data.text("r")).contains("a=canary-password");

        items(cluster, "{\"apiVersion\": \"v1\", \"kind\": \"ConfigMap\", \"metadata\": {\"name\": \"c\"},"
                + " \"data\": {\"conf\": [\"password=canary-password;\"]}}");
        assertThat(problems).singleElement()
                .extracting(Problem::what)
                .isEqualTo("the chart writes the secret $(secret:canary-password) into ConfigMap/c, data.conf.0, where"
                        + " whoever may see the object sees it");
    }

    @Test
    void aSecretThatIsNoBase64IsTheChartsFault() {
        items("{keycloak: {helm: {chart: a}}}", SECRET.replace("Y2FuYXJ5LXBhc3N3b3Jk", "no!"));

        assertThat(problems).extracting(Problem::what)
                .containsExactly("the chart writes Secret/s wrongly: this value of a Secret's data is no base64");
    }

    @Test
    void whatTheChartKeepsIsProtected() {
        List<Item> items = items("{keycloak: {helm: {chart: a}}}",
                object("PersistentVolumeClaim", "\"helm.sh/resource-policy\": \"keep\""));

        assertThat(items.get(1).manifest().get("$protect")).contains(Value.bool(true));
    }

    @Test
    void aListIsTakenApart() {
        assertThat(names(items("{keycloak: {helm: {chart: a}}}",
                "{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": [" + object("Service", "") + "]}")))
                .containsExactly("Namespace/keycloak", "Service/x");
    }

    @Test
    void theTrapsOfBitnamisChartAreWarnedOfWithTheirPlaceAndNothingElseIsLookedAt() {
        String values = "values: {hostname: a.example.com, auth: {adminPassword: canary-admin}, ingress: {annotations: null},"
                + " image: {repository: bitnamilegacy/keycloak}, postgresql: {enabled: false},"
                + " externalDatabase: {host: pg}}";
        String files = "valuesFiles: [{name: a.yaml, path: /a.yaml, values: {global: {security: {allowInsecureImages: true}},"
                + " hostname: other, ingress: {annotations: {a: b}}}}], ";
        items("{keycloak: {helm: {chart: 'oci://registry-1.docker.io/bitnamicharts/keycloak', version: 24.4.9, " + files
                + values + "}}}");

        assertThat(problems).isEmpty();
        assertThat(asked.getFirst().files()).containsExactly(new ChartRelease.ValuesFile("a.yaml", "/a.yaml"));
        assertThat(notices).allSatisfy(notice -> assertThat(notice).isInstanceOf(Plan.Notice.Warning.class))
                .extracting(Plan.Notice::text)
                .satisfiesExactly(
                        text -> assertThat(text).startsWith("value hostname of the chart (sso.yaml:3) is a.example.com,"
                                + " and should be nothing; ingress.hostname has the host. The chart has no such value"),
                        text -> assertThat(text).startsWith("value ingress.annotations of the chart"));
        notices.clear();
        items("{keycloak: {helm: {chart: charts/keycloak, " + values + "}}}");
        items("{keycloak: {helm: {chart: {path: /k, written: k, about: {name: keycloak, version: 25.0.1, home: bitnami}}, "
                + values + "}}}");
        assertThat(notices).isEmpty();
        items("{keycloak: {helm: {chart: {path: /k, written: k, about: {name: keycloak, version: 24.0.1, home: bitnami}}, "
                + values + "}}}");
        assertThat(notices).isNotEmpty();
        assertThat(asked.getLast().chart().reference()).isEqualTo("/k");
    }

    @Test
    void whereAChartCannotBeRenderedTheTrapsOfItsValuesAreCounted() {
        items(Sections.cluster("{keycloak: {helm: {chart: oci://r/bitnamicharts/keycloak, version: 24.4.9,"
                + " values: {image: {repository: x/keycloak}, global: {security: {allowInsecureImages: true}},"
                + " postgresql: {enabled: false}, externalDatabase: {host: pg}, ingress: {annotations: null}}}}}"),
                release -> {
                    throw Problem.failed("helm cannot render it", "here", "Mend it.").asException();
                });

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.what()).isEqualTo("helm cannot render it");
            assertThat(problem.remedy()).isEqualTo("Mend it. Known to be wrong with these values: 1; realmform validate"
                    + " says what and why.");
        });
    }

    @Test
    void whereNobodyRendersThePlanSaysSo() {
        assertThat(names(items(Sections.cluster("{keycloak: {helm: {chart: a}}}"), Charts.UNRENDERED)))
                .containsExactly("Namespace/keycloak");
        assertThat(notices).extracting(Plan.Notice::text)
                .containsExactly(
                        "cluster.keycloak.helm: what the chart declares is not looked at here; a plan renders it");
    }

    @Test
    void theLineForHelmCanBeRunAsItIs() {
        ChartRelease release = new ChartRelease("keycloak", "sso",
                new ChartRelease.Chart("keycloak", "keycloak", Optional.of("https://charts.example.com"),
                        Optional.of("24.4.9"), Value.EMPTY_MAP),
                List.of(new ChartRelease.ValuesFile("it's.yaml", "/x/it's.yaml")),
                Value.EMPTY_MAP.with("a", Value.num(1)),
                new ChartRelease.Rendering(Optional.empty(), List.of(), Optional.empty()), true, "");

        assertThat(release.upgradeLine()).isEqualTo("helm upgrade --install keycloak keycloak --namespace sso"
                + " --repo https://charts.example.com --version 24.4.9 --values 'it'\\''s.yaml' --values -");
    }

    @Test
    void aProblemOfTheRendererIsOneOfTheSection() {
        items(Sections.cluster("{keycloak: {helm: {chart: a}}}"), release -> {
            throw new ProblemException(List.of(Problem.refused("one", "", "r"), Problem.refused("two", "", "r")));
        });
        assertThat(problems).extracting(Problem::what).containsExactly("one", "two");
    }
}
