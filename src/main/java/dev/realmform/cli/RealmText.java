package dev.realmform.cli;

import dev.realmform.keycloak.LiveDocument;
import dev.realmform.model.Path;
import dev.realmform.render.YamlDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The text of an exported realm: YAML, with comments where a secret was left out. */
final class RealmText {

    private RealmText() {}

    /** @param server where the realm is */
    static String of(LiveDocument live, String server) {
        return "# Realm " + live.document().text("realm").orElse("") + " at " + server + ", by realmform export.\n"
                + YamlDocument.of(live.document(), List.of("realm"), comments(live));
    }

    /** Above what the secrets were in, for they have no lines of their own any more. */
    private static Map<Path, String> comments(LiveDocument live) {
        SortedMap<Path, List<String>> names = new TreeMap<>();
        live.secrets()
                .forEach(secret -> names.computeIfAbsent(secret.parent(), parent -> new ArrayList<>())
                        .add(secret.last()));
        SortedMap<Path, String> comments = new TreeMap<>();
        names.forEach((parent, secrets) -> comments.put(parent, "Not in here, and left as it is: "
                + String.join(", ", secrets) + ". To manage it: " + secrets.getFirst() + ": $(secret:NAME)"));
        return comments;
    }

    static String written(LiveDocument live, java.nio.file.Path out) {
        int secrets = live.secrets().size();
        String without = switch (secrets) {
            case 0 -> "";
            case 1 -> "1 secret is not in it; a comment says where. ";
            default -> secrets + " secrets are not in it; comments say where. ";
        };
        return "Written: " + out + ". " + without + "What realmform would do with it: realmform plan -f " + out;
    }
}
