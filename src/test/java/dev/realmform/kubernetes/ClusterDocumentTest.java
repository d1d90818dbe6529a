package dev.realmform.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.json.Json;
import dev.realmform.model.Address;
import dev.realmform.model.Origin;
import dev.realmform.model.Path;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import dev.realmform.provider.Expansion;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a section stands for. */
class ClusterDocumentTest {

    private static Expansion expand(String section) {
        return new ClusterDocument().expand((Value.MapOf) Json.parse(section), Origin.NONE);
    }

    private static Resource only(String manifest) {
        Expansion expansion = expand("{\"namespace\": \"osmo\", \"objects\": [" + manifest + "]}");
        assertThat(expansion.problems()).isEmpty();
        return expansion.resources().getFirst();
    }

    private static List<String> problems(String manifest) {
        return expand("{\"objects\": [" + manifest + "]}").problems().stream().map(Problem::what).toList();
    }

    @Test
    void anAddressHasAGroupOnlyWhereKubernetesDoesNotBringTheKind() {
        assertThat(only("{\"apiVersion\": \"apps/v1\", \"kind\": \"Deployment\", \"metadata\": {\"name\": \"a\"}}")
                .address())
                .hasToString("Deployment/osmo/a");
        assertThat(only(
                "{\"apiVersion\": \"cert-manager.io/v1\", \"kind\": \"Certificate\", \"metadata\": {\"name\": \"a\"}}")
                .address()).hasToString("Certificate.cert-manager.io/osmo/a");
        assertThat(only("{\"apiVersion\": \"example.test/v1\", \"kind\": \"Secret\", \"metadata\": {\"name\": \"a\"}}")
                .address()).hasToString("Secret.example.test/osmo/a");
        assertThat(only("{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \"a\"}}").address())
                .hasToString("Namespace/a");
        assertThat(KnownKinds.group("Secret.example.test")).isEqualTo("example.test");
        assertThat(KnownKinds.group("Deployment")).isEqualTo("apps");
    }

    @Test
    void theDataOfASecretIsReadFromBase64AndWhatIsInClearGoesThereToo() {
        Resource secret = only("""
                {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "a"}, "data": {"x": "b25l", "bin": "/w=="},
                 "stringData": {"y": "two"}}""");
        assertThat(secret.value().map("data").get("x")).contains(Secret.of("one", ""));
        assertThat(secret.value().map("data").get("y")).contains(Secret.of("two", ""));
        assertThat(secret.value().has("stringData")).isFalse();
        Value.MapOf wire = Manifests.wire(secret.address(), secret.value());
        assertThat(Json.compact(wire, Json.Secrets.REVEAL)).contains("\"x\":\"b25l\"", "\"y\":\"dHdv\"",
                "\"bin\":\"/w==\"");
        assertThat(Manifests.canonical(secret.address(), (Value.MapOf) Json.parse(
                Json.compact(wire, Json.Secrets.REVEAL))).map("data")).isEqualTo(secret.value().map("data"));
        assertThat(problems(
                """
                {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "a", "namespace": "n"}, "data": {"x": "no!"}}"""))
                .containsExactly("this value of a Secret's data is no base64");
    }

    @Test
    void aSecretInTheOpenIsRefused() {
        Value.MapOf section = Holes.with(
                (Value.MapOf) Json
                        .parse("""
                {"objects": {"a": {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a", "namespace": "n"}}}}"""),
                Path.of("objects", "a", "data", "x"), Secret.of("canary", "$(secret:x)"));
        assertThat(new ClusterDocument().expand(section, Origin.NONE).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.what()).isEqualTo("a secret may stand only in the data of a Secret");
            assertThat(problem.where()).contains("cluster.objects.a.data.x");
        });
    }

    @Test
    void whatKeysOfOursSayBecomesDirectivesAndMarks() {
        Resource map = only("""
                {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}, "$protect": true, "$ignore": ["data.x"],
                 "$takeOver": true, "data": {"x": "1"}}""");
        assertThat(map.directives().protect()).contains(true);
        assertThat(map.directives().ignore()).containsExactly(Path.of("data", "x"));
        assertThat(Holes.certain(map).map("data").fields()).isEmpty();
        assertThat(Marks.says(map.value(), Marks.TAKE_OVER, "true")).isTrue();
        assertThat(map.value().has("$takeOver")).isFalse();
        assertThat(problems(
                "{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \"a\"}, \"$was\": \"b\"}"))
                .singleElement()
                .asString()
                .contains("$was is no key that realmform knows in a manifest");
    }

    @Test
    void whatIsNoManifestOrLiesNowhereIsTold() {
        assertThat(problems("{\"kind\": \"Secret\"}"))
                .containsExactly("this is no manifest: kind or apiVersion is missing");
        assertThat(problems("{\"apiVersion\": \"v1\", \"kind\": \"Secret\", \"metadata\": {\"generateName\": \"a-\"}}"))
                .containsExactly("metadata.name is missing, or no name that a cluster takes");
        assertThat(problems("{\"apiVersion\": \"v1\", \"kind\": \"Secret\", \"metadata\": {\"name\": \"a\"}}"))
                .containsExactly("a Secret lies in a namespace, and none is named");
        String twice = "{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \"a\"}}";
        assertThat(problems(twice + "," + twice)).containsExactly("Namespace/a is declared twice");
    }

    @Test
    void aListOfKubectlIsTakenApart() {
        assertThat(expand("""
                {"objects": {"all": {"apiVersion": "v1", "kind": "List", "items": [
                  {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "a"}},
                  {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "b"}}]}}}""").resources())
                .extracting(Resource::address)
                .containsExactly(Address.of("Namespace", "a"), Address.of("Namespace", "b"));
    }
}
