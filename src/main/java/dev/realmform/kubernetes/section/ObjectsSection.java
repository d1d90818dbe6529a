package dev.realmform.kubernetes.section;

import dev.realmform.model.Origin;
import dev.realmform.model.Path;
import dev.realmform.model.Problem;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Manifests as they are: {@code objects}. A list, or a map whose keys only say which layer replaces what. Files and folders
 * that it names have been read by now, and their manifests stand in their places.
 */
public final class ObjectsSection implements ClusterSection {

    private static final String KEY = "objects";

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public List<Item> items(Value.MapOf cluster, Origin origin, Consumer<Problem> problems) {
        List<Item> items = new ArrayList<>();
        cluster.get(KEY).ifPresent(value -> collect(value, Path.of(KEY), items));
        List<Item> plain = new ArrayList<>();
        for (Item item : items) {
            plain.add(isSecret(item.manifest())
                    ? new Item(plain(item, origin, problems), item.from())
                    : item);
        }
        return plain;
    }

    /** The manifests of a value, those of kubectl's lists too. */
    static void collect(Value value, Path path, List<Item> items) {
        if (value instanceof Value.ListOf(List<Value> list)) {
            for (int i = 0; i < list.size(); i++) {
                collect(list.get(i), path.then(String.valueOf(i)), items);
            }
        } else if (value instanceof Value.MapOf map && isList(map)) {
            collect(map.get("items").orElse(Value.NULL), path.then("items"), items);
        } else if (value instanceof Value.MapOf map && !isManifest(map) && isGroup(map)) {
            map.fields().forEach((name, below) -> collect(below, path.then(name), items));
        } else if (value instanceof Value.MapOf map) {
            items.add(new Item(map, path));
        }
    }

    private static boolean isManifest(Value.MapOf map) {
        return map.has("kind") || map.has("apiVersion") || map.has("metadata");
    }

    /** What kubectl writes for several objects. */
    private static boolean isList(Value.MapOf map) {
        return map.text("kind").filter(kind -> kind.endsWith("List")).isPresent() && map.has("items");
    }

    private static boolean isGroup(Value.MapOf map) {
        return map.fields()
                .values()
                .stream()
                .allMatch(value -> value instanceof Value.MapOf || value instanceof Value.ListOf);
    }

    static boolean isSecret(Value.MapOf manifest) {
        return manifest.text("kind").filter("Secret"::equals).isPresent()
                && manifest.text("apiVersion").filter("v1"::equals).isPresent();
    }

    /** With {@code data} in clear, and {@code stringData} in it: as an apply that sends the latter loses what leaves it. */
    static Value.MapOf plain(Item item, Origin origin, Consumer<Problem> problems) {
        Value.MapOf secret = item.manifest();
        SortedMap<String, Value> data = new TreeMap<>();
        secret.map("data").fields().forEach((key, value) -> {
            Path path = item.from().then("data").then(key);
            decoded(value).ifPresentOrElse(text -> data.put(key, text),
                    () -> problems.accept(Problem.invalid("this value of a Secret's data is no base64",
                            origin.at(path).exact() + "  cluster." + path,
                            "Write it as it is under stringData, or encode it: base64 -w0.")));
        });
        data.putAll(secret.map("stringData").fields());
        Value.MapOf without = secret.without("data", "stringData");
        return data.isEmpty() ? without : without.with("data", new Value.MapOf(data));
    }

    /** What comes by a reference is in clear. */
    private static Optional<Value> decoded(Value value) {
        return switch (value) {
            case Value.Text(String text) -> text(text).map(plain -> Secret.of(plain, ""));
            default -> Optional.of(value);
        };
    }

    private static Optional<String> text(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
            String text = new String(bytes, StandardCharsets.UTF_8);
            boolean isText = Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes);
            return isText ? Optional.of(text)
                    : Optional.of(Item.BINARY + Base64.getEncoder().encodeToString(bytes));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
