package dev.realmform.state;

import dev.realmform.model.CertificateFault;
import java.io.IOException;
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
        Optional<TlsFailure> certificate = CertificateFault
                .of(thrown, "REALMFORM_STATE_CA_FILE or realmform.state.http.caFile")
                .map(fault -> new TlsFailure("the server's certificate " + fault.words(), fault.remedy()));
        return certificate.isPresent() ? certificate : plain(thrown);
    }

    private static Optional<TlsFailure> plain(@Nullable Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException && String.valueOf(cause.getMessage()).contains("plaintext connection")) {
                return Optional.of(new TlsFailure("it does not speak TLS on this port",
                        "Write http:// in place of https://, or name the port that speaks TLS."));
            }
        }
        return Optional.empty();
    }
}
