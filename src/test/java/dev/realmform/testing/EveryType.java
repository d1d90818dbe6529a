package dev.realmform.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A realm that has something of every resource type, made by the plain admin API: the requests stand in
 * {@code every-type/requests.yaml}. realmform has no part in it.
 */
public final class EveryType {

    /** What a step calls its request besides {@code METHOD path}. */
    private static final String AS = "as";
    private static final String WHERE = "where";

    private final AdminApi admin;
    private final String realm;
    private final Map<String, String> known = new TreeMap<>();

    private EveryType(AdminApi admin, String realm, String directory) {
        this.admin = admin;
        this.realm = realm;
        known.put("realm", realm);
        known.put("directory", directory);
    }

    /**
     * Makes it.
     *
     * @param directory the URL of the LDAP server that its federation names
     */
    public static void make(AdminApi admin, String realm, String directory) {
        EveryType made = new EveryType(admin, realm, directory);
        requests().forEach(made::send);
    }

    private static JsonNode requests() {
        try (InputStream requests = EveryType.class.getResourceAsStream("/every-type/requests.yaml")) {
            return new YAMLMapper().readTree(Objects.requireNonNull(requests));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void send(JsonNode step) {
        String request = step.fieldNames().next();
        int space = request.indexOf(' ');
        String method = request.substring(0, space);
        String path = path(filled(request.substring(space + 1)));
        String body = step.get(request).isNull() ? "" : filled(step.get(request).toString());
        switch (method) {
            case "GET" -> found(step, admin.get(path));
            case "POST" -> know(step, admin.post(path, body));
            case "PUT" -> admin.put(path, body);
            case "DELETE" -> admin.delete(path);
            default -> throw new AssertionError("no method: " + request);
        }
    }

    private String path(String inside) {
        return switch (inside) {
            case ".." -> "";
            case "." -> realm;
            default -> realm + "/" + inside;
        };
    }

    private String filled(String text) {
        String filled = text;
        for (Map.Entry<String, String> name : known.entrySet()) {
            filled = filled.replace("@" + name.getKey() + "@", name.getValue());
        }
        return filled;
    }

    /** Of a list the first, or the first that has these values. */
    private void found(JsonNode step, JsonNode answer) {
        if (!answer.isArray()) {
            know(step, answer.path("id").asText());
            return;
        }
        for (JsonNode item : answer) {
            if (step.path(WHERE).properties().stream().allMatch(w -> item.path(w.getKey()).equals(w.getValue()))) {
                know(step, item.path("id").asText());
                return;
            }
        }
        throw new AssertionError("nothing found by " + step);
    }

    private void know(JsonNode step, String id) {
        if (step.has(AS)) {
            assertThat(id).as("the id of %s", step).isNotEmpty();
            known.put(step.get(AS).asText(), id);
        }
    }
}
