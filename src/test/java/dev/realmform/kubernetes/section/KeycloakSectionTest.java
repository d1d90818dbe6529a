package dev.realmform.kubernetes.section;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Address;
import dev.realmform.model.Path;
import dev.realmform.model.Problem;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code cluster.keycloak} stands for. */
class KeycloakSectionTest {

    private static final String BASE = """
            database: {host: pg.internal, passwordless: true}
            keycloak:
              hostname: auth.example.com
              admin: {password: canary-admin}
            """;

    private static Sections with(String more) {
        Value.MapOf cluster = Sections.cluster(BASE);
        Value.MapOf keycloak = cluster.map("keycloak");
        for (var field : Sections.cluster(more).fields().entrySet()) {
            keycloak = keycloak.with(field.getKey(), field.getValue());
        }
        return Sections.of(cluster.with("keycloak", keycloak));
    }

    private static String yaml(Value value) {
        return Sections.json(value).replace("\"", "'");
    }

    @Test
    void aShortSectionStandsForAllThatKeycloakNeeds() {
        Sections made = with("{}").fine();

        assertThat(made.names()).containsExactly("Namespace/keycloak", "Secret/keycloak-admin", "Service/keycloak",
                "Service/keycloak-headless", "NetworkPolicy/keycloak", "StatefulSet/keycloak");
        assertThat(made.env("StatefulSet/keycloak")).containsOnly(
                java.util.Map.entry("KC_HOSTNAME", "https://auth.example.com"),
                java.util.Map.entry("KC_HTTP_ENABLED", "true"),
                java.util.Map.entry("KC_HEALTH_ENABLED", "true"),
                java.util.Map.entry("KC_HTTP_MANAGEMENT_RELATIVE_PATH", "/"),
                java.util.Map.entry("KC_CACHE", "ispn"),
                java.util.Map.entry("KC_CACHE_STACK", "jdbc-ping"),
                java.util.Map.entry("KC_BOOTSTRAP_ADMIN_USERNAME", "admin"),
                java.util.Map.entry("KC_BOOTSTRAP_ADMIN_PASSWORD", "keycloak-admin/password"),
                java.util.Map.entry("KC_DB", "postgres"),
                java.util.Map.entry("KC_DB_URL_HOST", "pg.internal"),
                java.util.Map.entry("KC_DB_URL_PORT", "5432"),
                java.util.Map.entry("KC_DB_URL_DATABASE", "keycloak"),
                java.util.Map.entry("KC_DB_USERNAME", "keycloak"));
        Value.MapOf container = made.container("StatefulSet/keycloak");
        assertThat(container.text("image")).contains("quay.io/keycloak/keycloak:26.7.3");
        assertThat(container.texts("args")).containsExactly("start");
        assertThat(yaml(container.get("readinessProbe").orElseThrow())).contains(
                "'httpGet':{'path':'/health/ready','port':'management','scheme':'HTTP'}");
        assertThat(yaml(container.get("livenessProbe").orElseThrow())).contains("'/health/live'");
        assertThat(yaml(container.get("startupProbe").orElseThrow())).contains("'/health/started'");
    }

    @Test
    void eachObjectIsLabelledAndFindsItsPods() {
        Sections made = with("autoscaling: {}\ningress: {class: nginx}").fine();

        Value.MapOf pods = (Value.MapOf) Sections.at(made.object("StatefulSet/keycloak"), "spec", "template",
                "metadata",
                "labels");
        for (Item item : made.items()) {
            assertThat(Sections.at(item.manifest(), "metadata", "labels", "app.kubernetes.io/managed-by"))
                    .as(item.toString())
                    .isEqualTo(Value.text("realmform"));
        }
        for (String[] selector : new String[][]{{"StatefulSet/keycloak", "spec", "selector", "matchLabels"},
            {"Service/keycloak", "spec", "selector"}, {"Service/keycloak-headless", "spec", "selector"},
            {"NetworkPolicy/keycloak", "spec", "podSelector", "matchLabels"},
            {"PodDisruptionBudget/keycloak", "spec", "selector", "matchLabels"}}) {
            Value.MapOf labels = (Value.MapOf) Sections.at(made.object(selector[0]),
                    Stream.of(selector).skip(1).toArray(String[]::new));
            assertThat(labels.isEmpty()).isFalse();
            assertThat(pods.fields()).as(selector[0]).containsAllEntriesOf(labels.fields());
        }
    }

    @Test
    void thePasswordOfTheAdministratorIsInItsSecretAlone() {
        Sections made = with("{}").fine();

        Value.MapOf secret = made.object("Secret/keycloak-admin");
        assertThat(secret.map("data").get("password")).contains(Secret.of("canary-admin", ""));
        assertThat(secret.has("stringData")).isFalse();
        for (Item item : made.items()) {
            if (!item.manifest().equals(secret)) {
                assertThat(Sections.json(item.manifest())).doesNotContain("canary-");
            }
        }
    }

    @Test
    void aSecretThatIsThereIsUsedAndNotMade() {
        Sections made = Sections.of("""
                database: {host: pg, secretName: keycloak-db-secret, secretKey: postgres-password}
                keycloak: {hostname: a.example.com, admin: {user: root, secretName: boss, secretKey: pw}}
                """).fine();

        assertThat(made.names()).noneMatch(name -> name.startsWith("Secret/"));
        assertThat(made.env("StatefulSet/keycloak")).containsEntry("KC_BOOTSTRAP_ADMIN_PASSWORD", "boss/pw")
                .containsEntry("KC_BOOTSTRAP_ADMIN_USERNAME", "root")
                .containsEntry("KC_DB_PASSWORD", "keycloak-db-secret/postgres-password");
    }

    @Test
    void withAnAutoscalerTheNumberOfPodsIsItsOwn() {
        Sections scaled = with("autoscaling: {min: 2, max: 5, cpu: 80, memory: 70}").fine();

        assertThat(scaled.object("StatefulSet/keycloak").map("spec").has("replicas")).isFalse();
        Value.MapOf spec = scaled.object("HorizontalPodAutoscaler/keycloak").map("spec");
        assertThat(spec.get("minReplicas")).contains(Value.num(2));
        assertThat(spec.get("maxReplicas")).contains(Value.num(5));
        assertThat(yaml(spec.get("metrics").orElseThrow())).isEqualTo("[{'resource':{'name':'cpu','target':"
                + "{'averageUtilization':80,'type':'Utilization'}},'type':'Resource'},{'resource':{'name':'memory',"
                + "'target':{'averageUtilization':70,'type':'Utilization'}},'type':'Resource'}]");
        assertThat(scaled.object("HorizontalPodAutoscaler/keycloak").text("apiVersion")).contains("autoscaling/v2");
        Sections fixed = with("replicas: 3").fine();
        assertThat(fixed.object("StatefulSet/keycloak").map("spec").get("replicas")).contains(Value.num(3));
        assertThat(fixed.has("HorizontalPodAutoscaler/keycloak")).isFalse();
        assertThat(fixed.has("PodDisruptionBudget/keycloak")).isTrue();
    }

    @Test
    void nginxIsGivenRoomForTheHeadersOfALogin() {
        Value.MapOf ingress = with("""
                ingress:
                  class: nginx
                  annotations: {nginx.ingress.kubernetes.io/proxy-buffer-size: 64k, team: sso}
                  tls: {secretName: auth-tls}
                """).fine().object("Ingress/keycloak");

        assertThat(yaml(ingress.map("metadata").map("annotations"))).isEqualTo(
                "{'nginx.ingress.kubernetes.io/proxy-buffer-size':'64k',"
                        + "'nginx.ingress.kubernetes.io/proxy-buffers-number':'8','team':'sso'}");
        assertThat(yaml(ingress.map("spec")))
                .isEqualTo("{'ingressClassName':'nginx','rules':[{'host':'auth.example.com',"
                        + "'http':{'paths':[{'backend':{'service':{'name':'keycloak','port':{'name':'http'}}},'path':'/',"
                        + "'pathType':'Prefix'}]}}],'tls':[{'hosts':['auth.example.com'],'secretName':'auth-tls'}]}");
    }

    @Test
    void theLoadBalancerOfAwsAsksTheManagementPort() {
        Sections made = with("ingress: {class: alb, tls: {certificateArn: 'arn:aws:acm:x'}}").fine();

        Value.MapOf ingress = made.object("Ingress/keycloak");
        assertThat(ingress.map("metadata").map("annotations").fields()).containsEntry(
                "alb.ingress.kubernetes.io/healthcheck-port", Value.text("9000"))
                .containsEntry("alb.ingress.kubernetes.io/healthcheck-path", Value.text("/health/ready"))
                .containsEntry("alb.ingress.kubernetes.io/target-type", Value.text("ip"))
                .containsEntry("alb.ingress.kubernetes.io/certificate-arn", Value.text("arn:aws:acm:x"));
        assertThat(ingress.map("spec").has("tls")).isFalse();
        assertThat(yaml(made.object("NetworkPolicy/keycloak"))).contains("9000");
        assertThat(made.env("StatefulSet/keycloak")).containsEntry("KC_PROXY_HEADERS", "xforwarded");
    }

    @Test
    void administratorsMayHaveAHostOfTheirOwn() {
        Sections made = with("""
                adminHostname: https://admin.internal.example.com
                ingress: {class: nginx, tls: {issuer: letsencrypt}}
                adminIngress: {class: nginx-internal}
                """).fine();

        assertThat(made.env("StatefulSet/keycloak")).containsEntry("KC_HOSTNAME_ADMIN",
                "https://admin.internal.example.com");
        assertThat(yaml(made.object("Ingress/keycloak").map("spec")))
                .contains("'path':'/realms/'", "'path':'/resources/'",
                        "'path':'/.well-known/'", "'secretName':'keycloak-tls'")
                .doesNotContain("'path':'/'");
        assertThat(yaml(made.object("Ingress/keycloak-admin").map("spec"))).contains("'path':'/'",
                "'host':'admin.internal.example.com'", "'ingressClassName':'nginx-internal'",
                "'secretName':'keycloak-admin-tls'");
    }

    @Test
    void administratorsMayHaveAPathWhereNginxCutsItOff() {
        Sections made = with("""
                adminHostname: https://auth.example.com/console
                ingress: {class: nginx}
                """).fine();

        Value.MapOf ingress = made.object("Ingress/keycloak-admin");
        assertThat(ingress.map("metadata").map("annotations").text("nginx.ingress.kubernetes.io/rewrite-target"))
                .contains("/$2");
        assertThat(yaml(ingress.map("spec"))).contains("'path':'/console(/|$)(.*)'",
                "'pathType':'ImplementationSpecific'");
        assertThat(with("adminHostname: https://auth.example.com/console\ningress: {class: traefik}").problems())
                .extracting(Problem::what)
                .containsExactly("only nginx can cut the path off the requests");
    }

    @Test
    void aPathOfTheHostIsKeycloaksOwn() {
        Sections made = Sections.of(BASE.replace("auth.example.com", "https://example.com/auth/")
                + "  ingress: {class: nginx}\n").fine();

        assertThat(made.env("StatefulSet/keycloak")).containsEntry("KC_HTTP_RELATIVE_PATH", "/auth")
                .containsEntry("KC_HOSTNAME", "https://example.com/auth");
        assertThat(yaml(made.object("Ingress/keycloak"))).contains("'path':'/auth'", "'host':'example.com'");
    }

    @Test
    void tlsUpToThePodsChangesEveryDoor() {
        Sections made = with("tls: {secretName: kc-tls}\ningress: {class: nginx}").fine();

        assertThat(made.env("StatefulSet/keycloak")).containsEntry("KC_HTTP_ENABLED", "false")
                .containsEntry("KC_HTTPS_CERTIFICATE_FILE", "/etc/realmform/tls/tls.crt");
        assertThat(yaml(made.container("StatefulSet/keycloak"))).contains("'scheme':'HTTPS'", "'containerPort':8443")
                .doesNotContain("8080");
        assertThat(yaml(made.object("Service/keycloak").map("spec"))).contains("'port':443");
        assertThat(yaml(made.object("NetworkPolicy/keycloak"))).contains("8443").doesNotContain("8080");
        assertThat(yaml(made.object("Ingress/keycloak"))).contains("'name':'https'",
                "'nginx.ingress.kubernetes.io/backend-protocol':'HTTPS'");
    }

    @Test
    void podsFindEachOtherByNameWhereTheDatabaseIsNotToSay() {
        Sections made = with("clustering: dns\nreplicas: 2\nenv: {JAVA_OPTS_APPEND: -Xlog:gc}").fine();

        assertThat(made.env("StatefulSet/keycloak")).containsEntry("KC_CACHE_STACK", "kubernetes")
                .containsEntry("JAVA_OPTS_APPEND", "-Djgroups.dns.query=keycloak-headless.keycloak -Xlog:gc");
        assertThat(made.object("Service/keycloak-headless").map("spec").text("clusterIP")).contains("None");
        assertThat(yaml(made.object("NetworkPolicy/keycloak"))).contains("{'port':7800,'protocol':'TCP'}");
    }

    @Test
    void moreEnvironmentIsTakenLiterallyAndWhatIsSecretIsHidden() {
        Sections made = with("""
                env:
                  KC_LOG_LEVEL: info
                  GREETING: 'a $(KC_DB_PASSWORD) b $$ c'
                  KC_SPI_TRUSTSTORE_PASSWORD: canary-trust
                  NODE: {valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}
                  LIMIT: 5
                """).fine();

        assertThat(made.env("StatefulSet/keycloak")).containsEntry("KC_LOG_LEVEL", "info")
                .containsEntry("LIMIT", "5")
                // Kubernetes reads $$ as $ and would put another variable in the place of $(…).
                .containsEntry("GREETING", "a $$(KC_DB_PASSWORD) b $$$$ c")
                .containsEntry("KC_SPI_TRUSTSTORE_PASSWORD", "keycloak-env/KC_SPI_TRUSTSTORE_PASSWORD");
        assertThat(yaml(made.container("StatefulSet/keycloak"))).contains(
                "{'name':'NODE','valueFrom':{'fieldRef':{'fieldPath':'spec.nodeName'}}}").doesNotContain("canary-");
        assertThat(made.object("Secret/keycloak-env").map("data").fields()).containsOnlyKeys(
                "KC_SPI_TRUSTSTORE_PASSWORD");
    }

    static Iterable<String> removed() {
        return RemovedOptions.names();
    }

    @ParameterizedTest
    @MethodSource("removed")
    void anOptionThatKeycloakHasRemovedIsRefusedWithWhatTookItsPlace(String name) {
        Sections made = with("env: {" + name + ": x}");

        assertThat(made.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.what()).isEqualTo("Keycloak does not heed " + name + " any more");
            assertThat(problem.where()).isEqualTo("cluster.yaml:7:3  cluster.keycloak.env." + name);
            assertThat(problem.remedy()).matches("(Write|Its place).*");
        });
        assertThat(made.env("StatefulSet/keycloak")).doesNotContainKey(name);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            env: {KC_HOSTNAME: x}                           | cluster.keycloak.hostname sets KC_HOSTNAME already
            env: {KC_DB_USERNAME: x}                        | cluster.database sets KC_DB_USERNAME already
            env: {KC_BOOTSTRAP_ADMIN_PASSWORD: canary-x}    | cluster.keycloak.admin.password sets KC_BOOTSTRAP_ADMIN_PASSWORD already
            {replicas: 2, autoscaling: {}}                  | with autoscaling the number of pods is not yours to say
            autoscaling: {min: 4, max: 2}                   | max is less than min
            autoscaling: {max: many}                        | this is no whole number
            {replicas: 2, clustering: none}                 | several pods that know nothing of each other would lose logins
            {resources: {limits: {memory: 2Gi}}, autoscaling: {memory: 80}} | memory is a share of what the pods request, and they request none
            tls: {}                                         | tls lacks secretName
            adminHostname: 'https://a b'                    | this is neither a host nor a URL: https://a b
            """)
    void whatCannotBeIsSaid(String more, String what) {
        assertThat(with(more).problems()).extracting(Problem::what).containsExactly(what);
    }

    @Test
    void whatIsMissingIsSaidWithWhatToWrite() {
        Sections made = Sections.of("keycloak: {}");

        assertThat(made.problems()).extracting(Problem::what)
                .containsExactly("Keycloak lacks hostname",
                        "Keycloak has no database");
        assertThat(made.problems()).allSatisfy(problem -> assertThat(problem.remedy()).startsWith("Write "));
        Sections trial = Sections.of("keycloak: {production: false, admin: false}").fine();
        assertThat(trial.container("StatefulSet/keycloak").texts("args")).containsExactly("start-dev");
        assertThat(trial.env("StatefulSet/keycloak")).containsOnlyKeys("KC_CACHE", "KC_HEALTH_ENABLED",
                "KC_HTTP_ENABLED", "KC_HTTP_MANAGEMENT_RELATIVE_PATH");
    }

    @Test
    void anAdministratorOfWhomNothingIsSaidGetsAPasswordThatIsKept() {
        Sections made = Sections.of("{database: {builtin: true}, keycloak: {hostname: a.example.com}}").fine();

        for (String secret : List.of("Secret/keycloak-admin", "Secret/keycloak-database")) {
            assertThat(made.object(secret).map("data").get("password")).contains(
                    new Value.Unknown(Address.of("random", "letters:32"), "value"));
        }
        assertThat(Sections.of("{database: {builtin: true}, keycloak: {hostname: a.example.com, admin: false}}")
                .fine()
                .env("StatefulSet/keycloak")).doesNotContainKey("KC_BOOTSTRAP_ADMIN_USERNAME");
    }

    @Test
    void namesAndImagesAreTheUsersOwn() {
        Sections made = Sections.of("""
                namespace: sso
                database: {host: pg, passwordless: true}
                keycloak: {name: kc, createNamespace: false, hostname: a.example.com, admin: false, optimized: true,
                  image: mirror.example.com/keycloak:26, imagePullPolicy: Always, pullSecrets: [mirror-login],
                  podAnnotations: {a: b}, nodeSelector: {disk: ssd}, tolerations: [{key: x, operator: Exists}],
                  affinity: {nodeAffinity: {}}, priorityClassName: high, metrics: true, networkPolicy: false,
                  service: {type: LoadBalancer, annotations: {lb: internal}}, resources: {requests: {cpu: 1}}}
                """).fine();

        assertThat(made.names()).containsExactly("Service/kc", "Service/kc-headless", "StatefulSet/kc");
        assertThat(made.items()).allSatisfy(item -> assertThat(Sections.at(item.manifest(), "metadata", "namespace"))
                .isEqualTo(Value.text("sso")));
        assertThat(made.container("StatefulSet/kc").texts("args")).containsExactly("start", "--optimized");
        assertThat(yaml(made.object("StatefulSet/kc"))).contains("'imagePullSecrets':[{'name':'mirror-login'}]",
                "'image':'mirror.example.com/keycloak:26'", "'imagePullPolicy':'Always'", "'disk':'ssd'", "'key':'x'",
                "'priorityClassName':'high'", "'resources':{'requests':{'cpu':1}}", "'annotations':{'a':'b'}");
        assertThat(yaml(made.object("Service/kc"))).contains("'type':'LoadBalancer'",
                "'annotations':{'lb':'internal'}");
        assertThat(made.env("StatefulSet/kc")).containsEntry("KC_METRICS_ENABLED", "true");
    }

    /** What a server would drop or refuse: null, empty lists and maps, numbers in annotations. */
    @Test
    void noManifestHoldsAnythingEmpty() {
        Sections made = with("ingress: {class: nginx, annotations: {a: 1, b: true}}\nautoscaling: {}").fine();

        made.items().forEach(item -> assertNothingEmpty(item.manifest(), Path.ROOT));
        assertThat(made.object("Ingress/keycloak").map("metadata").map("annotations").text("a")).contains("1");
    }

    private static void assertNothingEmpty(Value value, Path path) {
        switch (value) {
            case Value.MapOf map -> {
                assertThat(map.isEmpty()).as(path.toString()).isFalse();
                map.fields().forEach((name, field) -> assertNothingEmpty(field, path.then(name)));
            }
            case Value.ListOf(List<Value> items) -> {
                assertThat(items).as(path.toString()).isNotEmpty();
                items.forEach(item -> assertNothingEmpty(item, path));
            }
            case Value.Null ignored -> throw new AssertionError(path + " is null");
            default -> {
                // A single value.
            }
        }
    }
}
