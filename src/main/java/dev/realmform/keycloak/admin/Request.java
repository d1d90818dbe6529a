package dev.realmform.keycloak.admin;

import dev.realmform.model.FrozenMap;
import dev.realmform.model.Problem;
import dev.realmform.model.Value;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * One call of the admin API.
 *
 * @param path       segments below {@code /admin/realms}, not encoded: a slash inside a name is part of the name
 * @param query      parameters, not encoded
 * @param body       sent as JSON; secrets in it are revealed on the wire and nowhere else
 * @param repeatable whether sending it twice has the effect of sending it once, so that it may be sent again when its answer
 *                   was lost
 * @param kept       the fields of the object that is answered, or of each in a list, that are read; empty for all of them
 */
public record Request(Method method, List<String> path, SortedMap<String, String> query, Optional<Value> body,
        boolean repeatable, Set<String> kept) {

    private static final String UNRESERVED = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";

    public Request {
        path = List.copyOf(path);
        query = FrozenMap.of(query);
        kept = Set.copyOf(kept);
        path.forEach(Request::refuseStep);
    }

    /** All of whose answer is kept. */
    public Request(Method method, List<String> path, SortedMap<String, String> query, Optional<Value> body,
            boolean repeatable) {
        this(method, path, query, body, repeatable, Set.of());
    }

    public static Request get(String... path) {
        return of(Method.GET, path);
    }

    public static Request post(String... path) {
        return of(Method.POST, path);
    }

    public static Request put(String... path) {
        return of(Method.PUT, path);
    }

    public static Request delete(String... path) {
        return of(Method.DELETE, path);
    }

    private static Request of(Method method, String... path) {
        return new Request(method, List.of(path), FrozenMap.of(Map.of()), Optional.empty(), method.repeatable());
    }

    public Request with(String parameter, String value) {
        return new Request(method, path, FrozenMap.of(query).with(parameter, value), body, repeatable, kept);
    }

    public Request with(String parameter, long value) {
        return with(parameter, String.valueOf(value));
    }

    public Request body(Value json) {
        return new Request(method, path, query, Optional.of(json), repeatable, kept);
    }

    /** For a POST that may be sent twice, such as adding role mappings. */
    public Request asRepeatable() {
        return new Request(method, path, query, body, true, kept);
    }

    /** The same, of whose answer no other fields are kept. */
    public Request keeping(String... fields) {
        return new Request(method, path, query, body, repeatable, Set.of(fields));
    }

    /** The realm that the request is about; empty for the collection of realms. */
    public Optional<String> realm() {
        return path.isEmpty() ? Optional.empty() : Optional.of(path.getFirst());
    }

    /** The path as sent, below the server's address: {@code /admin/realms/retail/roles/a%2Fb}. */
    public String target() {
        StringBuilder text = new StringBuilder("/admin/realms");
        path.forEach(segment -> text.append('/').append(encoded(segment)));
        if (!query.isEmpty()) {
            text.append(query.entrySet()
                    .stream()
                    .map(Request::parameter)
                    .collect(Collectors.joining("&", "?", "")));
        }
        return text.toString();
    }

    /** Method and path, for messages. */
    @Override
    public String toString() {
        return method + " " + target();
    }

    /**
     * Servers and proxies resolve dot segments even where they are encoded, and an empty one names the collection: a DELETE of
     * a role called ".." would delete the realm.
     */
    private static void refuseStep(String segment) {
        if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
            throw Problem.refused("the name \"" + segment + "\" cannot be part of a server's address", "",
                    "Choose another name: Keycloak's admin API cannot address this one.").asException();
        }
    }

    private static String parameter(Map.Entry<String, String> parameter) {
        return encoded(parameter.getKey()) + "=" + encoded(parameter.getValue());
    }

    /** Percent-encodes all but RFC 3986's unreserved characters. */
    static String encoded(String text) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (UNRESERVED.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return encoded.toString();
    }
}
