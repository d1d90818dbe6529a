package dev.realmform.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/** What TLS fails for is told by what helps, and only what helps nothing is tried again. */
class TlsFailureTest {

    private static IOException handshake(Throwable cause) {
        return new IOException(new SSLHandshakeException("failed").initCause(cause));
    }

    @Test
    void aCertificateThatIsNotTrustedNamesTheFileOfTheAuthority() {
        TlsFailure failure = TlsFailure.of(handshake(new CertPathBuilderException("no path"))).orElseThrow();
        assertThat(failure.words()).isEqualTo("the server's certificate is not trusted");
        assertThat(failure.remedy()).contains("REALMFORM_STATE_CA_FILE", "realmform.state.http.caFile");
    }

    @Test
    void othersNameTheirCause() {
        assertThat(TlsFailure.of(handshake(new CertificateExpiredException()))).map(TlsFailure::words)
                .contains("the server's certificate has expired");
        assertThat(TlsFailure.of(handshake(new CertificateNotYetValidException()))).map(TlsFailure::words)
                .contains("the server's certificate is not valid yet");
        assertThat(TlsFailure.of(handshake(new CertificateException("No name matching sso found"))))
                .map(TlsFailure::words)
                .contains("the server's certificate is for another name");
        assertThat(TlsFailure.of(new SSLException("Unrecognized SSL message, plaintext connection?")))
                .map(TlsFailure::remedy)
                .hasValueSatisfying(remedy -> assertThat(remedy).startsWith("Write http://"));
    }

    @Test
    void aConnectionThatWasCutOffIsNone() {
        assertThat(TlsFailure.of(handshake(new EOFException()))).isEmpty();
        assertThat(TlsFailure.of(new IOException("reset"))).isEmpty();
    }
}
