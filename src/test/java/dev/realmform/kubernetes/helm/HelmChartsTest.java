package dev.realmform.kubernetes.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.realmform.json.Json;
import dev.realmform.kubernetes.section.ChartRelease;
import dev.realmform.model.Path;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import dev.realmform.testing.FakeHelm;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How charts are rendered by a program, and what is said where it does not do what it should. */
class HelmChartsTest {

    private static final String CANARY = "canary-Pa55word";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ChartRelease.Rendering PLAIN = new ChartRelease.Rendering(Optional.empty(), List.of(),
            Optional.empty());
    private static final ChartRelease.Chart CHART = new ChartRelease.Chart("charts/keycloak", "/charts/keycloak",
            Optional.empty(), Optional.empty(), Value.EMPTY_MAP);

    @TempDir
    java.nio.file.Path folder;

    private FakeHelm helm;

    @BeforeEach
    void given() {
        helm = new FakeHelm(folder).renders(FakeHelm.OBJECTS.formatted("eA=="));
    }

    private static ChartRelease release(Value.MapOf values, boolean left) {
        return new ChartRelease("keycloak", "sso", CHART, List.of(), values, PLAIN, left, "sso.yaml:3:5");
    }

    private static Value.MapOf password(Value password) {
        return Value.EMPTY_MAP.with("auth", Value.EMPTY_MAP.with("adminPassword", password));
    }

    private List<Value.MapOf> render(ChartRelease release) {
        return new HelmCharts(helm.environment(), PATIENCE).render(release).orElseThrow();
    }

    private List<Problem> problems(HelmCharts charts, ChartRelease release) {
        return catchThrowableOfType(ProblemException.class, () -> charts.render(release)).problems();
    }

    private Problem problem(ChartRelease release) {
        return problems(new HelmCharts(helm.environment(), PATIENCE), release).getFirst();
    }

    private Problem problem() {
        return problem(release(Value.EMPTY_MAP, false));
    }

    @Test
    void whatHelmPrintsAreTheObjects() {
        List<Value.MapOf> objects = render(release(Value.EMPTY_MAP, false));

        assertThat(objects).extracting(object -> object.text("kind").orElseThrow())
                .containsExactly("Service", "StatefulSet", "Secret");
        assertThat(helm.arguments().subList(0, 6)).containsExactly("template", "--namespace=sso", "--include-crds",
                "--", "keycloak", "/charts/keycloak");
        assertThat(helm.arguments()).as("rendered twice").hasSize(12);
        assertThat(helm.input()).isEmpty();
    }

    @Test
    void allThatASectionSaysIsAnArgumentAndNoValueIs() {
        ChartRelease release = new ChartRelease("keycloak", "sso",
                new ChartRelease.Chart("keycloak", "keycloak", Optional.of("https://charts.example.com"),
                        Optional.of("24.4.9"), Value.EMPTY_MAP),
                List.of(new ChartRelease.ValuesFile("a.yaml", "/values/a.yaml"),
                        new ChartRelease.ValuesFile("b", "/values, \"two\"/b.yaml")),
                password(Secret.of(CANARY, "$(secret:admin)")),
                new ChartRelease.Rendering(Optional.of("1.33.0"), List.of("monitoring.coreos.com/v1"),
                        Optional.of(helm.program().toString())),
                false, "sso.yaml:3:5");

        new HelmCharts(
                Map.of("PATH", "/usr/bin:/bin", "HELM_CACHE_HOME", "/cache", "KEYCLOAK_PASSWORD", "canary-login"),
                PATIENCE).render(release);

        assertThat(helm.arguments()).contains("--version=24.4.9", "--repo=https://charts.example.com",
                "--kube-version=1.33.0", "--api-versions=monitoring.coreos.com/v1", "--values=/values/a.yaml",
                "--values=\"/values, \"\"two\"\"/b.yaml\"", "--values=-");
        assertThat(helm.arguments().subList(10, 13)).containsExactly("--", "keycloak", "keycloak");
        assertThat(helm.arguments().toString()).doesNotContain("canary");
        assertThat(helm.input()).isEqualTo("{\"auth\":{\"adminPassword\":\"" + CANARY + "\"}}");
        assertThat(helm.seen()).contains("HELM_CACHE_HOME=/cache").doesNotContain("canary");
    }

    @Test
    void noFileOfValuesIsLeftBehind() throws IOException {
        List<String> before = temporary();
        render(release(password(Secret.of(CANARY, "$(secret:admin)")), false));

        assertThat(temporary()).isEqualTo(before);
    }

    private static List<String> temporary() throws IOException {
        try (var files = Files.list(java.nio.file.Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.map(java.nio.file.Path::toString)
                    .filter(name -> name.contains("realmform-helm"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void withoutHelmItIsSaidWhatIsMissingAndWhereItWasAskedFor() {
        Problem problem = problems(new HelmCharts(Map.of("PATH", "/nowhere:"), PATIENCE),
                release(Value.EMPTY_MAP, false)).getFirst();

        assertThat(problem.what()).isEqualTo("there is no helm on this machine, which has to render the chart");
        assertThat(problem.where()).isEqualTo("sso.yaml:3:5");
        assertThat(problem.remedy()).contains("Install Helm 3.8 or newer", "cluster.keycloak.helm.program");
    }

    @Test
    void whatIsNoProgramIsNotRun() throws IOException {
        java.nio.file.Path text = Files.writeString(folder.resolve("text"), "no program");
        ChartRelease release = new ChartRelease("keycloak", "sso", CHART, List.of(), Value.EMPTY_MAP,
                new ChartRelease.Rendering(Optional.empty(), List.of(), Optional.of(text.toString())), false, "x");

        assertThat(problem(release).what()).isEqualTo(text + " is no program that can be run");
        Files.writeString(helm.program(), "\u0000\u0001");
        assertThat(problem().what()).satisfiesAnyOf(what -> assertThat(what).contains("cannot be started"),
                what -> assertThat(what).contains("does not say which version"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v3.8.0+gd141386", "v3.19", "v4.0.1+g12500dd", "v5.1.0"})
    void versionsThatWillDo(String version) {
        helm.version(version);
        assertThat(render(release(Value.EMPTY_MAP, false))).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v3.7.2+g663a896", "Client: v2.17.0+ga690bad", "v3.0"})
    void versionsThatAreTooOld(String version) {
        helm.version(version);
        assertThat(problem().what()).contains("is Helm ", "which is too old");
        assertThat(problem().remedy()).startsWith("Helm 3.8 or newer is needed, 4 too");
        assertThat(helm.arguments()).isEmpty();
    }

    @Test
    void anotherProgramOfThatNameIsRecognised() {
        helm.version("GNU Emacs 30");
        assertThat(problem().what()).contains("does not say which version of Helm it is");
    }

    @Test
    void whatHelmComplainsOfIsToldWithoutSecrets() {
        helm.does("""
                echo 'Error: execution error at (keycloak/templates/a.yaml:3): bad "canary-Pa55word"' >&2
                echo 'Y2FuYXJ5LVBhNTV3b3Jk' >&2
                exit 1""");
        Problem problem = problem(release(password(Secret.of(CANARY, "$(secret:admin)")), false));

        assertThat(problem.what()).isEqualTo("helm cannot render the chart charts/keycloak: execution error at"
                + " (keycloak/templates/a.yaml:3): bad \"(secret)\"\n(secret)");
        assertThat(problem.where()).isEqualTo("sso.yaml:3:5");
    }

    @Test
    void aHelmThatDoesNotEndIsEndedWithAllThatItStarted() throws InterruptedException {
        helm.does("sh -c 'echo $$ >child; sleep 300' & wait");
        HelmCharts charts = new HelmCharts(helm.environment(), Duration.ofSeconds(2));

        Problem problem = problems(charts, release(Value.EMPTY_MAP, false)).getFirst();

        assertThat(problem.what()).isEqualTo("helm has not ended after 2 s");
        assertThat(problem.remedy()).contains("registry");
        long patience = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (isRunning(read("child").strip()) && System.nanoTime() < patience) {
            Thread.sleep(20);
        }
        assertThat(isRunning(read("child").strip())).isFalse();
    }

    /** One that has ended, and whose end nobody has asked for, is still there. */
    private static boolean isRunning(String pid) {
        try {
            return !Files.readString(java.nio.file.Path.of("/proc", pid, "stat")).contains(") Z ");
        } catch (IOException e) {
            return false;
        }
    }

    private String read(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatIsMadeByChanceIsRefusedByItsNameAndWithoutItsValue() {
        helm.does("""
                echo x >>count
                echo "{kind: Secret, metadata: {name: keycloak, namespace: sso}, data: {a: same, tls.key: chance$(wc -l <count)}}"
                echo ---
                echo '{kind: Service, metadata: {name: same}}'""");
        Problem problem = problem();

        assertThat(problem.what())
                .isEqualTo("each rendering of the chart makes another Secret/sso/keycloak: data.\"tls.key\"");
        assertThat(problem.kind()).isEqualTo(Problem.Kind.REFUSED);
        assertThat(problem.remedy()).contains("cluster.secrets", "auth.existingSecret");
        assertThat(problem.toString()).doesNotContain("chance2", "chance1");
    }

    @Test
    void anObjectWithAnotherNameEachTimeIsRefusedToo() {
        helm.does("echo x >>count; echo \"{kind: Job, metadata: {name: job-$(wc -l <count | tr -d ' ')}}\"");

        assertThat(problems(new HelmCharts(helm.environment(), PATIENCE), release(Value.EMPTY_MAP, false)))
                .extracting(Problem::what)
                .containsExactly("each rendering of the chart makes another Job/job-1, with another name",
                        "each rendering of the chart makes another Job/job-2, with another name");
    }

    @Test
    void ofAReleaseThatIsLeftToHelmChanceIsLeftOut() {
        helm.does("""
                echo x >>count
                echo "{kind: Secret, metadata: {name: a}, data: {b: same, c: chance$(wc -l <count)}}\"""");

        assertThat(render(release(Value.EMPTY_MAP, true))).singleElement()
                .satisfies(secret -> assertThat(Json.compact(secret, Json.Secrets.HIDE))
                        .isEqualTo("{\"data\":{\"b\":\"same\"},\"kind\":\"Secret\",\"metadata\":{\"name\":\"a\"}}"));
    }

    @Test
    void whatIsNoYamlIsNotQuoted() {
        helm.renders("a: [canary");
        Problem problem = problem();

        assertThat(problem.what()).isEqualTo("the chart charts/keycloak renders what is no YAML");
        assertThat(problem.cause()).isEmpty();
    }

    @Test
    void aSecretThatWasNotGivenIsMissedBeforeAnythingIsRun() {
        Problem problem = problem(release(password(Secret.notGiven("$(secret:admin)")), false));

        assertThat(problem.what())
                .isEqualTo("the chart is rendered with $(secret:admin), which this run was not given");
        assertThat(helm.arguments()).isEmpty();
    }

    @Test
    void largeValuesReachIt() {
        helm.renders("kind: A\n");
        Value.MapOf values = Value.EMPTY_MAP.with("long", Value.text("x".repeat(1 << 20)));
        assertThat(render(release(values, false))).hasSize(1);
        assertThat(helm.input()).hasSize((1 << 20) + 11);
    }

    @Test
    void yamlMeansWhatItMeansToKubernetes() {
        helm.renders("""
                {mode: 0440, hex: 0x1F, big: 1_000, on: yes, off: "yes", none: ~, half: 0.5, time: 1:30, day: 2026-01-02}
                ---
                base: &base {a: 1, b: 2}
                more: {<<: *base, b: 3}
                twice: one
                twice: two
                ---
                # nothing
                """);
        List<Value.MapOf> objects = render(release(Value.EMPTY_MAP, false));

        assertThat(Json.compact(objects.getFirst(), Json.Secrets.HIDE))
                .isEqualTo("{\"big\":1000,\"day\":\"2026-01-02\","
                        + "\"half\":0.5,\"hex\":31,\"mode\":288,\"none\":null,\"off\":\"yes\",\"on\":true,\"time\":\"1:30\"}");
        assertThat(objects.get(1).at(Path.of("more", "b"))).contains(Value.num(3));
        assertThat(objects.get(1).at(Path.of("more", "a"))).contains(Value.num(1));
        assertThat(objects.get(1).text("twice")).contains("two");
        assertThat(objects).hasSize(2);
    }

    @Test
    void differencesAreFoundWhereTheyAre() {
        List<Path> paths = new ArrayList<>(Differences.between(
                Json.parse("{\"a\": 1, \"b\": {\"c\": [1, {\"d\": 2}]}, \"e\": 5, \"f\": [1]}"),
                Json.parse("{\"a\": 1, \"b\": {\"c\": [1, {\"d\": 3}]}, \"f\": [1, 2], \"g\": null}")));

        assertThat(paths).extracting(Path::toString).containsExactly("b.c.1.d", "e", "f", "g");
        assertThat(Differences.between(Value.num(1), Value.num(1))).isEmpty();
    }
}
