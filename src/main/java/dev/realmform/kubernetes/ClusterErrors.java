package dev.realmform.kubernetes;

import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** What a cluster's refusal, or its silence, is for people and for the exit code. */
public final class ClusterErrors {

    private static final int LONGEST = 300;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    private ClusterErrors() {}

    /**
     * The problem that an exception of the client is.
     *
     * @param what  what could not be done, without a full stop
     * @param where the address of the object
     */
    public static ProblemException of(KubernetesClientException e, String what, String where) {
        int code = e.getCode();
        if (isSilence(e)) {
            return new Problem(Problem.Kind.UNREACHABLE, what + ": " + silence(e), where,
                    "Does the API server run, and can it be reached from here? kubectl get --raw /version shows it.",
                    Optional.of(e)).asException();
        }
        String said = what + ": " + words(e) + " (status " + code + ")";
        if (isNobody(code, words(e))) {
            return new Problem(Problem.Kind.LOGIN, said, where,
                    "No login was sent. Does the kubeconfig name one, and does its login helper (users: exec) or token file"
                            + " give it? kubectl auth whoami shows it.",
                    Optional.of(e)).asException();
        }
        return switch (code) {
            case UNAUTHORIZED -> new Problem(Problem.Kind.LOGIN, said, where,
                    "The cluster does not take this login. Has it run out? Log in again, as for kubectl.",
                    Optional.of(e)).asException();
            case FORBIDDEN -> new Problem(Problem.Kind.FORBIDDEN, said, where,
                    "Give this login the right that is named there, by a Role and a RoleBinding.", Optional.of(e))
                    .asException();
            default -> code == TOO_MANY || code >= SERVER_ERROR
                    ? new Problem(Problem.Kind.UNREACHABLE, said, where, "The API server has trouble. Try again later.",
                            Optional.of(e)).asException()
                    : Problem.failed(said, where, "").causedBy(e).asException();
        };
    }

    /** Whether the server was not told who asks: as it goes on where a login helper fails. */
    static boolean isNobody(int code, String message) {
        return code == FORBIDDEN && message.contains("User \"system:anonymous\"");
    }

    /** Whether the server gave no answer at all: then nobody knows whether the request arrived. */
    public static boolean isSilence(KubernetesClientException e) {
        return e.getCode() <= 0;
    }

    /** What the server says, on one line. */
    public static String words(KubernetesClientException e) {
        String said = e.getStatus() == null ? null : e.getStatus().getMessage();
        String text = Optional.ofNullable(said).or(() -> Optional.ofNullable(e.getMessage())).orElse("no reason given");
        return printable(text);
    }

    private static String silence(Throwable e) {
        for (Throwable one = e; one != null; one = one.getCause()) {
            switch (one) {
                case UnresolvedAddressException ignored -> {
                    return "the host name is not known";
                }
                case HttpTimeoutException ignored -> {
                    return "there was no answer in time";
                }
                case TimeoutException ignored -> {
                    return "there was no answer in time";
                }
                case SSLException failed -> {
                    return "no secure connection: " + printable(String.valueOf(failed.getMessage()));
                }
                case ConnectException failed when !isUnresolved(failed) -> {
                    return "the connection was refused";
                }
                case IOException failed when failed.getCause() == null && failed.getMessage() != null -> {
                    return "the connection failed: " + printable(failed.getMessage());
                }
                default -> {
                }
            }
        }
        return printable(String.valueOf(e.getMessage()));
    }

    private static boolean isUnresolved(Throwable e) {
        for (Throwable one = e; one != null; one = one.getCause()) {
            if (one instanceof UnresolvedAddressException) {
                return true;
            }
        }
        return false;
    }

    private static String printable(String text) {
        String line = text.replaceAll("\\p{C}+", " ").strip();
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}
