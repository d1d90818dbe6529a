package dev.realmform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Address;
import dev.realmform.model.Origin;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether Keycloak's name leads to its Ingress: names by a table, certificates from a server on loopback. */
class FrontDoorTest {

    private static final String HOST = "auth.example.com";
    private static final Address INGRESS = Address.of("Ingress", "keycloak", "keycloak");
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    Path folder;

    private final List<SSLServerSocket> servers = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();

    @AfterEach
    void stopped() throws IOException {
        for (SSLServerSocket server : servers) {
            server.close();
        }
    }

    /** Names by a table; certificates are those that are shown on a port of loopback. */
    private Street street(Map<String, String> names, int port) {
        Street real = Street.real(port);
        return new Street() {
            @Override
            public List<InetAddress> resolve(String host) {
                asked.add(host);
                try {
                    return names.containsKey(host) ? List.of(InetAddress.getByName(names.get(host))) : List.of();
                } catch (UnknownHostException e) {
                    throw new AssertionError(e);
                }
            }

            @Override
            public Optional<X509Certificate> certificate(String host, InetAddress at, Duration patience) {
                return real.certificate(host, InetAddress.getLoopbackAddress(), patience);
            }
        };
    }

    private static Resource ingress(String product) {
        return Resource.desired(INGRESS, Value.EMPTY_MAP
                .with("metadata", Value.EMPTY_MAP.with("labels",
                        Value.EMPTY_MAP.with("app.kubernetes.io/name", Value.text(product))))
                .with("spec", Value.EMPTY_MAP.with("rules",
                        new Value.ListOf(List.of(Value.EMPTY_MAP.with("host", Value.text(HOST)))))),
                Origin.NONE);
    }

    private static Optional<Value.MapOf> published(String field, String... at) {
        return Optional.of(Value.EMPTY_MAP.with("status", Value.EMPTY_MAP.with("loadBalancer",
                Value.EMPTY_MAP.with("ingress", new Value.ListOf(List.of(at)
                        .stream()
                        .map(point -> (Value) Value.EMPTY_MAP.with(field, Value.text(point)))
                        .toList())))));
    }

    private List<Plan.Notice> notices(Map<String, String> names, int port, Optional<Value.MapOf> live) {
        return notices(names, port, live, Instant.now());
    }

    private List<Plan.Notice> notices(Map<String, String> names, int port, Optional<Value.MapOf> live, Instant now) {
        return new FrontDoor(street(names, port), InstantSource.fixed(now), FrontDoor.PATIENCE)
                .notices(List.of(ingress("keycloak")), address -> live);
    }

    /** A port on which this certificate is shown. */
    private int serving(String... names) throws IOException, GeneralSecurityException, InterruptedException {
        Path file = folder.resolve("door" + servers.size() + ".p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", "door", "-keyalg", "EC", "-dname", "CN=" + HOST, "-validity", "2", "-ext",
                "SAN=" + String.join(",", names), "-storetype", "PKCS12", "-storepass", new String(PASSWORD),
                "-keystore", file.toString()).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, new SecureRandom());
        SSLServerSocket server = (SSLServerSocket) context.getServerSocketFactory()
                .createServerSocket(0, 5, InetAddress.getLoopbackAddress());
        servers.add(server);
        Thread.ofVirtual().start(() -> shake(server));
        return server.getLocalPort();
    }

    private static void shake(SSLServerSocket server) {
        while (!server.isClosed()) {
            try (SSLSocket socket = (SSLSocket) server.accept()) {
                socket.startHandshake();
                socket.getInputStream().read();
            } catch (IOException e) {
                // The test has ended, or the other side has seen enough.
            }
        }
    }

    @Test
    void whatIsAsItShouldBeIsNotSpokenOf() throws Exception {
        assertThat(notices(Map.of(HOST, "192.0.2.7", "192.0.2.7", "192.0.2.7"), serving("dns:" + HOST),
                published("ip", "192.0.2.7"))).isEmpty();
        assertThat(notices(Map.of(HOST, "192.0.2.7", "lb.example.net", "192.0.2.7"), serving("dns:*.example.com"),
                published("hostname", "lb.example.net"))).isEmpty();
    }

    @Test
    void nobodyIsAskedWhereThereIsNoIngressOfKeycloakYet() {
        assertThat(notices(Map.of(), 1, Optional.empty())).isEmpty();
        FrontDoor door = new FrontDoor(street(Map.of(), 1), InstantSource.system(), FrontDoor.PATIENCE);
        assertThat(door.notices(List.of(ingress("shop")), address -> published("ip", "192.0.2.7"))).isEmpty();
        assertThat(door.notices(List.of(ingress("keycloak")), address -> {
            throw Problem.failed("may not be read", "", "").asException();
        })).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void aNameThatDoesNotResolveIsSaidWithWhereItHasToLead() {
        assertThat(notices(Map.of(), 1, published("ip", "192.0.2.7"))).containsExactly(new Plan.Notice.General(
                "auth.example.com does not resolve here: its DNS record has to lead to 192.0.2.7, where"
                        + " Ingress/keycloak/keycloak is"));
        assertThat(notices(Map.of(), 1, published("ip"))).containsExactly(
                new Plan.Notice.General("auth.example.com does not resolve here"));
    }

    @Test
    void aNameThatLeadsElsewhereIsAWarning() {
        assertThat(notices(Map.of(HOST, "192.0.2.8", "192.0.2.7", "192.0.2.7"), 1, published("ip", "192.0.2.7")))
                .containsExactly(new Plan.Notice.Warning(Optional.of(INGRESS),
                        "auth.example.com leads to 192.0.2.8, and the Ingress is at 192.0.2.7: correct its DNS record,"
                                + " unless a proxy stands in between"));
    }

    @Test
    void aCertificateForOthersOrOutOfDateIsAWarning() throws Exception {
        int port = serving("dns:ingress.local", "ip:127.0.0.1");
        Map<String, String> names = Map.of(HOST, "192.0.2.7");
        assertThat(notices(names, port, published("ip"))).containsExactly(new Plan.Notice.Warning(Optional.of(INGRESS),
                "the certificate that auth.example.com shows is not for it, but for 127.0.0.1, ingress.local: browsers"
                        + " refuse it"));
        int good = serving("dns:" + HOST);
        assertThat(notices(names, good, published("ip"), Instant.now().plus(Duration.ofDays(3)))).singleElement()
                .satisfies(notice -> assertThat(notice.text()).contains("has been out of date since 2"));
        assertThat(notices(names, good, published("ip"), Instant.now().minus(Duration.ofDays(3)))).singleElement()
                .satisfies(notice -> assertThat(notice.text()).contains("is good only from 2"));
    }

    @Test
    void aLookUpThatHangsIsNotWaitedFor() {
        Street hanging = new Street() {
            @Override
            public List<InetAddress> resolve(String host) {
                try {
                    Thread.sleep(Duration.ofMinutes(1));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return List.of();
            }

            @Override
            public Optional<X509Certificate> certificate(String host, InetAddress at, Duration patience) {
                throw new AssertionError("nobody gets there");
            }
        };
        long begun = System.nanoTime();
        assertThat(new FrontDoor(hanging, InstantSource.system(), Duration.ofSeconds(1))
                .notices(List.of(ingress("keycloak")), address -> published("ip", "192.0.2.7")))
                .containsExactly(new Plan.Notice.General(
                        "where auth.example.com leads to was not found out within 1 s"));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @CsvSource({"auth.example.com, true", "AUTH.example.com, true", "a.wild.example.com, true",
        "a.b.wild.example.com, false", "wild.example.com, false", "example.com, false"})
    void aStarStandsForOneLabel(String host, boolean covered) {
        assertThat(CertificateNames.cover(java.util.Set.of("auth.example.com", "*.wild.example.com"), host))
                .isEqualTo(covered);
    }
}
