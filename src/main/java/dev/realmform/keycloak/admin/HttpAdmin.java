package dev.realmform.keycloak.admin;

import dev.realmform.model.Problem;
import dev.realmform.model.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** The admin API over HTTP, through Keycloak's admin client. */
public final class HttpAdmin implements Admin {

    /** Header, payload, signature. */
    private static final int JWT_PARTS = 3;

    private final Redaction redaction = new Redaction();
    private final Surroundings surroundings;
    private final String address;
    private final Failures failures;
    private final Wire wire;
    private final Delivery delivery;
    private final LoginCall login;
    private final Tokens tokens;
    private final Semaphore inFlight;

    public HttpAdmin(Connection connection, Surroundings surroundings) {
        this.surroundings = surroundings;
        ServerUrl url = ServerUrl.of(connection.url());
        url.userInfo().ifPresent(redaction::remember);
        this.address = url.address();
        this.failures = new Failures(address, connection.timeout());
        this.wire = new Wire(HttpStack.open(connection, surroundings.warning()), address, failures);
        this.delivery = new Delivery(wire, surroundings, redaction, connection.retries());
        Assertions assertions = new Assertions(surroundings, () -> issuer(connection.realm())
                .orElse(address + "/realms/" + connection.realm()));
        this.login = new LoginCall(connection, delivery, redaction, assertions, failures, address);
        this.tokens = new Tokens(login, surroundings);
        this.inFlight = new Semaphore(connection.concurrency());
    }

    @Override
    public Answer send(Request request) {
        Optional<Outgoing.Content> content = request.body()
                .map(body -> new Outgoing.Content("application/json", Bodies.write(body, redaction::remember)));
        inFlight.acquireUninterruptibly();
        try {
            return answer(request, authorized(
                    token -> new Outgoing(request.method(), request.target(), Optional.of(token), content,
                            request.repeatable())));
        } finally {
            inFlight.release();
        }
    }

    private interface Authorized {
        Outgoing with(String token);
    }

    /** One login more if the token is not accepted; a request that is answered 401 has not been carried out. */
    private Delivery.Delivered authorized(Authorized call) {
        String token = tokens.current();
        Delivery.Delivered first = delivery.deliver(call.with(token));
        if (!unauthorized(first)) {
            return first;
        }
        tokens.rejected(token);
        Delivery.Delivered second = delivery.deliver(call.with(tokens.current()));
        if (unauthorized(second)) {
            throw login.refused("the access token is not accepted", Problem.Kind.LOGIN).asException();
        }
        return new Delivery.Delivered(second.last(), first.mayHaveActed() || second.mayHaveActed());
    }

    private static boolean unauthorized(Delivery.Delivered delivered) {
        return delivered.last() instanceof Exchange.Reply reply && reply.status() == 401;
    }

    private Answer answer(Request request, Delivery.Delivered delivered) {
        return switch (delivered.last()) {
            case Exchange.Broken broken -> unanswered(request, delivered, broken.problem());
            case Exchange.Reply reply when Delivery.gateway(reply.status()) -> unanswered(request, delivered,
                    failures.unreachable("it answers with status " + reply.status(),
                            "Look at the server, or at the proxy in front of it."));
            case Exchange.Reply reply when reply.status() == 404 && request.method() == Method.DELETE
                    && delivered.mayHaveActed() ->
                new Answer.Answered(204, Value.NULL, Optional.empty());
            case Exchange.Reply reply -> answered(reply);
        };
    }

    private static Answer unanswered(Request request, Delivery.Delivered delivered, Problem problem) {
        if (request.method() == Method.GET || !delivered.mayHaveActed()) {
            throw problem.asException();
        }
        return new Answer.Lost(problem);
    }

    private Answer answered(Exchange.Reply reply) {
        Optional<Value> body = Bodies.read(reply.body());
        if (body.isEmpty() && reply.ok()) {
            throw failures.unreachable("something answers there, but not with JSON",
                    "Is the path right, and no login page or proxy in between?").asException();
        }
        Optional<String> createdId = reply.header("location")
                .map(location -> location.substring(location.lastIndexOf('/') + 1));
        Value shown = body.orElse(Value.NULL);
        return new Answer.Answered(reply.status(), reply.ok() ? shown : redaction.clean(shown), createdId);
    }

    @Override
    public List<Value.MapOf> pages(Request get, int pageSize) {
        List<Value.MapOf> all = new ArrayList<>();
        List<Value.MapOf> page;
        do {
            page = list(get.with("first", all.size()).with("max", pageSize));
            all.addAll(page);
        } while (page.size() == pageSize);
        return all;
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public Optional<String> issuer(String realm) {
        return switch (delivery.deliver(
                Outgoing.get("/realms/" + Request.encoded(realm) + "/.well-known/openid-configuration")).last()) {
            case Exchange.Reply reply when reply.ok() -> Bodies.read(reply.body())
                    .filter(Value.MapOf.class::isInstance)
                    .flatMap(body -> ((Value.MapOf) body).text("issuer"));
            case Exchange.Reply _ -> Optional.empty();
            case Exchange.Broken broken -> throw broken.problem().asException();
        };
    }

    @Override
    public Value.MapOf claims() {
        String[] parts = tokens.current().split("\\.", -1);
        if (parts.length != JWT_PARTS) {
            return Value.EMPTY_MAP;
        }
        return Bodies.read(Base64.getUrlDecoder().decode(parts[1]))
                .filter(Value.MapOf.class::isInstance)
                .map(Value.MapOf.class::cast)
                .orElse(Value.EMPTY_MAP);
    }

    @Override
    public Optional<String> version() {
        Delivery.Delivered delivered = authorized(token -> new Outgoing(Method.GET, "/admin/serverinfo",
                Optional.of(token), Optional.empty(), true));
        return delivered.last() instanceof Exchange.Reply reply && reply.ok()
                ? Bodies.read(reply.body())
                        .filter(Value.MapOf.class::isInstance)
                        .flatMap(body -> ((Value.MapOf) body).map("systemInfo").text("version"))
                : Optional.empty();
    }

    @Override
    public void awaitServer(Duration atMost) {
        Instant until = surroundings.clock().instant().plus(atMost);
        while (true) {
            Exchange exchange = wire.send(Outgoing.get("/realms/master"));
            if (exchange instanceof Exchange.Reply reply && reply.status() < 500) {
                return;
            }
            if (!surroundings.clock().instant().isBefore(until)) {
                throw (exchange instanceof Exchange.Broken broken ? broken.problem()
                        : failures.unreachable("it does not become ready", "Look into the server's log."))
                        .asException();
            }
            surroundings.sleeper().sleep(Duration.ofSeconds(1));
        }
    }

    @Override
    public void close() {
        tokens.end();
        wire.close();
    }
}
