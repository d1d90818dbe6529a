package dev.realmform.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Breaks a seeded part of the requests and answers that pass a {@link Relay}, each in one of the ways in which servers,
 * networks and proxies do it; sometimes the same request again and again, until no repetition is left.
 */
final class Faults implements Relay.Manner {

    /** Longer than a client waits that says {@code --timeout 1500ms}. */
    private static final Duration TOO_LONG = Duration.ofMillis(1_800);
    /** Shorter than that. */
    private static final Duration LONG = Duration.ofMillis(200);

    private static final int MOST_IN_A_ROW = 5;

    enum Fault {
        /** The connection is reset and the server never hears of the request. */
        RESET_BEFORE,
        /** The connection is reset when the server has acted. */
        RESET_AFTER, ERROR_500, ERROR_500_AFTER, ERROR_502, ERROR_503, ERROR_504_AFTER, TURNED_AWAY_503, TOO_MANY_429,
        /** The answer comes late, but it comes. */
        SLOW,
        /** The answer comes when nobody waits for it any more. */
        TOO_SLOW,
        /** The request reaches the server when nobody waits for it any more. */
        LATE,
        /** The connection ends in the middle of the answer. */
        CUT,
        /** The answer ends in the middle, and says that it is whole. */
        HALF_A_BODY,
        /** The token is no longer good. */
        EXPIRED_401
    }

    private final int share;
    private final Random random;
    private final List<Injected> injected = new ArrayList<>();
    /** By the number of the call. */
    private final Map<Long, Fault> chosen = new ConcurrentHashMap<>();
    private Optional<Again> again = Optional.empty();

    /** A fault and the request that met it. */
    record Injected(Fault fault, Relay.Call call) {}

    /** The next requests of this method and path meet the same fault. */
    private record Again(String method, String path, Fault fault, int times) {

        boolean meets(Relay.Call call) {
            return times > 0 && call.method().equals(method) && call.path().equals(path);
        }
    }

    /** @param share how many of a thousand requests meet a fault of their own */
    Faults(long seed, int share) {
        this.random = new Random(seed);
        this.share = share;
    }

    synchronized List<Injected> injected() {
        return List.copyOf(injected);
    }

    /** A line for each fault. */
    String told() {
        return String.join("\n", injected().stream().map(one -> one.fault() + " at " + one.call()).toList());
    }

    private synchronized Optional<Fault> choose(Relay.Call call) {
        Optional<Fault> fault = again.filter(same -> same.meets(call)).map(Again::fault);
        if (fault.isPresent()) {
            again = again.map(same -> new Again(same.method(), same.path(), same.fault(), same.times() - 1));
        } else if (random.nextInt(1_000) < share) {
            fault = Optional.of(any());
            if (random.nextInt(3) == 0) {
                again = Optional
                        .of(new Again(call.method(), call.path(), fault.get(), random.nextInt(MOST_IN_A_ROW) + 1));
            }
        }
        fault.ifPresent(kind -> {
            injected.add(new Injected(kind, call));
            chosen.put(call.number(), kind);
        });
        return fault;
    }

    /** Those that cost seconds come less often. */
    private Fault any() {
        Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
        boolean costly = fault == Fault.TOO_SLOW || fault == Fault.LATE || fault == Fault.TOO_MANY_429;
        return costly && random.nextInt(4) > 0 ? Fault.RESET_AFTER : fault;
    }

    @Override
    public Optional<Relay.Reply> instead(Relay.Call call) {
        return choose(call).flatMap(fault -> switch (fault) {
            case RESET_BEFORE -> Optional.of(Relay.Reply.reset());
            case ERROR_500 -> Optional.of(error(500));
            case ERROR_502 -> Optional.of(error(502));
            case ERROR_503 -> Optional.of(error(503));
            case TURNED_AWAY_503 -> Optional.of(error(503).with("Retry-After", "0"));
            case TOO_MANY_429 -> Optional.of(error(429).with("Retry-After", "1"));
            case EXPIRED_401 -> Optional.of(error(401));
            case LATE -> {
                pause(TOO_LONG);
                yield Optional.empty();
            }
            case RESET_AFTER, ERROR_500_AFTER, ERROR_504_AFTER, SLOW, TOO_SLOW, CUT, HALF_A_BODY -> Optional.empty();
        });
    }

    @Override
    public Relay.Reply passing(Relay.Call call, Relay.Reply reply) {
        return Optional.ofNullable(chosen.get(call.number())).map(fault -> switch (fault) {
            case RESET_AFTER -> Relay.Reply.reset();
            case ERROR_500_AFTER -> error(500);
            case ERROR_504_AFTER -> error(504);
            case SLOW -> {
                pause(LONG);
                yield reply;
            }
            case TOO_SLOW -> {
                pause(TOO_LONG);
                yield reply;
            }
            case CUT -> reply.cut();
            case HALF_A_BODY -> reply.with(reply.body().substring(0, reply.body().length() / 2));
            case RESET_BEFORE, ERROR_500, ERROR_502, ERROR_503, TURNED_AWAY_503, TOO_MANY_429, EXPIRED_401, LATE ->
                reply;
        }).orElse(reply);
    }

    private static Relay.Reply error(int status) {
        return Relay.Reply.json(status, "{\"error\":\"unknown_error\"}");
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
