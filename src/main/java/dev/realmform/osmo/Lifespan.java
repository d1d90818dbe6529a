package dev.realmform.osmo;

import dev.realmform.model.Address;
import dev.realmform.model.Path;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How long a token of the web UI counts. OAuth2 Proxy hands it on until it refreshes its session, so that has to happen earlier.
 *
 * @param said what says so, for people
 */
record Lifespan(Duration time, String said) {

    private static final String FIELD = "accessTokenLifespan";
    private static final String ATTRIBUTE = "access.token.lifespan";
    private static final Duration DEFAULT = Duration.ofMinutes(5);
    private static final Duration DEFAULT_REFRESH = Duration.ofHours(1);

    /** What the files say, the client before the realm; else Keycloak's default. */
    static Lifespan of(String realm, Map<Address, Resource> resources) {
        return seconds(resources, Address.of("client", realm, Roles.BROWSER), "attributes", ATTRIBUTE)
                .map(time -> new Lifespan(time, ATTRIBUTE + " of " + Roles.BROWSER))
                .or(() -> seconds(resources, Address.of("realm", realm), FIELD)
                        .map(time -> new Lifespan(time, FIELD + " of the realm")))
                .orElseGet(() -> new Lifespan(DEFAULT, "Keycloak's default"));
    }

    private static Optional<Duration> seconds(Map<Address, Resource> resources, Address address, String... path) {
        return Optional.ofNullable(resources.get(address))
                .flatMap(resource -> resource.value().at(Path.of(path)))
                .flatMap(Lifespan::seconds)
                .filter(time -> time.isPositive());
    }

    private static Optional<Duration> seconds(Value value) {
        return switch (value) {
            case Value.Num number when number.plain().matches("[0-9]{1,9}") ->
                Optional.of(Duration.ofSeconds(Long.parseLong(number.plain())));
            case Value.Text(String text) when text.matches("[0-9]{1,9}") ->
                Optional.of(Duration.ofSeconds(Long.parseLong(text)));
            default -> Optional.empty();
        };
    }

    /** When to refresh: after four fifths of the time, and at least once an hour, as the chart does by itself. */
    Duration refresh() {
        Duration early = time.multipliedBy(4).dividedBy(5);
        return early.compareTo(DEFAULT_REFRESH) < 0 ? early : DEFAULT_REFRESH;
    }

    @Override
    public String toString() {
        return GoDuration.text(time) + " (" + said + ")";
    }
}
