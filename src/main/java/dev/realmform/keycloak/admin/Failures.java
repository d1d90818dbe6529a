package dev.realmform.keycloak.admin;

import dev.realmform.model.CertificateFault;
import dev.realmform.model.Problem;
import java.io.EOFException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.http.client.ClientProtocolException;
import org.apache.http.conn.ConnectTimeoutException;

/** Says in plain words why no answer came. */
final class Failures {

    private static final String WAIT = "Look at the server, and at the proxy in front of it; --wait rides out a restart.";

    private static final Pattern NO_TLS = Pattern.compile("plaintext|unrecognized SSL message");

    private final String address;
    private final Duration timeout;
    private volatile boolean heard;

    Failures(String address, Duration timeout) {
        this.address = address;
        this.timeout = timeout;
    }

    String address() {
        return address;
    }

    /** What an exception of the HTTP client means. */
    Exchange.Broken broken(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            Optional<Exchange.Broken> known = known(cause, thrown);
            if (known.isPresent()) {
                return known.get();
            }
        }
        return new Exchange.Broken(unreachable("the connection broke before an answer came",
                WAIT + schemeInDoubt(), thrown),
                "connection broke", true, false);
    }

    /** Something has answered there: the scheme and the port are right. */
    void heard() {
        heard = true;
    }

    /** As long as nothing has ever answered, the address may name the wrong scheme. */
    private String schemeInDoubt() {
        return heard ? ""
                : isTls() ? " If this port speaks plain HTTP, write http:// in place of https://."
                        : " If this port speaks TLS, write https:// in place of http://.";
    }

    private boolean isTls() {
        return address.startsWith("https:");
    }

    private Optional<Exchange.Broken> known(Throwable cause, Throwable thrown) {
        return Optional.ofNullable(switch (cause) {
            case ConnectTimeoutException _ -> notSent("no connection within " + seconds(), "connect timed out",
                    "Is the address right, and is it open in the firewall? realmform.server.timeout gives it longer.",
                    thrown);
            case NoRouteToHostException _ -> notSent("there is no route to the host", "no route",
                    "Is the address right, and is this machine in the right network?", thrown);
            case ConnectException _ -> notSent("the connection was refused", "refused",
                    "Does the server run, and is the port right? --wait waits for one that is starting.", thrown);
            case UnknownHostException _ -> notSent("the host name is not known", "unknown host",
                    "Is the address right, and does this machine's name service know it?", thrown);
            case SSLPeerUnverifiedException _ -> tls("its certificate is for another name",
                    "Use the name that the certificate was made for.", thrown);
            case SSLHandshakeException e when e.getCause() instanceof EOFException -> cutShort(thrown);
            case SSLHandshakeException _ -> tls(thrown);
            case SSLException e when NO_TLS.matcher(String.valueOf(e.getMessage())).find() -> tls(
                    "it does not speak TLS on this port",
                    "Write http:// in place of https://, or name the port that speaks TLS.", thrown);
            case ClientProtocolException _ when !heard && !isTls() -> new Exchange.Broken(
                    unreachable("it does not speak plain HTTP on this port",
                            "If this port speaks TLS, write https:// in place of http://.", thrown),
                    "no HTTP", true, true);
            case SocketTimeoutException _ -> timedOut(thrown);
            case InterruptedIOException _ -> timedOut(thrown);
            default -> null;
        });
    }

    private Exchange.Broken timedOut(Throwable thrown) {
        return new Exchange.Broken(unreachable("no answer within " + seconds(),
                "The server is overloaded, or the time is too short: realmform.server.timeout.", thrown), "timed out",
                true, false);
    }

    private Exchange.Broken notSent(String what, String brief, String remedy, Throwable thrown) {
        return new Exchange.Broken(unreachable(what, remedy, thrown), brief, false, false);
    }

    /** As a port without TLS does it, or one behind which a server is just going away. */
    private Exchange.Broken cutShort(Throwable thrown) {
        return new Exchange.Broken(unreachable("the connection was closed before TLS was agreed",
                WAIT + schemeInDoubt(), thrown),
                "TLS failed",
                false, !heard);
    }

    private Exchange.Broken tls(Throwable thrown) {
        return CertificateFault.of(thrown, "realmform.server.caFile or KEYCLOAK_CA_FILE")
                .map(fault -> tls("its certificate " + fault.words(), fault.remedy(), thrown))
                .orElseGet(() -> tls("the TLS handshake failed",
                        "Perhaps a missing client certificate (clientCert, clientKey); --verbose shows the cause.",
                        thrown));
    }

    private Exchange.Broken tls(String what, String remedy, Throwable thrown) {
        return new Exchange.Broken(unreachable(what, remedy, thrown), "TLS failed", false, true);
    }

    /** The server, or a proxy in front of it, is there but cannot serve. */
    Problem status(int status) {
        return unreachable("it answers with status " + status,
                "Is it starting (--wait waits for it), or overloaded? Look at it, and at the proxy in front of it.");
    }

    /** Following would send the login to an address that nobody chose. */
    Problem redirected(String location) {
        String bare = location.replaceFirst("[?#].*", "").replaceFirst("//[^/@]*@", "//");
        return unreachable("it redirects to " + bare, "Name the address that it redirects to: realmform.server.url.");
    }

    Problem notJson(int status) {
        return unreachable("something answers there with status " + status + ", but not as Keycloak does",
                "Is the path right (" + address + "/auth for older or moved servers), and no login page in between?");
    }

    Problem unreachable(String what, String remedy, Throwable thrown) {
        return unreachable(what, remedy).causedBy(thrown);
    }

    Problem unreachable(String what, String remedy) {
        return new Problem(Problem.Kind.UNREACHABLE, "cannot reach Keycloak: " + what, address, remedy,
                Optional.empty());
    }

    private String seconds() {
        return timeout.toMillis() % 1000 == 0 ? timeout.toSeconds() + " s" : timeout.toMillis() + " ms";
    }
}
