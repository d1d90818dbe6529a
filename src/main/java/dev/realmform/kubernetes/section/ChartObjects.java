package dev.realmform.kubernetes.section;

import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What a chart was rendered to, as objects of ours. Refuses what only Helm itself can do, and secrets of the values where whoever
 * may see an object would see them.
 */
final class ChartObjects {

    private static final String HOOK = "helm.sh/hook";
    private static final String POLICY = "helm.sh/resource-policy";
    private static final Set<String> TESTS = Set.of("test", "test-success", "test-failure");

    /** A shorter text is found in other ones by chance. */
    private static final int TELLING = 6;

    private final ChartRelease release;
    private final Part part;
    private final Consumer<Plan.Notice> notices;
    private final List<Secret> secrets = new ArrayList<>();

    ChartObjects(ChartRelease release, Part part, Consumer<Plan.Notice> notices) {
        this.release = release;
        this.part = part;
        this.notices = notices;
        collect(release.values());
    }

    private void collect(Value value) {
        switch (value) {
            case Secret secret when secret.isGiven() && !secret.reveal().isEmpty() -> secrets.add(secret);
            case Value.MapOf map -> map.fields().values().forEach(this::collect);
            case Value.ListOf(List<Value> items) -> items.forEach(this::collect);
            default -> {
                // No secret.
            }
        }
    }

    List<Item> items(List<Value.MapOf> manifests) {
        List<Item> found = new ArrayList<>();
        manifests.forEach(manifest -> ObjectsSection.collect(manifest, part.path(), found));
        List<Item> items = new ArrayList<>();
        for (Item item : found) {
            if (!isHook(item.manifest())) {
                items.add(new Item(taken(item), part.path(), Optional.of(release)));
            }
        }
        return items;
    }

    private static String name(Value.MapOf manifest) {
        return manifest.text("kind").orElse("?") + "/" + manifest.map("metadata").text("name").orElse("?");
    }

    private static Optional<String> annotation(Value.MapOf manifest, String name) {
        return manifest.map("metadata").map("annotations").text(name);
    }

    /** Helm runs hooks between its own steps, and remembers nothing of them; an apply has no such moments. */
    private boolean isHook(Value.MapOf manifest) {
        Optional<String> hook = annotation(manifest, HOOK);
        if (hook.isEmpty()) {
            return false;
        }
        List<String> moments = Arrays.stream(hook.get().split(",", -1)).map(String::strip).toList();
        if (TESTS.containsAll(moments)) {
            notices.accept(new Plan.Notice.General(
                    name(manifest) + " of the chart is left aside: only helm test would make it"));
        } else if (!release.isLeft()) {
            part.complain(
                    name(manifest) + " of the chart is a hook (" + hook.get() + "): Helm would run it between its own"
                            + " steps and look after it no more, which no plan can show",
                    "Switch it off in the values (Bitnami's chart: keycloakConfigCli.enabled: false; the realm is what this"
                            + " file is for); or write release: true, and Helm itself upgrades the release.");
        }
        return true;
    }

    private Value.MapOf taken(Item item) {
        Value.MapOf manifest = withoutNulls(item.manifest());
        boolean isSecret = ObjectsSection.isSecret(manifest);
        if (isSecret) {
            String name = name(manifest);
            Value.MapOf plain = ObjectsSection.plain(new Item(manifest, item.from()), part.origin(),
                    problem -> part.complain("the chart writes " + name + " wrongly: " + problem.what(),
                            "Look at it: helm template. It is for the makers of the chart, or its values, to mend."));
            manifest = plain.has("data") ? plain.with("data", byReference(plain.map("data"))) : plain;
        }
        if (!release.isLeft()) {
            look(isSecret ? manifest.without("data") : manifest, Path.ROOT, name(manifest));
        }
        return annotation(manifest, POLICY).filter("keep"::equals).isPresent()
                ? manifest.with("$protect", Value.bool(true))
                : manifest;
    }

    /** In a request an empty field is none. */
    private static Value.MapOf withoutNulls(Value.MapOf map) {
        return map.each((name, value) -> switch (value) {
            case Value.Null ignored -> Optional.empty();
            case Value.MapOf below -> Optional.of(withoutNulls(below));
            case Value.ListOf(List<Value> items) -> Optional.of(new Value.ListOf(items.stream()
                    .map(one -> one instanceof Value.MapOf below ? withoutNulls(below) : one)
                    .toList()));
            default -> Optional.of(value);
        });
    }

    /** A value that is a secret of ours is known by its reference: a saved plan finds it again. */
    private Value.MapOf byReference(Value.MapOf data) {
        Map<String, Value> fields = new TreeMap<>();
        data.fields()
                .forEach((key, value) -> fields.put(key,
                        secrets.stream()
                                .filter(secret -> secret.equals(value) || text(value).equals(secret.reveal()))
                                .findFirst()
                                .<Value>map(secret -> secret)
                                .orElse(value)));
        return new Value.MapOf(fields);
    }

    private static String text(Value value) {
        return switch (value) {
            case Value.Text(String text) -> text;
            case Value.Num number -> number.plain();
            default -> "";
        };
    }

    private void look(Value value, Path path, String name) {
        switch (value) {
            case Value.MapOf map -> map.fields().forEach((key, below) -> look(below, path.then(key), name));
            case Value.ListOf(List<Value> items) -> {
                for (int i = 0; i < items.size(); i++) {
                    look(items.get(i), path.then(String.valueOf(i)), name);
                }
            }
            default -> secrets.stream()
                    .filter(secret -> isIn(text(value), secret.reveal()))
                    .findFirst()
                    .ifPresent(secret -> part.complain(
                            "the chart writes the secret " + secret.reference() + " into " + name + ", " + path
                                    + ", where whoever may see the object sees it",
                            "Make a Secret of it in cluster.secrets, and name that in the values, as most charts allow."));
        }
    }

    private static boolean isIn(String text, String secret) {
        String encoded = Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
        return secret.length() < TELLING ? text.equals(secret) || text.equals(encoded)
                : text.contains(secret) || text.contains(encoded);
    }
}
