package dev.realmform.config;

import dev.realmform.model.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What was said about single settings: by an option, else by a variable, else by the root file.
 *
 * @param section    the section {@code realmform}, references resolved
 * @param rootFolder where relative paths in it start
 * @param counts     which variables are heeded, by name
 */
record Said(Node.Fields section, LoadRequest request, Path rootFolder, Predicate<String> counts) {

    /** The variables that stand for a setting, first one first. */
    private static final Map<String, List<String>> VARIABLES = Map.ofEntries(
            Map.entry("server.url", List.of("KEYCLOAK_URL")),
            Map.entry("server.realm", List.of("KEYCLOAK_REALM")),
            Map.entry("server.login.clientId", List.of("KEYCLOAK_CLIENT_ID")),
            Map.entry("server.login.clientSecret", List.of("KEYCLOAK_CLIENT_SECRET")),
            Map.entry("server.login.assertion", List.of("KEYCLOAK_ASSERTION")),
            Map.entry("server.login.username", List.of("KEYCLOAK_USERNAME", "KEYCLOAK_USER")),
            Map.entry("server.login.password", List.of("KEYCLOAK_PASSWORD")),
            Map.entry("server.login.token", List.of("KEYCLOAK_TOKEN")),
            Map.entry("server.caFile", List.of("KEYCLOAK_CA_FILE")),
            Map.entry(StateReader.PLACE, List.of("REALMFORM_STATE")),
            Map.entry("state.http.updateMethod", List.of("REALMFORM_STATE_UPDATE_METHOD", "TF_HTTP_UPDATE_METHOD")),
            Map.entry("state.http.lockAddress", List.of("REALMFORM_STATE_LOCK_ADDRESS", "TF_HTTP_LOCK_ADDRESS")),
            Map.entry("state.http.lockMethod", List.of("REALMFORM_STATE_LOCK_METHOD", "TF_HTTP_LOCK_METHOD")),
            Map.entry("state.http.unlockAddress", List.of("REALMFORM_STATE_UNLOCK_ADDRESS", "TF_HTTP_UNLOCK_ADDRESS")),
            Map.entry("state.http.unlockMethod", List.of("REALMFORM_STATE_UNLOCK_METHOD", "TF_HTTP_UNLOCK_METHOD")),
            Map.entry("state.http.username", List.of("REALMFORM_STATE_USERNAME", "TF_HTTP_USERNAME")),
            Map.entry("state.http.password", List.of("REALMFORM_STATE_PASSWORD", "TF_HTTP_PASSWORD")),
            Map.entry("state.http.token", List.of("REALMFORM_STATE_TOKEN")),
            Map.entry("state.http.caFile", List.of("REALMFORM_STATE_CA_FILE")));

    Said without(String part) {
        return new Said(section.without(java.util.Set.of(part)), request, rootFolder, counts);
    }

    Said heeding(Predicate<String> names) {
        return new Said(section, request, rootFolder, names);
    }

    /** What an option or a variable says. */
    Optional<String> given(String path) {
        String option = request.options().settings().get(path);
        if (option != null) {
            return Optional.of(option);
        }
        return VARIABLES.getOrDefault(path, List.of())
                .stream()
                .filter(counts)
                .map(name -> request.environment().getOrDefault(name, ""))
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    Optional<Node> node(String path) {
        Optional<Node> node = Optional.of(section);
        for (String step : path.split("[.]", -1)) {
            node = node.flatMap(map -> map instanceof Node.Fields fields ? fields.get(step) : Optional.empty());
        }
        return node;
    }

    private Optional<Node.Leaf> leaf(String path) {
        return node(path).filter(Node.Leaf.class::isInstance).map(Node.Leaf.class::cast).filter(leaf -> !leaf.isNull());
    }

    Optional<String> text(String path) {
        return given(path).or(() -> written(path));
    }

    /** What the file says. */
    Optional<String> written(String path) {
        return leaf(path).map(Node.Leaf::raw).filter(raw -> !raw.isEmpty());
    }

    boolean isTrue(String path) {
        return text(path).filter("true"::equals).isPresent();
    }

    /** A path: from an option or a variable as it is, from the root file beginning at its folder. */
    Optional<String> path(String path) {
        return given(path).or(() -> written(path).map(file -> rootFolder.resolve(file).normalize().toString()));
    }

    Optional<Secret> secret(String path) {
        Optional<Secret> given = given(path).map(value -> Secret.of(value,
                "$(env:" + VARIABLES.getOrDefault(path, List.of(path)).getFirst() + ")"));
        return given.or(() -> leaf(path).map(Node.Leaf::value)
                .filter(Secret.class::isInstance)
                .map(Secret.class::cast));
    }

    /** What is none in a file, the schema has refused; in an option, the command line. */
    Duration duration(String path, String otherwise) {
        return Durations.parse(text(path).orElse(otherwise))
                .map(said -> said.isZero() ? Duration.ofMillis(1) : said)
                .orElse(Duration.ofSeconds(30));
    }
}
