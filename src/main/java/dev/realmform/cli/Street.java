package dev.realmform.cli;

import dev.realmform.keycloak.admin.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** The network, as far as it is asked where a name leads to and which certificate is shown there. Nothing is sent to anybody. */
interface Street {

    int HTTPS = 443;

    /** The addresses of a name, or the one that it is; none if it leads nowhere. */
    List<InetAddress> resolve(String host);

    /** The certificate that is shown for a host; empty if nobody speaks TLS there, or cannot be reached from here. */
    Optional<X509Certificate> certificate(String host, InetAddress at, Duration patience);

    /** The one that this machine is in. */
    static Street real(int port) {
        return new Street() {
            @Override
            public List<InetAddress> resolve(String host) {
                try {
                    return List.of(InetAddress.getAllByName(host));
                } catch (UnknownHostException e) {
                    return List.of();
                }
            }

            @Override
            public Optional<X509Certificate> certificate(String host, InetAddress at, Duration patience) {
                return shown(host, new InetSocketAddress(at, port), (int) patience.toMillis());
            }
        };
    }

    /** Whatever it is: who it is good for is looked at, not whether somebody vouches for it. */
    private static Optional<X509Certificate> shown(String host, InetSocketAddress at, int millis) {
        SSLContext context = Tls.context(Optional.empty(), Optional.empty(), true, host).orElseThrow();
        try (Socket plain = new Socket()) {
            plain.connect(at, millis);
            try (SSLSocket socket = (SSLSocket) context.getSocketFactory()
                    .createSocket(plain, host, at.getPort(), true)) {
                socket.setSoTimeout(millis);
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setServerNames(List.of(new SNIHostName(host)));
                socket.setSSLParameters(parameters);
                socket.startHandshake();
                return socket.getSession().getPeerCertificates()[0] instanceof X509Certificate certificate
                        ? Optional.of(certificate)
                        : Optional.empty();
            }
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
