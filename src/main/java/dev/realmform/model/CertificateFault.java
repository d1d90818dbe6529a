package dev.realmform.model;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the certificate of a server, as the JDK says it. Trying again does not help.
 *
 * @param words  what is wrong, behind "certificate": {@code is not trusted}
 * @param remedy what to do
 */
public record CertificateFault(String words, String remedy) {

    /**
     * Empty if it is something else.
     *
     * @param authority the settings that name an authority of one's own, for the remedy
     */
    public static Optional<CertificateFault> of(@Nullable Throwable thrown, String authority) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            Optional<CertificateFault> known = known(cause, authority);
            if (known.isPresent()) {
                return known;
            }
        }
        return Optional.empty();
    }

    private static Optional<CertificateFault> known(Throwable cause, String authority) {
        return switch (cause) {
            case CertPathBuilderException _ -> fault("is not trusted",
                    "If it is from a certificate authority of your own, name that one's file: " + authority + ".");
            case CertificateExpiredException _ -> fault("has expired",
                    "Renew it on the server, or on the proxy in front of it; and is this machine's clock right?");
            case CertificateNotYetValidException _ -> fault("is not valid yet",
                    "Is this machine's clock right? Else the certificate was made for a later time.");
            case CertificateException e when isAboutNames(String.valueOf(e.getMessage())) -> fault(
                    "is for another name", "Use the name that the certificate was made for.");
            default -> Optional.empty();
        };
    }

    /** "No subject alternative names present", "No name matching sso found". */
    private static boolean isAboutNames(String text) {
        return text.startsWith("No ") || text.contains("subject alternative");
    }

    private static Optional<CertificateFault> fault(String words, String remedy) {
        return Optional.of(new CertificateFault(words, remedy));
    }
}
