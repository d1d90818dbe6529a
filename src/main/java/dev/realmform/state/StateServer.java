package dev.realmform.state;

import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The requests of Terraform's HTTP protocol. Knows what was answered, not what a state is.
 *
 * <p>No request can be interrupted: a run that is told to stop has to store what it did.
 */
final class StateServer {

    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;
    private static final int NOT_KNOWN = 501;

    private final HttpClient client;
    private final HttpPlace place;
    private final Codec codec;

    StateServer(HttpClient client, HttpPlace place, Codec codec) {
        this.client = client;
        this.place = place;
        this.codec = codec;
    }

    /** What came of one request. */
    sealed interface Answer {

        /** What to tell people. */
        String words();
    }

    /**
     * The server answered.
     *
     * @param words its own, if it had any
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Reply(int status, byte[] body, String words) implements Answer {

        boolean isSuccess() {
            return status >= 200 && status < 300;
        }

        /** Somebody else holds the lock. */
        boolean isLocked() {
            return status == 409 || status == 423;
        }

        /** What a server does not know, it will not know the next time either. */
        boolean isPassing() {
            return status == TOO_MANY || (status >= SERVER_ERROR && status != NOT_KNOWN);
        }

        boolean isElsewhere() {
            return status / 100 == 3;
        }
    }

    /** Nobody knows whether it arrived. */
    record Silence(String words, Throwable cause) implements Answer {}

    HttpPlace place() {
        return place;
    }

    Answer get() {
        return persistently(() -> once("GET", place.state(), new byte[0]));
    }

    /** Looks once, without repeating anything. */
    Answer look() {
        return once("GET", place.state(), new byte[0]);
    }

    /** Stores a state, once: whether it arrived after all, the caller finds out by looking. */
    Answer post(byte[] content, Optional<String> lockId) {
        return once(place.updateMethod(), lockId.map(id -> withId(place.state(), id)).orElse(place.state()), content);
    }

    Answer lock(HttpPlace.Locking locking, byte[] info) {
        return persistently(() -> once(locking.lockMethod(), locking.lock(), info));
    }

    Answer unlock(HttpPlace.Locking locking, byte[] info) {
        return persistently(() -> once(locking.unlockMethod(), locking.unlock(), info));
    }

    /** Sends again what got no answer, or one that may be better the next time. */
    private Answer persistently(java.util.function.Supplier<Answer> request) {
        for (int attempt = 0;; attempt++) {
            Answer answer = request.get();
            boolean passing = switch (answer) {
                case Silence silence -> TlsFailure.of(silence.cause()).isEmpty();
                case Reply reply -> reply.isPassing();
            };
            if (!passing || attempt >= place.pace().retries()) {
                return answer;
            }
            place.pace().beforeAgain(attempt);
        }
    }

    private Answer once(String method, URI address, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(place.pace().timeout())
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        request.header("Accept-Encoding", "identity");
        place.headers().forEach((name, value) -> request.header(name, value.reveal()));
        if (body.length > 0) {
            request.header("Content-Type", "application/json")
                    .header("Content-MD5", Base64.getEncoder().encodeToString(md5(body)));
        }
        try {
            HttpResponse<byte[]> response = finished(client.sendAsync(request.build(), BodyHandlers.ofByteArray()));
            byte[] content = Decoded.of(response);
            Optional<String> sum = response.headers().firstValue("Content-MD5");
            if (sum.isPresent() && response.statusCode() == 200 && !isSum(sum.get(), response.body())
                    && !isSum(sum.get(), content)) {
                return silence(new IOException("the answer does not fit its Content-MD5"));
            }
            byte[] said = response.headers()
                    .firstValue("Location")
                    .filter(ignored -> response.statusCode() / 100 == 3)
                    .map(location -> ("it points to " + location).getBytes(StandardCharsets.UTF_8))
                    .orElse(content);
            return new Reply(response.statusCode(), content, Words.of(said, codec, place.secrets()));
        } catch (IOException e) {
            return silence(e);
        }
    }

    /** Waits for the answer, interrupted or not, but not for ever. */
    private HttpResponse<byte[]> finished(CompletableFuture<HttpResponse<byte[]>> answer) throws IOException {
        boolean interrupted = false;
        long until = System.nanoTime() + place.pace().timeout().toNanos();
        try {
            while (true) {
                try {
                    return answer.get(Math.max(1, until - System.nanoTime()), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (TimeoutException e) {
                    answer.cancel(true);
                    throw new HttpTimeoutException("no answer within " + place.pace().timeout().toSeconds() + " s");
                } catch (ExecutionException e) {
                    throw e.getCause() instanceof IOException failed ? failed : new IOException(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Silence silence(IOException e) {
        return new Silence(reason(e), e);
    }

    private static String reason(IOException e) {
        if (e instanceof HttpTimeoutException) {
            return "there was no answer in time";
        }
        Optional<TlsFailure> tls = TlsFailure.of(e);
        if (tls.isPresent()) {
            return tls.get().words();
        }
        if (e instanceof ConnectException) {
            return isUnresolved(e) ? "the host name is not known" : "the connection was refused";
        }
        String text = Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
        return "the connection failed: " + Words.printable(text);
    }

    private static boolean isUnresolved(@Nullable Throwable e) {
        return e != null && (e instanceof UnresolvedAddressException || isUnresolved(e.getCause()));
    }

    private static URI withId(URI address, String id) {
        String text = address.toString();
        return URI.create(text + (text.contains("?") ? "&" : "?") + "ID=" + id);
    }

    private static boolean isSum(String sum, byte[] body) {
        try {
            return Arrays.equals(Base64.getDecoder().decode(sum), md5(body));
        } catch (IllegalArgumentException e) {
            return true; // no base64: some other convention, which tells nothing
        }
    }

    /** Asked for by the protocol, against accidents on the way. */
    private static byte[] md5(byte[] bytes) {
        try {
            return MessageDigest.getInstance("MD5").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }

    /** The problem that an answer is which is not the one hoped for. */
    ProblemException problem(String what, Answer answer) {
        return switch (answer) {
            case Silence silence -> new Problem(Problem.Kind.UNREACHABLE, what + ": " + silence.words(), place.name(),
                    TlsFailure.of(silence.cause())
                            .map(TlsFailure::remedy)
                            .orElseGet(() -> "Does the server run, and is the address right? It was tried "
                                    + (place.pace().retries() + 1) + " times."),
                    Optional.of(silence.cause())).asException();
            case Reply reply -> refusal(what, reply).asException();
        };
    }

    /** What came of a request, in words that are never empty. */
    static String said(Answer answer) {
        return switch (answer) {
            case Silence silence -> silence.words();
            case Reply reply -> (reply.words().isEmpty() ? "" : reply.words() + " ") + "(status " + reply.status()
                    + ")";
        };
    }

    private Problem refusal(String what, Reply reply) {
        String said = what + ": " + said(reply);
        return switch (reply.status()) {
            case 401, 403 -> new Problem(Problem.Kind.LOGIN,
                    "the state's server refuses the login" + (reply.words().isEmpty() ? "" : ": " + reply.words())
                            + " (status " + reply.status() + ")",
                    place.name(),
                    place.headers().isEmpty()
                            ? "No login is given. Set REALMFORM_STATE_USERNAME and REALMFORM_STATE_PASSWORD, or"
                                    + " REALMFORM_STATE_TOKEN."
                            : "Check REALMFORM_STATE_USERNAME and REALMFORM_STATE_PASSWORD, or REALMFORM_STATE_TOKEN:"
                                    + " is it the right one, has it run out, may it write states?",
                    Optional.empty());
            case 413 ->
                Problem.failed(said, place.name(), "The state is larger than the server takes: raise its limit.");
            default -> reply.isPassing()
                    ? new Problem(Problem.Kind.UNREACHABLE, said, place.name(),
                            "The server has trouble. Try again later.", Optional.empty())
                    : Problem.failed(said, place.name(), reply.isElsewhere()
                            ? "No redirect is followed, since a login is sent along. If the state is there, name that"
                                    + " address; a page for logging in says that the login is missing."
                            : "Is this the address of a state? GitLab's end with /terraform/state/NAME.");
        };
    }
}
