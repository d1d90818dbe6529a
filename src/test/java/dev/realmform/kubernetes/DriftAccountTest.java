package dev.realmform.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.json.Json;
import dev.realmform.model.Address;
import dev.realmform.model.Value;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The account that looks for drift and can change nothing. */
class DriftAccountTest {

    private static final List<Value.MapOf> OBJECTS = new DriftAccount("ci", "realmform-drift").objects(
            Stream.of("Namespace/keycloak", "Secret/keycloak/a", "Service/keycloak/b", "StatefulSet/keycloak/c",
                    "Secret/osmo/d", "client/osmo/web").map(Address::parse).toList());

    private static Value.MapOf object(String kind, String namespace) {
        return OBJECTS.stream()
                .filter(object -> object.text("kind").orElse("").equals(kind)
                        && object.map("metadata").text("namespace").orElse("").equals(namespace))
                .findFirst()
                .orElseThrow();
    }

    private static String json(Value value) {
        return Json.compact(value, Json.Secrets.HIDE).replace("\"", "'");
    }

    @Test
    void itMayReadAndTryButOnlyWhatIsDeclaredAndOnlyThere() {
        assertThat(json(object("Role", "keycloak").get("rules").orElseThrow())).isEqualTo(
                "[{'apiGroups':[''],'resources':['secrets','services'],'verbs':['get','list','watch','patch','create']},"
                        + "{'apiGroups':['apps'],'resources':['statefulsets'],'verbs':['get','list','watch','patch',"
                        + "'create']}]");
        assertThat(json(object("Role", "osmo"))).contains("'secrets'").doesNotContain("statefulsets");
        assertThat(json(object("ClusterRole", "").get("rules").orElseThrow())).contains("'namespaces'")
                .doesNotContain("secrets", "*");
        for (String namespace : List.of("keycloak", "osmo")) {
            assertThat(json(object("RoleBinding", namespace))).contains(
                    "'subjects':[{'kind':'ServiceAccount','name':'realmform-drift','namespace':'ci'}]",
                    "'kind':'Role','name':'realmform-drift'");
        }
        assertThat(json(object("ClusterRoleBinding", ""))).contains("'kind':'ClusterRole'");
    }

    @Test
    void whatItTriesIsRefusedUnlessItIsADryRunAndThatIsSaidFirst() {
        assertThat(OBJECTS).extracting(object -> object.text("kind").orElse(""))
                .startsWith("ValidatingAdmissionPolicy",
                        "ValidatingAdmissionPolicyBinding", "ServiceAccount");
        Value.MapOf spec = object("ValidatingAdmissionPolicy", "").map("spec");
        assertThat(json(spec)).contains("'expression':'has(request.dryRun) && request.dryRun'",
                "'failurePolicy':'Fail'", "'resources':['*/*']", "'CREATE','UPDATE','DELETE','CONNECT'",
                "request.userInfo.username == \\'system:serviceaccount:ci:realmform-drift\\'".replace("\\'", "'"));
        assertThat(json(object("ValidatingAdmissionPolicyBinding", ""))).contains("'validationActions':['Deny']",
                "'policyName':'realmform-drift'");
    }

    @ParameterizedTest
    @CsvSource({"Ingress, ingresses", "NetworkPolicy, networkpolicies", "Gateway, gateways", "Endpoints, endpoints",
        "StorageClass, storageclasses", "HorizontalPodAutoscaler, horizontalpodautoscalers"})
    void manyOfAKindAreCalledAsTheApiDoes(String kind, String plural) {
        assertThat(DriftAccount.plural(kind)).isEqualTo(plural);
    }
}
