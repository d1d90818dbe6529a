package dev.realmform.keycloak.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void plainHttpOnATlsAddressIsNamed() {
        try (FaultyServer plain = FaultyServer.start()) {
            URI wrong = URI.create("https://127.0.0.1:" + plain.url().getPort());

            assertThat(refused(World.connection(wrong).withTimeout(Duration.ofSeconds(1))).what()).isNotEmpty();
        }
    }
}
