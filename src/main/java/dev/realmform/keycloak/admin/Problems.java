package dev.realmform.keycloak.admin;

import dev.realmform.model.Problem;
import dev.realmform.model.Value;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts the server's refusals into words: what happened, where, what to do. */
public final class Problems {

    private Problems() {}

    /** The answer to a request that cannot be lost, or whose loss is a failure. */
    public static Answer.Answered answered(Answer answer) {
        return switch (answer) {
            case Answer.Answered answered -> answered;
            case Answer.Lost(Problem cause) -> throw cause.asException();
        };
    }

    /**
     * The answer, if the server accepted the request.
     *
     * @param where an address, or where else the request came from
     */
    public static Answer.Answered accepted(Request request, Answer.Answered answer, String where) {
        if (!answer.ok()) {
            throw translate(request, answer, where).asException();
        }
        return answer;
    }

    /** The login lacks the role that a request needs. */
    public static Problem forbidden(Request request) {
        String role = Roles.needed(request);
        String verb = request.method() == Method.GET ? "read" : "change";
        String thing = Roles.thing(request);
        String realm = request.realm().map(name -> " of realm " + name).orElse("");
        return new Problem(Problem.Kind.FORBIDDEN,
                "this login may not " + verb + " " + thing + realm + ": the role " + role + " is missing",
                request.toString(), Roles.remedy(request, role), Optional.empty());
    }

    /**
     * The problem that an answer from 400 on is.
     *
     * @param where an address, or where else the request came from
     */
    public static Problem translate(Request request, Answer.Answered answer, String where) {
        if (answer.status() == 403 && !(answer.body() instanceof Value.Text)) {
            return forbidden(request);
        }
        String words = words(answer);
        return Problem.failed("Keycloak refuses to " + verb(request.method()) + (words.isEmpty() ? "" : ": " + words),
                where, remedy(request.method(), answer.status(), words) + " (" + request + " answered "
                        + answer.status() + ")");
    }

    private static String verb(Method method) {
        return switch (method) {
            case GET -> "show this";
            case POST -> "create or add this";
            case PUT -> "change this";
            case DELETE -> "delete this";
        };
    }

    /** The server's own words, from whichever of its forms they come in. */
    static String words(Answer.Answered answer) {
        if (answer.body() instanceof Value.Text(String text)) {
            return text;
        }
        Value.MapOf body = answer.map();
        List<String> fields = Stream.concat(Stream.of(body), body.list("errors").stream())
                .filter(Value.MapOf.class::isInstance)
                .map(Value.MapOf.class::cast)
                .filter(error -> error.text("field").isPresent())
                .map(error -> error.text("field").orElse("") + ": " + error.text("errorMessage").orElse("not accepted")
                        + params(error))
                .toList();
        if (!fields.isEmpty()) {
            return String.join("; ", fields);
        }
        return Stream.of("errorMessage", "error_description", "error", "message")
                .flatMap(field -> body.text(field).stream())
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse("");
    }

    private static String params(Value.MapOf error) {
        String params = error.list("params").stream().skip(1).map(Problems::plain).collect(Collectors.joining(", "));
        return params.isEmpty() ? "" : " (" + params + ")";
    }

    private static String plain(Value value) {
        return switch (value) {
            case Value.Text(String text) -> text;
            case Value.Num number -> number.plain();
            case Value.Bool(boolean flag) -> String.valueOf(flag);
            default -> "…";
        };
    }

    private static String remedy(Method method, int status, String words) {
        if (status == 400 && words.contains("nrecognized field")) {
            return "This server does not know the field: a typing error, or one of another Keycloak version.";
        }
        return switch (status) {
            case 400 -> method == Method.GET ? "The log of the server says why."
                    : "Correct the value in the file.";
            case 404 -> "It, or what it refers to, is gone: plan again.";
            case 405 -> "This server does not offer that call: it may be too old, or a feature is switched off.";
            case 409 -> "Somebody else has made it, or something of that name, since it was read: plan again.";
            case 413 -> "The body is larger than the server, or the proxy in front of it, accepts.";
            case 429 -> "The server is overloaded: try again later, or with a lower --parallelism.";
            default -> status >= 500
                    ? "Look into the server's log: it says more than its answer."
                    : "The server's words say why.";
        };
    }
}
