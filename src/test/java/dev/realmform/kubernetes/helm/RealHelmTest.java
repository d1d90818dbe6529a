package dev.realmform.kubernetes.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.realmform.json.Json;
import dev.realmform.kubernetes.section.ChartRelease;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import dev.realmform.testing.RealHelm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The same with a real helm and a chart that does what charts do: arguments, values and messages are what Helm takes and says. */
@EnabledIf(value = "dev.realmform.testing.RealHelm#isThere", disabledReason = RealHelm.HOW)
class RealHelmTest {

    private static final Path CHART = Path.of("src/test/resources/charts/keycloak").toAbsolutePath();
    private static final String CANARY = "canary-Pa55word";

    @TempDir
    Path folder;

    private List<Value.MapOf> render(String values, ChartRelease.ValuesFile... files) {
        return render((Value.MapOf) Json.parse(values), files);
    }

    private static List<Value.MapOf> render(Value.MapOf values, ChartRelease.ValuesFile... files) {
        ChartRelease release = new ChartRelease("keycloak", "sso",
                new ChartRelease.Chart("keycloak", CHART.toString(), Optional.empty(), Optional.empty(),
                        Value.EMPTY_MAP),
                List.of(files), values, new ChartRelease.Rendering(Optional.of("1.33.0"), List.of("example.test/v1"),
                        RealHelm.find().map(Path::toString)),
                false, "sso.yaml:3");
        return new HelmCharts(System.getenv(), Duration.ofMinutes(1)).render(release).orElseThrow();
    }

    private Problem problem(String values) {
        return catchThrowableOfType(ProblemException.class, () -> render(values)).problems().getFirst();
    }

    private ChartRelease.ValuesFile file(String name, String text) throws IOException {
        return new ChartRelease.ValuesFile(name, Files.writeString(folder.resolve(name), text).toString());
    }

    private static String kinds(List<Value.MapOf> objects) {
        return objects.stream().map(object -> object.text("kind").orElse("?")).collect(Collectors.joining(" "));
    }

    @Test
    void aChartIsRenderedWithFilesBelowInlineValues() throws IOException {
        List<Value.MapOf> objects = render("{\"replicas\": 3}",
                file("a,b \"c\".yaml", "replicas: 2\nimage: example.test/keycloak:1\nauth: {adminPassword: x}\n"),
                file("second.yaml", "{image: example.test/keycloak:2, auth: {}}"));

        assertThat(kinds(objects)).isEqualTo("Secret Service StatefulSet Pod");
        String workload = Json.compact(objects.get(2), Json.Secrets.HIDE);
        assertThat(workload).contains("\"replicas\":3", "\"image\":\"example.test/keycloak:2\"", "\"defaultMode\":288",
                "\"app.kubernetes.io/managed-by\":\"Helm\"", "\"namespace\":\"sso\"");
    }

    @Test
    void aSecretOfTheValuesArrivesByTheStandardInput() {
        List<Value.MapOf> objects = render(Value.EMPTY_MAP.with("auth", Value.EMPTY_MAP.with("adminPassword",
                Secret.of(CANARY, "$(secret:admin)"))));

        assertThat(objects.getFirst().map("data").text("admin-password"))
                .contains(Base64.getEncoder().encodeToString(CANARY.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    @Test
    void whatHelmRefusesIsTold() {
        assertThat(problem("{\"ingress\": {\"annotations\": null}}").what())
                .startsWith("helm cannot render the chart keycloak: ")
                .contains("nil");
    }

    @Test
    void chanceIsFound() {
        Problem problem = problem("{\"random\": true}");

        assertThat(problem.what()).isEqualTo("each rendering of the chart makes another Secret/keycloak: data.made");
    }

    @Test
    void aChartThatIsNotInTheRepositoryIsToldWithWhatHelmSays() {
        ChartRelease release = new ChartRelease("keycloak", "sso",
                new ChartRelease.Chart("keycloak", "keycloak", Optional.of("http://127.0.0.1:9"), Optional.of("1.0.0"),
                        Value.EMPTY_MAP),
                List.of(), Value.EMPTY_MAP,
                new ChartRelease.Rendering(Optional.empty(), List.of(), RealHelm.find().map(Path::toString)), false,
                "sso.yaml:3");
        ProblemException thrown = catchThrowableOfType(ProblemException.class,
                () -> new HelmCharts(Map.copyOf(System.getenv()), Duration.ofMinutes(1)).render(release));

        assertThat(thrown.problems().getFirst().what()).contains("127.0.0.1:9");
    }
}
