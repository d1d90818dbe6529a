package dev.realmform.keycloak.admin;

import dev.realmform.model.Value;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes the secrets that this run has sent, or holds, out of text that comes from a server: an error may echo what it was sent.
 */
final class Redaction {

    static final String INSTEAD = "(secret)";

    /** Shorter secrets are replaced only as whole words: else a password "a" would leave no message readable. */
    private static final int SHORT = 4;

    /** Lines of a key that are worth looking for by themselves. */
    private static final int LINE = 16;

    private final Set<String> secrets = ConcurrentHashMap.newKeySet();

    /** How they may look, the longest first. */
    private final Set<String> forms = new ConcurrentSkipListSet<>(
            Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    /** Remembers a secret for as long as the run lasts. */
    void remember(String secret) {
        if (!secret.isBlank() && !secrets.contains(secret)) {
            forms(secret).forEach(forms::add);
            secrets.add(secret);
        }
    }

    /** The text without any remembered secret, in whatever way it is escaped. */
    String clean(String text) {
        if (text.isEmpty()) {
            return text;
        }
        String cleaned = text;
        for (String form : forms) {
            cleaned = form.length() < SHORT
                    ? cleaned.replaceAll("(?<![\\p{L}\\p{N}])" + Pattern.quote(form) + "(?![\\p{L}\\p{N}])", INSTEAD)
                    : cleaned.replace(form, INSTEAD);
        }
        return cleaned;
    }

    /** The tree with every text in it cleaned, keys too. */
    Value clean(Value value) {
        return switch (value) {
            case Value.Text(String text) -> Value.text(clean(text));
            case Value.ListOf list -> new Value.ListOf(list.items().stream().map(this::clean).toList());
            case Value.MapOf map -> new Value.MapOf(map.fields()
                    .entrySet()
                    .stream()
                    .collect(Collectors.toMap(field -> clean(field.getKey()), field -> clean(field.getValue()),
                            (one, other) -> one, TreeMap::new)));
            default -> value;
        };
    }

    private static Stream<String> forms(String secret) {
        String json = secret.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "\\r");
        String url = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        return Stream.concat(
                Stream.of(secret, secret.strip(), json, url, url.replace("+", "%20"), htmlOf(secret)),
                secret.lines().map(String::strip).filter(line -> line.length() >= LINE));
    }

    private static String htmlOf(String secret) {
        return secret.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
