package dev.realmform.cli;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** For which hosts a certificate is good, by the rules of browsers: its alternative names alone count (RFC 6125, 9525). */
final class CertificateNames {

    private static final int DNS = 2;
    private static final int IP = 7;

    private CertificateNames() {}

    static Set<String> of(X509Certificate certificate) {
        Set<String> names = new TreeSet<>();
        try {
            Collection<List<?>> all = Optional.ofNullable(certificate.getSubjectAlternativeNames()).orElse(List.of());
            for (List<?> name : all) {
                if (name.get(0) instanceof Integer kind && (kind == DNS || kind == IP)
                        && name.get(1) instanceof String text) {
                    names.add(text.toLowerCase(Locale.ROOT));
                }
            }
        } catch (CertificateParsingException e) {
            // Browsers would not make sense of it either: it is good for nobody.
            return Set.of();
        }
        return names;
    }

    /** A star stands for one label, the first. */
    static boolean cover(Set<String> names, String host) {
        String asked = host.toLowerCase(Locale.ROOT);
        int dot = asked.indexOf('.');
        return names.contains(asked) || (dot > 0 && names.contains("*" + asked.substring(dot)));
    }
}
