package dev.realmform.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.json.Json;
import dev.realmform.model.Origin;
import dev.realmform.model.Resource;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a workload says about the Keycloak in its pods. */
class KeycloakWorkloadTest {

    private static final Kind SECRET = new Kind("v1", "Secret", "secrets", true);

    private static List<Resource> expand(String section) {
        return new ClusterDocument().expand((Value.MapOf) Json.parse(section), Origin.NONE).resources();
    }

    private static KeycloakWorkload of(String section) {
        return KeycloakWorkload.in(expand(section)).orElseThrow();
    }

    private static KeycloakWorkload manifest(String container) {
        return of("""
                {"objects": [{"apiVersion": "apps/v1", "kind": "Deployment",
                  "metadata": {"name": "sso", "namespace": "idp", "labels": {"app.kubernetes.io/name": "keycloak"}},
                  "spec": {"selector": {"matchLabels": {"app": "sso"}},
                           "template": {"metadata": {"labels": {"app": "sso"}}, "spec": {"containers": [%s]}}}}]}"""
                .formatted(container));
    }

    @Test
    void theOneOfTheTypedSectionIsKnown() {
        KeycloakWorkload workload = of("""
                {"namespace": "idp", "database": {"builtin": true},
                 "keycloak": {"hostname": "https://a.example.com/auth", "admin": {"user": "root"}}}""");
        assertThat(workload.namespace()).isEqualTo("idp");
        assertThat(workload.port()).isEqualTo(8080);
        assertThat(workload.speaksHttp()).isTrue();
        assertThat(workload.path()).isEqualTo("/auth");
        assertThat(workload.selector()).containsEntry("app.kubernetes.io/instance", "keycloak");
        assertThat(workload.admin()).contains(new BootstrapAdmin("idp", new BootstrapAdmin.Told.AsText("root"),
                new BootstrapAdmin.Told.InSecret("keycloak-admin", "password"), BootstrapAdmin.Fate.REPLACED));
        assertThat(
                of("""
                {"database": {"builtin": true}, "keycloak": {"hostname": "a.example.com", "keepBootstrapAdmin": true}}""")
                        .admin()
                        .orElseThrow()
                        .fate())
                .isEqualTo(BootstrapAdmin.Fate.KEPT);
        assertThat(
                of("""
                {"database": {"builtin": true}, "keycloak": {"hostname": "a.example.com", "tls": {"secretName": "t"}}}""")
                        .speaksHttp())
                .isFalse();
    }

    @Test
    void soIsAManifestOfAnybody() {
        KeycloakWorkload workload = manifest(
                """
                {"name": "kc", "ports": [{"name": "http", "containerPort": 9080}], "env": [
                  {"name": "KC_BOOTSTRAP_ADMIN_USERNAME", "valueFrom": {"secretKeyRef": {"name": "first", "key": "who"}}},
                  {"name": "KC_BOOTSTRAP_ADMIN_PASSWORD", "valueFrom": {"secretKeyRef": {"name": "first", "key": "word"}}}]}""");
        assertThat(workload.port()).isEqualTo(9080);
        assertThat(workload.path()).isEmpty();
        assertThat(workload.selector()).isEqualTo(Map.of("app", "sso"));
        MemoryCluster cluster = new MemoryCluster();
        BootstrapAdmin admin = workload.admin().orElseThrow();
        assertThat(admin.fate()).isEqualTo(BootstrapAdmin.Fate.OPEN);
        assertThat(admin.account(cluster)).isEmpty();
        cluster.put(new ObjectRef(SECRET, "idp", "first"), (Value.MapOf) Json
                .parse("""
                {"kind": "Secret", "metadata": {"name": "first", "namespace": "idp"}, "data": {"who": "cm9vdA==", "word": "dzByZA=="}}"""));
        assertThat(admin.account(cluster)).contains(new BootstrapAdmin.Account("root", Secret.of("w0rd", "")));
    }

    @Test
    void aPasswordInClearOrNoneIsNotLookedFor() {
        assertThat(manifest("{\"name\": \"kc\"}").admin()).isEqualTo(Optional.empty());
        assertThat(manifest("""
                {"name": "kc", "env": [{"name": "KC_BOOTSTRAP_ADMIN_USERNAME", "value": "a"},
                                       {"name": "KC_BOOTSTRAP_ADMIN_PASSWORD", "value": "b"}]}""").admin()).isEmpty();
    }
}
