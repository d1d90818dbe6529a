package dev.realmform.state;

import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why TLS cannot be agreed with a server, where trying again does not help.
 *
 * @param words  what is wrong
 * @param remedy what to do
 */
record TlsFailure(String words, String remedy) {

    /** Empty if it is something else, or a connection that was cut off. */
    static Optional<TlsFailure> of(@Nullable Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            String text = String.valueOf(cause.getMessage());
            if (cause instanceof CertPathBuilderException) {
                return Optional.of(new TlsFailure("the server's certificate is not trusted",
                        "If it is from a certificate authority of your own, name that one's file:"
                                + " REALMFORM_STATE_CA_FILE or realmform.state.http.caFile."));
            }
            if (cause instanceof CertificateExpiredException) {
                return Optional.of(new TlsFailure("the server's certificate has expired",
                        "Renew it on the server; and is this machine's clock right?"));
            }
            if (cause instanceof CertificateException && text.startsWith("No ")) {
                return Optional.of(new TlsFailure("the server's certificate is for another name",
                        "Use the name that the certificate was made for."));
            }
            if (cause instanceof IOException && text.contains("plaintext connection")) {
                return Optional.of(new TlsFailure("it does not speak TLS on this port",
                        "Write http:// in place of https://, or name the port that speaks TLS."));
            }
        }
        return Optional.empty();
    }
}
