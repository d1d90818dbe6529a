package dev.realmform.cli;

import dev.realmform.config.ClusterPlace;
import dev.realmform.config.DesiredState;
import dev.realmform.config.LoadRequest;
import dev.realmform.config.Loader;
import dev.realmform.config.Options;
import dev.realmform.config.Settings;
import dev.realmform.config.StatePlace;
import dev.realmform.json.Json;
import dev.realmform.json.SavedPlan;
import dev.realmform.model.Address;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import dev.realmform.provider.Expansion;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What a saved plan keeps of the root file, and how it becomes settings and secrets again.
 *
 * <p>Secrets are kept by reference. They are resolved by the very code that resolves them in a file: a small document is made
 * that holds the section {@code realmform} and each reference at a secret position, and is loaded.
 */
final class SavedInputs {

    private static final Set<String> CREDENTIALS = Set.of("clientSecret", "assertion", "password",
            "token");
    private static final String LITERAL = "$(literal:";
    private static final String HOLDER = "secret-";
    private static final String CLUSTER = "cluster";

    /** What else than the files a plan depends on. */
    record Planning(boolean cascade, Targets targets) {

        static final Planning USUAL = new Planning(false, Targets.NONE);

        static Planning of(SavedPlan saved) {
            Value.MapOf options = saved.inputs().options();
            return new Planning(options.isTrue("cascade"), new Targets(options.texts("targets")));
        }
    }

    private SavedInputs() {}

    /** What to keep: credentials only as references; those written out in the file must come from variables at apply. */
    static SavedPlan.Inputs of(Workplace workplace, Planning planning) {
        Value.MapOf section = workplace.section();
        Value.MapOf server = section.map("server");
        Value.MapOf login = withoutLiterals(server.map("login"));
        Value.MapOf http = withoutLiterals(section.map("state").map("http"));
        if (!http.fields().isEmpty()) {
            http = resolved(http, workplace.desired().settings());
        }
        if (http.has("headers")) {
            Value.MapOf headers = http.map("headers");
            http = http.with("headers", withoutLiterals(headers, headers.fields().keySet()));
        }
        Value.MapOf kept = workplace.server()
                .map(connection -> server.with("login", login).with("url", Value.text(connection.admin().address())))
                .orElse(Value.EMPTY_MAP);
        Value.MapOf options = Value.EMPTY_MAP.with("cascade", Value.bool(planning.cascade()))
                .with("targets", Value.texts(planning.targets().written()))
                .with("state", Value.text(workplace.stateOption()))
                .with("http", http)
                .with(SavedExpectations.THINGS, SavedExpectations.things(workplace.desired().expected(),
                        workplace.desired().products()))
                .with("realms", Value.texts(workplace.desired().realms()))
                .with("root", Value.text(rootFolder(workplace.desired().files())))
                .with(CLUSTER, cluster(workplace.desired().settings()));
        return new SavedPlan.Inputs(kept, section.map("secrets"),
                new TreeMap<>(workplace.desired().manage().patterns()),
                options);
    }

    private static Value.MapOf cluster(Settings settings) {
        Value.MapOf kept = Value.EMPTY_MAP;
        if (settings.cluster().isPresent()) {
            ClusterPlace place = settings.cluster().get();
            kept = kept.with("declared", Value.bool(true));
            kept = with(kept, "kubeconfig", place.kubeconfig());
            kept = with(kept, "context", place.context());
            kept = with(kept, "expected", place.expected());
        }
        return kept;
    }

    private static Value.MapOf with(Value.MapOf map, String field, Optional<String> text) {
        return text.isPresent() ? map.with(field, Value.text(text.get())) : map;
    }

    /** As the plan was made for it, unless an option names another. */
    private static Settings settings(Settings reopened, SavedPlan saved, Map<String, String> given) {
        Value.MapOf cluster = saved.inputs().options().map(CLUSTER);
        return cluster.isTrue("declared") ? reopened.with(new ClusterPlace(
                Optional.ofNullable(given.get("cluster.kubeconfig")).or(() -> cluster.text("kubeconfig")),
                Optional.ofNullable(given.get("cluster.context")).or(() -> cluster.text("context")),
                cluster.text("expected"), true)) : reopened;
    }

    /** Variables are not kept: what they stand for is. */
    private static Value.MapOf resolved(Value.MapOf http, Settings settings) {
        if (!(settings.state().orElse(null) instanceof StatePlace.Http place)) {
            return Value.EMPTY_MAP;
        }
        Map<String, Optional<String>> texts = Map.of("url", Optional.of(place.url()), "lockAddress",
                place.lockAddress(), "unlockAddress", place.unlockAddress(), "username", place.login().username());
        Value.MapOf kept = http;
        for (Map.Entry<String, Optional<String>> text : texts.entrySet()) {
            if (http.has(text.getKey()) && text.getValue().isPresent()) {
                kept = kept.with(text.getKey(), Value.text(text.getValue().get()));
            }
        }
        return kept;
    }

    private static Value.MapOf withoutLiterals(Value.MapOf login) {
        return withoutLiterals(login, CREDENTIALS);
    }

    private static Value.MapOf withoutLiterals(Value.MapOf login, Set<String> credentials) {
        Value.MapOf kept = login;
        for (String credential : credentials) {
            if (!login.text(credential).orElse("$(").startsWith("$(")) {
                kept = kept.without(credential);
            }
        }
        return kept;
    }

    private static String rootFolder(List<String> files) {
        return files.stream()
                .findFirst()
                .flatMap(file -> Optional.ofNullable(Path.of(file).getParent()))
                .map(Path::toString)
                .orElse("");
    }

    /**
     * The desired state of a saved plan, with the secrets that are at hand now.
     *
     * @throws dev.realmform.model.ProblemException if the plan refers to secrets that were written out in a file
     */
    static DesiredState reopened(SavedPlan saved, Shell shell, Map<String, String> settings) {
        List<String> references = List.copyOf(references(saved));
        literal(saved).ifPresent(literal -> {
            throw Problem.invalid("the plan needs a secret that is written out in a file", literal,
                    "A saved plan holds no secrets. Write it as $(secret:name), and name where it comes from in"
                            + " realmform.secrets; then plan again.")
                    .asException();
        });
        AtomicReference<Value.MapOf> resolved = new AtomicReference<>(Value.EMPTY_MAP);
        Expansion.Expander expander = (document, origin) -> {
            resolved.set(document.map("clients"));
            return new Expansion(List.of(), List.of(), List.of());
        };
        LoadRequest request = new LoadRequest(List.of("-"),
                shell.folder().resolve(saved.inputs().options().text("root").orElse("")),
                new ByteArrayInputStream(document(saved, references).getBytes(StandardCharsets.UTF_8)),
                shell.environment(),
                new Options(Map.of(), settings, false, true, Set.of(), Set.of()));
        DesiredState reopened = Loader.load(request, expander).state();
        Map<String, Secret> secrets = new TreeMap<>();
        for (int i = 0; i < references.size(); i++) {
            if (resolved.get().map(HOLDER + i).get("secret").orElse(Value.NULL) instanceof Secret secret) {
                secrets.put(references.get(i), secret);
            }
        }
        SortedMap<Address, Resource> filled = new TreeMap<>();
        saved.desired()
                .forEach((address, resource) -> filled.put(address, resource.withValue(
                        (Value.MapOf) filled(resource.value(), secrets))));
        return new DesiredState(filled, new java.util.TreeSet<>(saved.inputs().options().texts("realms")),
                settings(reopened.settings(), saved, settings),
                List.of(), List.of(), saved.made().files(), Map.of(), SavedExpectations.expected(saved),
                SavedExpectations.products(saved));
    }

    /** The place of a secret that is written out in a file: with one, a saved plan can be looked at and not carried out. */
    static Optional<String> literal(SavedPlan saved) {
        return references(saved).stream().filter(reference -> reference.startsWith(LITERAL)).findFirst();
    }

    private static String document(SavedPlan saved, List<String> references) {
        Value.MapOf clients = Value.EMPTY_MAP;
        for (int i = 0; i < references.size(); i++) {
            clients = clients.with(HOLDER + i, Value.EMPTY_MAP.with("secret", Value.text(references.get(i))));
        }
        Value.MapOf section = Value.EMPTY_MAP.with("server", saved.inputs().server())
                .with("secrets", saved.inputs().secrets());
        Value.MapOf http = saved.inputs().options().map("http");
        if (!http.fields().isEmpty()) {
            section = section.with("state", Value.EMPTY_MAP.with("http", http));
        }
        return Json.compact(Value.EMPTY_MAP.with("realmform", section)
                .with("realm", Value.text("plan"))
                .with("clients", clients), Json.Secrets.HIDE);
    }

    private static Set<String> references(SavedPlan saved) {
        Set<String> references = new LinkedHashSet<>();
        saved.desired().values().forEach(resource -> collect(resource.value(), references));
        return references;
    }

    private static void collect(Value value, Set<String> references) {
        switch (value) {
            case Secret secret -> references.add(secret.reference());
            case Value.MapOf map -> map.fields().values().forEach(below -> collect(below, references));
            case Value.ListOf list -> list.items().forEach(below -> collect(below, references));
            case Value.Null ignored -> {
            }
            case Value.Bool ignored -> {
            }
            case Value.Num ignored -> {
            }
            case Value.Text ignored -> {
            }
            case Value.Unknown ignored -> {
            }
            case Value.Hidden ignored -> {
            }
        }
    }

    private static Value filled(Value value, Map<String, Secret> secrets) {
        return switch (value) {
            case Secret secret -> secrets.getOrDefault(secret.reference(), secret);
            case Value.MapOf map -> {
                SortedMap<String, Value> fields = new TreeMap<>();
                map.fields().forEach((name, below) -> fields.put(name, filled(below, secrets)));
                yield new Value.MapOf(fields);
            }
            case Value.ListOf list -> {
                List<Value> items = new ArrayList<>();
                list.items().forEach(item -> items.add(filled(item, secrets)));
                yield new Value.ListOf(items);
            }
            case Value.Null same -> same;
            case Value.Bool same -> same;
            case Value.Num same -> same;
            case Value.Text same -> same;
            case Value.Unknown same -> same;
            case Value.Hidden same -> same;
        };
    }
}
