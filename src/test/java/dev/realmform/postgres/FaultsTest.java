package dev.realmform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.realmform.model.Address;
import dev.realmform.model.Origin;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Resource;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What is said of servers that are none, or none for us. */
class FaultsTest {

    /** What is said of a server that answers the first request so. */
    private static Problem problem(byte[] answer, UnaryOperator<Value.MapOf> how) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                while (!server.isClosed()) {
                    try (Socket socket = server.accept()) {
                        socket.getInputStream().readNBytes(8);
                        socket.getOutputStream().write(answer);
                    } catch (IOException e) {
                        // The test has ended, or the driver has heard enough.
                    }
                }
            });
            Value.MapOf via = how.apply(Value.EMPTY_MAP.with("host", Value.text("127.0.0.1"))
                    .with("port", Value.num(server.getLocalPort()))
                    .with("user", Value.text("root")));
            Resource database = Resource.desired(Address.of(Address.DATABASE, "127.0.0.1", "x"),
                    Value.EMPTY_MAP.with("user", Value.text("u")).with("via", via), Origin.NONE);
            return catchThrowableOfType(ProblemException.class, () -> new Look(database).take()).problems().getFirst();
        }
    }

    @Test
    void aServerWithoutTlsIsNotEnteredWhereTlsIsAskedFor() throws IOException {
        Problem problem = problem("N".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                via -> via.with("tls", Value.text("require")).with("password", Secret.of("canary", "$(secret:x)")));

        assertThat(problem.what()).contains("cannot be reached with TLS: ");
        assertThat(problem.kind()).isEqualTo(Problem.Kind.UNREACHABLE);
    }

    @Test
    void whoHangsUpIsAnOutage() throws IOException {
        Problem problem = problem(new byte[0], via -> via.with("tls", Value.text("disable")));

        assertThat(problem.what()).startsWith("the PostgreSQL server 127.0.0.1:").contains("cannot be reached: ");
        assertThat(problem.kind()).isEqualTo(Problem.Kind.UNREACHABLE);
    }
}
