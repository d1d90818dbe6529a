package dev.realmform.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Within one layer, order says nothing. */
class OrderPropertyTest {

    private static final long SEED = 4_711L;

    private static final List<String> PARTS = List.of("enabled: true", "displayName: x",
            "clients: {a: {redirectUris: [u, v], name: n}}", "clients: {a: {redirectUris: {$add: [w]}}}",
            "clients: {a: {redirectUris: {$remove: [u]}}}", "clients: {b: {webOrigins: {$add: [p]}}}",
            "clients: {b: {webOrigins: {$add: [q], $remove: [r]}}}", "clients: [{clientId: a, attributes: {k: v}}]",
            "clients: {a: {attributes: {l: w}}, c: {}}", "groups: {/A/B: {description: d}}",
            "groups: [{name: A, subGroups: [{name: C}]}]", "groups: {/A: {realmRoles: [z, y]}}",
            "groups: {/D/E: {}}", "users: {ada: {email: e}}", "users: [{username: ada, enabled: true}]",
            "roles: {realm: {r: {description: d}}}", "roles: {client: {a: {s: {}}}}", "clients: {a: {name: n}}");

    @TempDir
    private Path temp;

    @Test
    void theOrderOfFilesAndDocumentsInAFolderNeverMatters() throws IOException {
        Random random = new Random(SEED);
        Object first = loaded("d", PARTS, random);
        for (int i = 0; i < 100; i++) {
            List<String> shuffled = new ArrayList<>(PARTS);
            Collections.shuffle(shuffled, random);
            assertThat(loaded("d" + i, shuffled, random)).as("seed %d, round %d", SEED, i).isEqualTo(first);
        }
    }

    /** The document; members of sets in order, since a set has none. */
    private Object loaded(String name, List<String> parts, Random random) throws IOException {
        Folder folder = new Folder(Files.createDirectory(temp.resolve(name)));
        StringBuilder text = new StringBuilder();
        int file = 0;
        for (String part : parts) {
            text.append("---\nrealm: r\n").append(part).append('\n');
            if (random.nextInt(3) == 0) {
                folder.with("f%02d.yaml".formatted(file++), text.toString());
                text.setLength(0);
            }
        }
        folder.with("g.yaml", text.isEmpty() ? "realm: r\nenabled: true\n" : text.toString());
        return canonical(folder.realm(".").value());
    }

    private static dev.realmform.model.Value canonical(dev.realmform.model.Value value) {
        return switch (value) {
            case dev.realmform.model.Value.MapOf map -> {
                java.util.Map<String, dev.realmform.model.Value> fields = new java.util.TreeMap<>();
                map.fields().forEach((key, below) -> fields.put(key, canonical(below)));
                yield new dev.realmform.model.Value.MapOf(fields);
            }
            case dev.realmform.model.Value.ListOf list -> dev.realmform.provider.Schema.asSet(list);
            default -> value;
        };
    }
}
