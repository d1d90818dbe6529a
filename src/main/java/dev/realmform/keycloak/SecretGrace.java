package dev.realmform.keycloak;

import dev.realmform.model.Value;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How long Keycloak takes the old secret of a client beside a new one. It does so for clients under a client policy with the
 * executor {@code secret-rotation}, on servers with the feature {@code client-secret-rotation} (a preview in 26.7.3).
 */
public sealed interface SecretGrace {

    /** Not at all. */
    record None() implements SecretGrace {}

    /** The policy has been at this client before. */
    record Lasting(Duration time) implements SecretGrace {}

    /** There is such a policy; whether it is about this client, nobody but the server can tell, and only afterwards. */
    record Possible(Duration time) implements SecretGrace {}

    /** This login may not look at the policies. */
    record NotKnown() implements SecretGrace {}

    /** What the executor leaves at each client that it has been at (26.7.3). */
    String EXPIRES = "client.secret.expiration.time";

    /** What counts where its configuration says nothing: two days (26.7.3). */
    long USUAL_SECONDS = Duration.ofDays(2).toSeconds();

    /**
     * What the policies of a realm mean for a client.
     *
     * @param policies as {@code client-policies/policies} answers
     * @param profiles as {@code client-policies/profiles} answers
     * @param client   as the server has it
     */
    static SecretGrace of(Value.MapOf policies, Value.MapOf profiles, Value.MapOf client) {
        Set<String> used = maps(policies, "policies").filter(policy -> policy.isTrue("enabled"))
                .flatMap(policy -> policy.texts("profiles").stream())
                .collect(Collectors.toSet());
        Optional<Long> seconds = maps(profiles, "profiles")
                .filter(profile -> profile.text("name").filter(used::contains).isPresent())
                .flatMap(profile -> maps(profile, "executors"))
                .filter(executor -> executor.text("executor").filter("secret-rotation"::equals).isPresent())
                .map(executor -> seconds(executor.map("configuration")))
                .min(Long::compare)
                .filter(least -> least > 0);
        return seconds.map(Duration::ofSeconds)
                .<SecretGrace>map(time -> client.map("attributes").has(EXPIRES) ? new Lasting(time)
                        : new Possible(time))
                .orElseGet(None::new);
    }

    private static long seconds(Value.MapOf configuration) {
        return switch (configuration.get("rotated-expiration-period").orElse(Value.NULL)) {
            case Value.Num(BigDecimal number) -> number.longValue();
            case Value.Text(String text) when text.matches("[0-9]{1,9}") -> Long.parseLong(text);
            default -> USUAL_SECONDS;
        };
    }

    private static Stream<Value.MapOf> maps(Value.MapOf object, String list) {
        List<Value> items = object.list(list);
        return items.stream().filter(Value.MapOf.class::isInstance).map(Value.MapOf.class::cast);
    }
}
