package dev.realmform.keycloak;

import dev.realmform.model.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The version of a server, such as {@code 26.4.7}, or {@code 26.4} where no more of it is known. */
record ServerVersion(String text) {

    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");

    /** Features that 26.5 came with, and those that 26.6 came with: several of each, since one may be dropped again. */
    private static final Set<String> OF_26_5 = Set.of("JWT_AUTHORIZATION_GRANT", "OPENTELEMETRY_LOGS",
            "OPENTELEMETRY_METRICS");
    private static final Set<String> OF_26_6 = Set.of("IDENTITY_BROKERING_API_V2", "SCIM_API",
            "STEP_UP_AUTHENTICATION_SAML");

    /**
     * What a server tells a login about its version. Since 26.4 it hides it from all but administrators of the realm master; the
     * features that it has, on or off, it tells to every administrator (26.4.7, 26.7.3). So an old one is known by those that it
     * does not have yet.
     *
     * @return empty if it is not known, and then the server is taken for a new one
     */
    static Optional<ServerVersion> told(Value.MapOf serverInfo) {
        return serverInfo.map("systemInfo").text("version").or(() -> byFeatures(serverInfo)).map(ServerVersion::new);
    }

    private static Optional<String> byFeatures(Value.MapOf serverInfo) {
        Set<String> features = names(serverInfo.list("features"));
        if (features.isEmpty()) {
            return Optional.empty();
        }
        if (features.stream().anyMatch(OF_26_6::contains)) {
            return Optional.empty();
        }
        return Optional.of(features.stream().anyMatch(OF_26_5::contains) ? "26.5" : "26.4");
    }

    private static Set<String> names(List<Value> features) {
        return features.stream()
                .flatMap(item -> item instanceof Value.MapOf feature
                        ? feature.text("name").stream()
                        : Optional.<String>empty().stream())
                .collect(Collectors.toSet());
    }

    /** Whether it is of a version such as {@code 26.4}, whatever its third number, or an older one. */
    boolean isUpTo(String version) {
        return number(text) <= number(version);
    }

    /** Whether it is older than any of a version such as {@code 26.6}. */
    boolean isBefore(String version) {
        return number(text) < number(version);
    }

    /** {@code 26.4.7} as 26004; of something that is no version, the newest. */
    private static int number(String version) {
        Matcher parts = VERSION.matcher(version);
        return parts.matches() ? Integer.parseInt(parts.group(1)) * 1000 + Integer.parseInt(parts.group(2))
                : Integer.MAX_VALUE;
    }

    /** {@code Keycloak 26.4.7}. */
    @Override
    public String toString() {
        return "Keycloak " + text;
    }
}
