package dev.realmform.keycloak.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.realmform.keycloak.admin.FaultyServer.Deed;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TlsTest {

    @TempDir
    private static Path folder;

    private static TestCertificate ours;
    private static TestCertificate elsewhere;
    private static TestCertificate client;
    private static FaultyServer server;
    private static FaultyServer mutual;

    private final World world = new World();

    @BeforeAll
    static void start() {
        ours = TestCertificate.make(folder, "127.0.0.1", "-keyalg", "EC");
        elsewhere = TestCertificate.make(folder, "127.0.0.2", "-keyalg", "EC");
        client = TestCertificate.make(folder, "127.0.0.3", "-keyalg", "RSA");
        server = FaultyServer.start(ours.serving(client), false);
        mutual = FaultyServer.start(ours.serving(client), true);
    }

    @AfterAll
    static void stop() {
        server.close();
        mutual.close();
    }

    private void reach(Connection connection) {
        try (HttpAdmin admin = new HttpAdmin(connection, world.surroundings())) {
            admin.get(Request.get("retail"));
        }
    }

    private Problem refused(Connection connection) {
        Throwable thrown = catchThrowable(() -> reach(connection));
        assertThat(thrown).isInstanceOf(ProblemException.class);
        Problem problem = ((ProblemException) thrown).problems().getFirst();
        assertThat(problem.kind()).isEqualTo(Problem.Kind.UNREACHABLE);
        return problem;
    }

    private static Connection to(FaultyServer target) {
        return World.connection(target.url());
    }

    @Test
    void anUnknownCertificateIsRefusedAtOnceAndTheRemedyNamesTheCaFile() {
        Problem problem = refused(to(server));

        assertThat(problem.what()).contains("certificate is not trusted");
        assertThat(problem.remedy()).contains("realmform.server.caFile");
        assertThat(world.slept).isEmpty();
    }

    @Test
    void aCertificateOfOnesOwnIsTrustedIfItsFileIsNamed() {
        reach(to(server).trusting(ours.certificateFile(folder)));

        assertThat(world.warnings).isEmpty();
    }

    @Test
    void theJdksOwnAuthoritiesStayTrustedBesideOnesOwn() {
        // Nothing leaves the machine: the list is what is looked at.
        assertThat(Tls.trusted(to(server).trusting(ours.certificateFile(folder)))).hasSizeGreaterThan(20)
                .anyMatch(known -> known.equals(ours.certificate()));
    }

    @Test
    void aCertificateForAnotherNameIsRefused() {
        try (FaultyServer other = FaultyServer.start(elsewhere.serving(client), false)) {
            Problem problem = refused(to(other).trusting(elsewhere.certificateFile(folder)));

            assertThat(problem.what()).contains("for another name");
        }
    }

    @Test
    void insecureTlsTrustsAnyoneAndSaysSoLoudly() {
        try (FaultyServer other = FaultyServer.start(elsewhere.serving(client), false)) {
            reach(to(other).insecure());
        }
        assertThat(world.warnings).singleElement().asString().contains("insecureTls", "not checked");
    }

    @Test
    void aServerThatAsksForACertificateGetsIt() {
        Connection connection = to(mutual).trusting(ours.certificateFile(folder));
        reach(connection.as(new Connection.Identity(client.certificateFile(folder), client.keyFile(folder))));

        refused(connection);
    }

    @Test
    void aKeyThatIsNotTheCertificatesIsRefused() {
        Connection connection = to(mutual).trusting(ours.certificateFile(folder))
                .as(new Connection.Identity(client.certificateFile(folder), elsewhere.keyFile(folder)));

        assertThatThrownBy(() -> reach(connection)).isInstanceOf(ProblemException.class);
    }

    @Test
    void aFileWithoutACertificateIsNamed() {
        assertThatThrownBy(() -> reach(to(server).trusting(client.keyFile(folder))))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problems().getFirst().kind()).isEqualTo(Problem.Kind.INVALID);
                    assertThat(e.problems().getFirst().where()).endsWith(".pem");
                });
    }

    /** What a plain HTTP port does when a client wants TLS: each server has its own way. */
    enum Greeting {
        CLOSES, RESETS, ANSWERS
    }

    @ParameterizedTest
    @EnumSource
    void aPlainPortBehindAnHttpsAddressIsNamedAndSoIsTheFix(Greeting greeting) throws IOException {
        try (ServerSocket plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> greet(plain, greeting));

            Problem problem = refused(World.connection(URI.create("https://127.0.0.1:" + plain.getLocalPort())));

            assertThat(problem.remedy()).contains("http:// in place of https://");
        }
    }

    private static void greet(ServerSocket plain, Greeting greeting) {
        while (!plain.isClosed()) {
            try (Socket client = plain.accept()) {
                assertThat(client.getInputStream().read(new byte[4096])).isPositive();
                switch (greeting) {
                    case CLOSES -> client.shutdownOutput();
                    case RESETS -> client.setSoLinger(true, 0);
                    case ANSWERS -> client.getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                }
            } catch (IOException e) {
                // closed, or the client went away
            }
        }
    }

    @Test
    void aTlsPortBehindAnHttpAddressIsNamedAndSoIsTheFix() {
        Problem problem = refused(World.connection(URI.create("http://127.0.0.1:" + server.url().getPort())));

        assertThat(problem.remedy()).contains("https:// in place of http://");
    }

    @Test
    void aConnectionThatBreaksLaterDoesNotPutTheSchemeInDoubt() {
        try (FaultyServer breaking = FaultyServer.start()) {
            Deed reset = new Deed.Reset();
            breaking.on("GET /admin/realms/retail", reset, reset, reset, reset);

            assertThat(refused(to(breaking)).remedy()).doesNotContain("in place of");
        }
    }
}
