package dev.realmform.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.realmform.json.Json;
import dev.realmform.model.Address;
import dev.realmform.model.Origin;
import dev.realmform.model.Resource;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import dev.realmform.provider.Expansion;
import dev.realmform.testing.TestCluster;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real API server takes each object of the typed sections, and finds nothing to change when it gets it again. */
@EnabledIfSystemProperty(named = TestCluster.REAL, matches = ".+", disabledReason = TestCluster.HOW)
class SectionsIT {

    private final String namespace = "realmform-test-"
            + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    private final List<ObjectRef> made = new ArrayList<>();

    private FabricCluster cluster;

    private static KubernetesClient client() {
        return new ClusterAccess(Optional.of(TestCluster.realKubeconfig()), Optional.empty(), Map.of()).open();
    }

    @BeforeEach
    void opened() {
        cluster = new FabricCluster(client());
    }

    /** What lies in no namespace does not go with it. */
    @AfterEach
    void closed() {
        Collections.reverse(made);
        for (ObjectRef ref : made) {
            if (ref.namespace().isEmpty()) {
                cluster.delete(ref, new ClusterPort.Precondition(Optional.empty(), Optional.empty()));
            }
        }
        cluster.close();
    }

    private static Value.MapOf section(String yaml) throws IOException {
        return (Value.MapOf) Json.parse(new ObjectMapper(new YAMLFactory()).readTree(yaml).toString());
    }

    private ObjectRef ref(Address address, Value.MapOf value) {
        return new Refs(cluster).of(address, value).orElseThrow(() -> new AssertionError("not served: " + address));
    }

    private Value.MapOf take(Address address, Value.MapOf value, ClusterPort.Mode mode) {
        ObjectRef ref = ref(address, value);
        ClusterAnswer answer = cluster.apply(ref, Manifests.wire(address, value), mode, ClusterPort.Others.RESPECT);
        assertThat(answer).as(address + " as a " + mode).isInstanceOf(ClusterAnswer.Done.class);
        if (mode == ClusterPort.Mode.FOR_GOOD && !made.contains(ref)) {
            made.add(ref);
        }
        return ((ClusterAnswer.Done) answer).object();
    }

    /** Without what a controller of the cluster may write in between. */
    private static Value.MapOf declared(Value.MapOf object) {
        return object.without("status")
                .with("metadata", object.map("metadata").without("resourceVersion", "managedFields"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{database: {builtin: true, storageClass: fast}, keycloak: {hostname: a.example.com}}",
        "{database: {host: pg, passwordless: true, admin: {user: root}}, keycloak: {hostname: 'https://a.example.com/auth',"
                + " adminHostname: 'https://a.example.com/console', ingress: {class: nginx, tls: {issuer: x}},"
                + " autoscaling: {min: 2, max: 5, cpu: 70, memory: 80}, clustering: dns, metrics: true}}",
        "{database: {host: pg, port: 6432, password: x, tls: verify-full, ca: PEM, owner: o, admin: {password: y}},"
                + " keycloak: {hostname: a.example.com, adminHostname: b.example.com, tls: {secretName: t},"
                + " ingress: {class: alb, tls: {certificateArn: 'arn:x'}}, adminIngress: {class: nginx}, replicas: 3,"
                + " env: {A: 1, B: '', C: {valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}}, pullSecrets: [m],"
                + " nodeSelector: {a: b}, tolerations: [{key: a, operator: Exists, effect: NoSchedule}],"
                + " affinity: {nodeAffinity: {}}, podAnnotations: {a: b}, imagePullPolicy: Always,"
                + " service: {type: NodePort, annotations: {a: b}}, resources: {requests: {cpu: 0.5, memory: 1024Mi}}}}",
        "{keycloak: {production: false, hostname: a.example.com}}"})
    void eachObjectIsTakenAndMeansTheSameAgain(String yaml) throws IOException {
        Expansion expansion = new ClusterDocument().expand(section(yaml).with("namespace", Value.text(namespace)),
                Origin.NONE);
        assertThat(expansion.problems()).isEmpty();
        Address home = Address.of("Namespace", namespace);
        for (Resource resource : expansion.resources()) {
            if (resource.address().equals(home)) {
                take(home, resource.value(), ClusterPort.Mode.FOR_GOOD);
            }
        }
        assertThat(made).hasSize(1);
        for (Resource resource : expansion.resources()) {
            Value.MapOf value = Holes.filled(resource, unknown -> Secret.of("made once", ""));
            take(resource.address(), value, ClusterPort.Mode.DRY_RUN);
            Value.MapOf first = take(resource.address(), value, ClusterPort.Mode.FOR_GOOD);
            Value.MapOf tried = take(resource.address(), value, ClusterPort.Mode.DRY_RUN);
            Value.MapOf second = take(resource.address(), value, ClusterPort.Mode.FOR_GOOD);
            assertThat(declared(tried)).as(resource.address().toString()).isEqualTo(declared(first));
            assertThat(declared(second)).as(resource.address().toString()).isEqualTo(declared(first));
        }
    }

    @Test
    void theAccountForDriftMayTryAndNotDo() throws Exception {
        take(Address.of("Namespace", namespace), section("{apiVersion: v1}"), ClusterPort.Mode.FOR_GOOD);
        Address map = Address.of("ConfigMap", namespace, "tried");
        for (Value.MapOf object : new DriftAccount(namespace, namespace).objects(List.of(map))) {
            take(Manifests.address(object.text("apiVersion").orElseThrow(), object.text("kind").orElseThrow(), object),
                    object, ClusterPort.Mode.FOR_GOOD);
        }
        Value.MapOf value = section("{apiVersion: v1, data: {a: b}}");
        ObjectRef ref = ref(map, value);
        try (KubernetesClient client = new KubernetesClientBuilder().withConfig(account()).build();
                FabricCluster theirs = new FabricCluster(client)) {
            ClusterAnswer answer = theirs.apply(ref, Manifests.wire(map, value), ClusterPort.Mode.FOR_GOOD,
                    ClusterPort.Others.RESPECT);
            // A policy holds a little after it was made.
            for (int i = 0; i < 60 && !(answer instanceof ClusterAnswer.Refused); i++) {
                Thread.sleep(500);
                answer = theirs.apply(ref, Manifests.wire(map, value.with("data", section("{a: b" + i + "}"))),
                        ClusterPort.Mode.FOR_GOOD, ClusterPort.Others.RESPECT);
            }
            assertThat(answer).isInstanceOfSatisfying(ClusterAnswer.Refused.class,
                    refused -> assertThat(refused.message()).contains("dry runs only"));
            assertThat(theirs.apply(ref, Manifests.wire(map, value.with("data", section("{a: tried}"))),
                    ClusterPort.Mode.DRY_RUN, ClusterPort.Others.RESPECT)).isInstanceOf(ClusterAnswer.Done.class);
        }
    }

    private Config account() {
        try (KubernetesClient client = client()) {
            return new ConfigBuilder(client.getConfiguration())
                    .withImpersonateUsername("system:serviceaccount:" + namespace + ":" + namespace)
                    .withImpersonateGroups("system:serviceaccounts", "system:authenticated")
                    .build();
        }
    }
}
