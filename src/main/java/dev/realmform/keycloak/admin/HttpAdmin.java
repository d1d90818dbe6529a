package dev.realmform.keycloak.admin;

import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Value;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;

/** The admin API over HTTP, through the HTTP stack of Keycloak's admin client. */
public final class HttpAdmin implements Admin {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private static final String USERNAME = "preferred_username";

    private final Redaction redaction = new Redaction();
    private final Surroundings surroundings;
    private final Failures failures;
    private final Wire wire;
    private final Delivery delivery;
    private final LoginRefusals refusals;
    private final Tokens tokens;
    private final Semaphore inFlight;
    private final Login login;

    public HttpAdmin(Connection connection, Surroundings surroundings) {
        this.surroundings = surroundings;
        ServerUrl url = ServerUrl.of(connection.url());
        url.secrets().forEach(redaction::remember);
        this.failures = new Failures(url.address(), connection.timeout());
        this.wire = new Wire(HttpStack.open(connection, surroundings.warning()), url.address(), failures);
        this.delivery = new Delivery(wire, surroundings, redaction, connection.retries(),
                connection.patience());
        this.refusals = new LoginRefusals(connection, redaction, failures, surroundings.clock());
        Assertions assertions = new Assertions(surroundings, () -> issuer(connection.realm())
                .orElse(url.address() + "/realms/" + connection.realm()));
        this.tokens = new Tokens(new LoginCall(connection, delivery, redaction, assertions, refusals),
                surroundings);
        this.inFlight = new Semaphore(connection.concurrency());
        this.login = connection.login();
    }

    @Override
    public Answer send(Request request) {
        Optional<Outgoing.Content> content = request.body()
                .map(body -> new Outgoing.Content("application/json", Bodies.write(body, redaction::remember)));
        Delivery.Delivered delivered = authorized(new Outgoing(request.method(), request.target(), Optional.empty(),
                content.map(bytes -> () -> bytes), request.repeatable()));
        return switch (delivered.last()) {
            case Exchange.Broken broken -> unanswered(request, delivered, broken.problem());
            case Exchange.Reply reply when Delivery.passing(reply) && (delivered.mayHaveActed()
                    || request.method() == Method.GET) ->
                unanswered(request, delivered, failures.status(reply.status()));
            case Exchange.Reply reply when reply.status() == 404 && request.method() == Method.DELETE
                    && delivered.mayHaveActed() ->
                new Answer.Answered(204, Value.NULL, Optional.empty());
            case Exchange.Reply reply -> answered(request, delivered, reply);
        };
    }

    /**
     * A refusal of a repetition, and an answer that is none of Keycloak's, do not tell what became of a request that writes. One that
     * reads has no such past.
     */
    private Answer answered(Request request, Delivery.Delivered delivered, Exchange.Reply reply) {
        try {
            Answer.Answered answered = answered(reply, request.kept());
            boolean tells = request.method() == Method.GET || !delivered.mayHaveActed();
            return answered.ok() || tells ? answered
                    : unanswered(request, delivered, Problems.translate(request, answered, ""));
        } catch (ProblemException e) {
            return unanswered(request, new Delivery.Delivered(reply, delivered.mayHaveActed() || reply.ok()),
                    e.problems().getFirst());
        }
    }

    /** One login more if the token is not accepted; a request that is answered 401 has not been carried out. */
    private Delivery.Delivered authorized(Outgoing call) {
        inFlight.acquireUninterruptibly();
        try {
            String token = tokens.current();
            Delivery.Delivered first = delivery.deliver(call.as(token));
            if (!unauthorized(first)) {
                return first;
            }
            tokens.rejected(token);
            return authorizedAnew(call, first.mayHaveActed());
        } finally {
            inFlight.release();
        }
    }

    private Delivery.Delivered authorizedAnew(Outgoing call, boolean mayHaveActed) {
        try {
            Delivery.Delivered second = delivery.deliver(call.as(tokens.current()));
            if (unauthorized(second)) {
                throw refusals.rejected().asException();
            }
            return new Delivery.Delivered(second.last(), mayHaveActed || second.mayHaveActed());
        } catch (ProblemException e) {
            if (!mayHaveActed) {
                throw e;
            }
            return new Delivery.Delivered(new Exchange.Broken(e.problems().getFirst(), "no login", true, true), true);
        }
    }

    private static boolean unauthorized(Delivery.Delivered delivered) {
        return delivered.last() instanceof Exchange.Reply reply && reply.status() == 401;
    }

    private static Answer unanswered(Request request, Delivery.Delivered delivered, Problem problem) {
        if (request.method() == Method.GET || !delivered.mayHaveActed()) {
            throw problem.asException();
        }
        return new Answer.Lost(problem);
    }

    /** A 404 that is not Keycloak's must not be read as "there is no such thing": a plan would create everything. */
    private Answer.Answered answered(Exchange.Reply reply, Set<String> kept) {
        if (reply.status() >= 300 && reply.status() < 400) {
            throw failures.redirected(reply.header("location").orElse("elsewhere")).asException();
        }
        Optional<Value> body = Bodies.read(reply.body(), reply.ok() ? kept : Set.of());
        if (body.isEmpty() && (reply.ok() || reply.status() == 404)) {
            throw failures.notJson(reply.status()).asException();
        }
        Value shown = body.orElse(Value.text("not Keycloak's own answer; perhaps of a proxy in front of it"));
        return new Answer.Answered(reply.status(), reply.ok() ? shown : redaction.clean(shown),
                reply.header("location").map(HttpAdmin::lastSegment));
    }

    private static String lastSegment(String location) {
        String segment = location.substring(location.lastIndexOf('/') + 1);
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return segment;
        }
    }

    @Override
    public String address() {
        return failures.address();
    }

    @Override
    public Optional<Value.MapOf> published(String realm, String path) {
        String target = "/realms/" + Request.encoded(realm) + "/" + path;
        return switch (delivery.deliver(Outgoing.get(target)).last()) {
            case Exchange.Reply reply when reply.ok() -> Bodies.readMap(reply.body());
            case Exchange.Reply reply when Delivery.passing(reply) ->
                throw failures.status(reply.status()).asException();
            case Exchange.Reply _ -> Optional.empty();
            case Exchange.Broken broken -> throw broken.problem().asException();
        };
    }

    @Override
    public Value.MapOf claims() {
        Value.MapOf claims = Jwt.claims(tokens.current());
        // A light token does not name its user, and then only the login knows who it is.
        return login.now() instanceof Login.Password password && !claims.has(USERNAME)
                ? claims.with(USERNAME, Value.text(password.username()))
                : claims;
    }

    @Override
    public Value.MapOf serverInfo() {
        Outgoing call = Outgoing.get("/admin/serverinfo");
        return authorized(call).last() instanceof Exchange.Reply reply && reply.ok()
                ? Bodies.readMap(reply.body()).orElse(Value.EMPTY_MAP)
                : Value.EMPTY_MAP;
    }

    @Override
    public boolean isThere() {
        return delivery.once(Outgoing.get("/realms/master")) instanceof Exchange.Reply reply && reply.ok();
    }

    @Override
    public void awaitServer(Duration atMost) {
        Instant until = surroundings.clock().instant().plus(atMost);
        while (true) {
            Exchange exchange = delivery.once(Outgoing.get("/realms/master"));
            if (exchange instanceof Exchange.Reply reply && reply.status() < 500) {
                return;
            }
            boolean hopeless = exchange instanceof Exchange.Broken broken && broken.hopeless();
            if (hopeless || !surroundings.clock().instant().isBefore(until)) {
                throw (switch (exchange) {
                    case Exchange.Broken broken -> broken.problem();
                    case Exchange.Reply reply -> failures.status(reply.status());
                }).asException();
            }
            surroundings.sleeper().sleep(BETWEEN_LOOKS);
        }
    }

    @Override
    public void close() {
        tokens.end();
        wire.close();
    }
}
