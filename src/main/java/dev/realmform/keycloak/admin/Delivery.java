package dev.realmform.keycloak.admin;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends a call as often as is needed and safe. */
final class Delivery {

    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    /** While a server is waited for: how long it may be back without our noticing. */
    private static final int MOST_DOUBLINGS = 3;

    private static final Pattern API = Pattern.compile("/(admin/serverinfo|admin/realms/?|realms/)");

    private final Wire wire;
    private final Surroundings surroundings;
    private final Redaction redaction;
    private final int retries;
    private final Duration patience;

    Delivery(Wire wire, Surroundings surroundings, Redaction redaction, int retries, Duration patience) {
        this.wire = wire;
        this.surroundings = surroundings;
        this.redaction = redaction;
        this.retries = retries;
        this.patience = patience;
    }

    /**
     * How it ended.
     *
     * @param mayHaveActed whether the server may have carried out an attempt whose answer is not {@code last}
     */
    record Delivered(Exchange last, boolean mayHaveActed) {}

    Delivered deliver(Outgoing call) {
        boolean mayHaveActed = false;
        Instant start = surroundings.clock().instant();
        for (int attempt = 1;; attempt++) {
            Exchange exchange = attempt(call, attempt);
            boolean unclear = unclear(exchange);
            boolean again = mayTryAgain(attempt, start) && (passing(exchange) || torn(call, exchange))
                    && (call.repeatable() || !unclear)
                    && !Thread.currentThread().isInterrupted();
            if (!again) {
                return new Delivered(exchange, mayHaveActed || unclear);
            }
            mayHaveActed |= unclear;
            surroundings.sleeper().sleep(pause(exchange, attempt));
        }
    }

    private boolean mayTryAgain(int attempt, Instant start) {
        return attempt <= retries || surroundings.clock().instant().isBefore(start.plus(patience));
    }

    /** One attempt, whatever comes of it. */
    Exchange once(Outgoing call) {
        return attempt(call, 1);
    }

    private Exchange attempt(Outgoing call, int attempt) {
        Instant start = surroundings.clock().instant();
        Exchange exchange = wire.send(call);
        surroundings.calls()
                .accept(new CallLog(call.method().name(), shown(call.target()), switch (exchange) {
                    case Exchange.Reply reply -> String.valueOf(reply.status());
                    case Exchange.Broken broken -> broken.brief();
                }, Duration.between(start, surroundings.clock().instant()), attempt));
        return exchange;
    }

    /** Without secrets; but the words of the API stay, even where "admin" is a password. */
    private String shown(String target) {
        Matcher words = API.matcher(target);
        return words.lookingAt() ? words.group() + redaction.clean(target.substring(words.end())) : target;
    }

    /**
     * Whether the server failed over something that was being changed meanwhile. Met while it writes the answer, it says so as if the
     * request had been at fault, which has no JSON at all (flows while their steps are made, 26.7.3).
     */
    private static boolean torn(Outgoing call, Exchange exchange) {
        return call.method() == Method.GET && exchange instanceof Exchange.Reply reply && reply.status() == 400
                && new String(reply.body(), StandardCharsets.UTF_8).contains("Cannot parse the JSON");
    }

    /** Whether trying again may help. */
    static boolean passing(Exchange exchange) {
        return switch (exchange) {
            case Exchange.Reply reply -> reply.status() == 429 || gateway(reply.status());
            case Exchange.Broken broken -> !broken.hopeless();
        };
    }

    /**
     * Whether the server may have acted upon the request without our knowing its answer. 429, and 503 with Retry-After, say that it
     * was turned away at the door.
     */
    private static boolean unclear(Exchange exchange) {
        return switch (exchange) {
            case Exchange.Reply reply -> gateway(reply.status())
                    && (reply.status() != 503 || reply.header("retry-after").isEmpty());
            case Exchange.Broken broken -> broken.sent();
        };
    }

    private static boolean gateway(int status) {
        return status >= 502 && status <= 504;
    }

    /** What the server asked for, within bounds; else 0.2 s, doubled some times, of which a random half is jitter. */
    private Duration pause(Exchange exchange, int attempt) {
        Duration least = exchange instanceof Exchange.Reply reply
                ? reply.header("retry-after").flatMap(this::asked).orElse(Duration.ZERO)
                : Duration.ZERO;
        long doubled = FIRST_WAIT.toMillis() << Math.min(attempt - 1, MOST_DOUBLINGS);
        Duration jittered = Duration.ofMillis(doubled / 2 + surroundings.random().nextLong(doubled / 2 + 1));
        Duration longer = least.compareTo(jittered) > 0 ? least : jittered;
        return longer.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : longer;
    }

    /** Retry-After: seconds, or a date (RFC 9110, 10.2.3). */
    private Optional<Duration> asked(String header) {
        try {
            return Optional.of(header.strip().chars().allMatch(Character::isDigit)
                    ? Duration.ofSeconds(Long.parseLong(header.strip()))
                    : Duration.between(surroundings.clock().instant(),
                            ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant()));
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
