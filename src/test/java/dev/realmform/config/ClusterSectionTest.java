package dev.realmform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.realmform.model.Address;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Resource;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import dev.realmform.provider.Expansion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The section of a cluster: over layers, with files in it, and who may say where the cluster is. */
class ClusterSectionTest {

    @TempDir
    Path folder;

    private final Map<String, String> settings = new HashMap<>();
    private boolean untrusted;
    private Value.MapOf section = Value.EMPTY_MAP;

    private String write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return name;
    }

    private DesiredState load(String... files) {
        Expansion.Expander cluster = (value, origin) -> {
            section = value;
            return new Expansion(List.of(Resource.desired(Address.of("ConfigMap", "n", "a"), value, origin)), List.of(),
                    List.of());
        };
        Options options = new Options(Map.of(), settings, untrusted, false, Set.of(), Set.of());
        return Loader.load(new LoadRequest(List.of(files), folder, InputStream.nullInputStream(), Map.of("S", "secret"),
                options), Folder.WHOLE, Blueprint.NONE, cluster, (found, realms) -> {
                }).state();
    }

    private Problem problem(String... files) {
        return catchThrowableOfType(ProblemException.class, () -> load(files)).problems().getFirst();
    }

    @Test
    void itNeedsNoRealmAndIsLaidOverLayers() throws IOException {
        write("a.yaml", "cluster: {namespace: one, objects: {web: {kind: Service, spec: {a: 1}}}}");
        write("b.yaml", "cluster: {namespace: two, objects: {web: {spec: {a: 2}}}}");
        DesiredState state = load("a.yaml", "b.yaml");
        assertThat(state.realms()).isEmpty();
        assertThat(section.text("namespace")).contains("two");
        assertThat(section.map("objects").map("web").text("kind")).contains("Service");
        assertThat(section.at(dev.realmform.model.Path.of("objects", "web", "spec", "a"))).contains(Value.num(2));
    }

    @Test
    void filesAndFoldersStandInPlaceOfTheirNamesAndAreTakenAsTheyAre() throws IOException {
        write("k8s/a.yaml", "kind: A\nargs: [$(POD_NAME)]\n---\nkind: B\n");
        write("k8s/b.json", "{\"kind\": \"C\"}");
        write("k8s/readme.md", "no manifest");
        write("root.yaml", "cluster: {objects: [k8s, k8s/b.json, {kind: D}]}");
        load("root.yaml");
        assertThat(section.list("objects").toString()).contains("A", "$(POD_NAME)", "B", "C", "D")
                .doesNotContain("no manifest");
    }

    @Test
    void aFileOutsideTheFolderIsNotRead() throws IOException {
        Files.writeString(folder.resolve("secret.yaml"), "kind: X");
        write("repo/root.yaml", "cluster: {objects: [../secret.yaml]}");
        assertThat(problem("repo/root.yaml").what()).contains("the file lies outside the root file's folder");
    }

    @Test
    void aMissingFileAndAnEmptyFolderAreToldWhereTheyAreNamed() throws IOException {
        Files.createDirectory(folder.resolve("empty"));
        write("root.yaml", "cluster:\n  objects:\n    - nothing.yaml\n    - empty\n");
        List<Problem> problems = catchThrowableOfType(ProblemException.class, () -> load("root.yaml")).problems();
        assertThat(problems).extracting(Problem::what)
                .containsExactly("there is no file \"nothing.yaml\"", "the folder \"empty\" holds no manifests");
        assertThat(problems.getFirst().where()).startsWith("root.yaml:3:7");
    }

    @Test
    void onlyTheRootFileNamesAKubeconfig() throws IOException {
        write("root.yaml", "cluster: {kubeconfig: own/kubeconfig, context: prod}");
        write("branch.yaml", "cluster: {kubeconfig: /tmp/evil}");
        ClusterPlace place = load("root.yaml").settings().cluster().orElseThrow();
        assertThat(place.kubeconfig()).contains(folder.toAbsolutePath().resolve("own/kubeconfig").toString());
        assertThat(place.expected()).contains("prod");
        assertThat(place.context()).isEmpty();
        assertThat(problem("root.yaml", "branch.yaml").what()).isEqualTo("a kubeconfig is named only in the root file");
    }

    @Test
    void anOptionGoesBeforeAFileAndAnUntrustedFileNamesNone() throws IOException {
        write("root.yaml", "cluster: {kubeconfig: own, context: prod}");
        untrusted = true;
        DesiredState state = load("root.yaml");
        assertThat(state.settings().cluster().orElseThrow().kubeconfig()).isEmpty();
        assertThat(state.notices()).extracting(Plan.Notice::text)
                .anyMatch(text -> text.contains("kubeconfig of root.yaml is left aside"));
        settings.put("cluster.kubeconfig", "given");
        settings.put("cluster.context", "chosen");
        ClusterPlace place = load("root.yaml").settings().cluster().orElseThrow();
        assertThat(place.kubeconfig()).contains("given");
        assertThat(place.context()).contains("chosen");
    }

    private java.util.Optional<String> server(String text) throws IOException {
        write("root.yaml", text);
        return load("root.yaml").settings().server().url();
    }

    @Test
    void theServerIsWhereItsAdministratorsReachItIfNothingElseSaysIt() throws IOException {
        assertThat(server("cluster: {keycloak: {hostname: auth.example.com}}")).contains("https://auth.example.com");
        assertThat(server("cluster: {keycloak: {hostname: 'http://a.example.com/auth/'}}"))
                .contains("http://a.example.com/auth");
        assertThat(server("cluster: {keycloak: {ingress: {hostname: i.example.com}}}"))
                .contains("https://i.example.com");
        assertThat(server("cluster: {keycloak: {hostname: a.example.com, adminHostname: b.example.com}}"))
                .contains("https://b.example.com");
        assertThat(server("cluster: {keycloak: {production: false}}")).isEmpty();
        assertThat(server("realmform: {server: {url: 'https://said'}}\ncluster: {keycloak: {hostname: a.example.com}}"))
                .contains("https://said");
        settings.put("server.url", "https://given");
        assertThat(server("cluster: {keycloak: {hostname: a.example.com}}")).contains("https://given");
    }

    @Test
    void onlyTheRootFileSaysWhereTheServerIs() throws IOException {
        write("root.yaml", "cluster: {keycloak: {hostname: a.example.com}}");
        write("branch.yaml", "cluster: {keycloak: {adminHostname: evil.example.com}}");
        assertThat(load("root.yaml", "branch.yaml").settings().server().url()).isEmpty();
        untrusted = true;
        assertThat(load("root.yaml").settings().server().url()).isEmpty();
    }

    @Test
    void valuesOfASecretAreSecretsAndChanceIsTakenOnlyHere() throws IOException {
        write("root.yaml", """
                realmform: {secrets: {s: {env: S}}}
                cluster:
                  secrets:
                    proxy: {data: {a: $(secret:s), b: plain, c: "$(random:base64url:32)", d: $(ref:client/r/web.secret)}}
                """);
        load("root.yaml");
        Value.MapOf data = section.map("secrets").map("proxy").map("data");
        assertThat(data.get("a")).contains(Secret.of("secret", ""));
        assertThat(data.get("b")).containsInstanceOf(Secret.class);
        assertThat(data.get("c")).contains(new Value.Unknown(Address.of("random", "base64url:32"), "value"));
        assertThat(data.get("d")).contains(new Value.Unknown(Address.parse("client/r/web"), "secret"));
        write("realm.yaml", "realm: r\nattributes: {x: \"$(random:hex:16)\"}\n");
        assertThat(problem("realm.yaml").what()).contains("is possible only where the value can be kept");
    }

    @Test
    void anUnknownKeyIsATypingError() throws IOException {
        write("root.yaml", "cluster: {namespaces: osmo, objects: [{kind: A}]}");
        assertThat(problem("root.yaml").what()).contains("namespaces");
    }

    @Test
    void aChartAndItsValuesStandInPlaceOfTheirNames() throws IOException {
        write("charts/sso/Chart.yaml", "name: keycloak\nversion: 24.4.9\n");
        write("values.yaml", "hostname: a\nplain: $(POD_NAME)\n");
        write("empty.yaml", "# nothing\n");
        write("root.yaml", """
                realmform: {secrets: {s: {env: S}}}
                cluster:
                  keycloak:
                    helm:
                      chart: charts/sso
                      valuesFiles: [values.yaml, empty.yaml]
                      values: {deep: {er: {password: $(secret:s)}, list: [$(secret:s)]}}
                      program: bin/helm
                """);
        load("root.yaml");
        Value.MapOf helm = section.map("keycloak").map("helm");
        assertThat(helm.map("chart").text("path")).contains(folder.resolve("charts/sso").toString());
        assertThat(helm.map("chart").text("written")).contains("charts/sso");
        assertThat(helm.map("chart").map("about").text("version")).contains("24.4.9");
        assertThat(helm.list("valuesFiles").getFirst())
                .isEqualTo(Value.EMPTY_MAP.with("name", Value.text("values.yaml"))
                        .with("path", Value.text(folder.toRealPath().resolve("values.yaml").toString()))
                        .with("values", Value.EMPTY_MAP.with("hostname", Value.text("a"))
                                .with("plain",
                                        Value.text("$(POD_NAME)"))));
        assertThat(helm.text("program")).contains(folder.resolve("bin/helm").toString());
        assertThat(helm.map("values").map("deep").map("er").get("password")).contains(Secret.of("secret", ""));
        assertThat(helm.map("values").map("deep").list("list")).containsExactly(Secret.of("secret", ""));
    }

    @Test
    void aChartThatIsNowhereIsTold() throws IOException {
        write("folder/readme.md", "");
        write("a.yaml", "cluster: {keycloak: {helm: {chart: bitnami/keycloak}}}");
        assertThat(problem("a.yaml").what()).isEqualTo("there is no chart \"bitnami/keycloak\"");
        assertThat(problem("a.yaml").remedy()).contains("repository: https://");
        write("b.yaml", "cluster: {keycloak: {helm: {chart: folder}}}");
        assertThat(problem("b.yaml").what()).isEqualTo("\"folder\" is no chart: it has no Chart.yaml");
        write("c.yaml",
                "cluster: {keycloak: {helm: {chart: oci://r/c, valuesFiles: [../x.yaml, none.yaml, list.yaml]}}}");
        write("list.yaml", "[a]");
        assertThat(catchThrowableOfType(ProblemException.class, () -> load("c.yaml")).problems())
                .extracting(Problem::what)
                .containsExactly("\"../x.yaml\": the file lies outside the root file's folder",
                        "there is no file \"none.yaml\"", "\"list.yaml\" holds no values: they are one map");
    }

    @Test
    void onlyTheRootFileNamesAProgram() throws IOException {
        write("root.yaml", "cluster: {keycloak: {helm: {chart: oci://r/c, program: helm4}}}");
        write("more.yaml", "cluster: {keycloak: {helm: {program: ./evil}}}");
        load("root.yaml");
        assertThat(section.map("keycloak").map("helm").text("program")).contains("helm4");
        assertThat(problem("root.yaml", "more.yaml").what()).isEqualTo("a program is named only in the root file");
    }

    @Test
    void aFileThatHasAChartAloneDeclaresSomething() throws IOException {
        write("root.yaml", "cluster: {keycloak: {createNamespace: false, helm: {chart: oci://r/c}}}");
        Expansion.Expander nothing = (value, origin) -> new Expansion(List.of(), List.of(), List.of());
        Options options = new Options(Map.of(), settings, false, false, Set.of(), Set.of());
        LoadRequest request = new LoadRequest(List.of("root.yaml"), folder, InputStream.nullInputStream(), Map.of(),
                options);
        assertThat(Loader.load(request, Folder.WHOLE, Blueprint.NONE, nothing, (found, realms) -> {
        }).state().resources()).isEmpty();
    }
}
