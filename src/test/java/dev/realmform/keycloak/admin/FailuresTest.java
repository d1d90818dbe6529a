package dev.realmform.keycloak.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Problem;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailuresTest {

    static Stream<Arguments> certificates() {
        return Stream.of(
                Arguments.of(new CertificateExpiredException("NotAfter"), "its certificate has expired", "clock"),
                Arguments.of(new CertificateNotYetValidException("NotBefore"), "its certificate is not valid yet",
                        "clock"),
                Arguments.of(new CertificateException("unknown"), "the TLS handshake failed", "--verbose"));
    }

    @ParameterizedTest
    @MethodSource("certificates")
    void whatIsWrongWithACertificateIsSaid(CertificateException wrong, String what, String remedy) {
        SSLHandshakeException handshake = new SSLHandshakeException("PKIX path validation failed");
        handshake.initCause(wrong);

        Problem problem = new Failures("https://sso.example.com", Duration.ofSeconds(30)).broken(handshake).problem();

        assertThat(problem.what()).contains(what);
        assertThat(problem.remedy()).contains(remedy);
    }
}
