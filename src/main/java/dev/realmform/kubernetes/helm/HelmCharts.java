package dev.realmform.kubernetes.helm;

import dev.realmform.json.Json;
import dev.realmform.kubernetes.section.ChartRelease;
import dev.realmform.kubernetes.section.Charts;
import dev.realmform.model.Path;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Renders charts by the user's own {@code helm template}, twice: what is another each time would never be applied to its end.
 */
public final class HelmCharts implements Charts {

    private static final Pattern VERSION = Pattern.compile("v(\\d{1,4})\\.(\\d{1,4})");
    private static final int MAJOR = 3;

    /** The first with charts out of registries, without a switch. */
    private static final int MINOR = 8;

    private static final int NAMED = 5;
    private static final int LINES = 20;
    private static final int CHARACTERS = 2000;

    private final Map<String, String> environment;
    private final Duration patience;

    /**
     * With the helm of this machine.
     *
     * @param environment variables, of which PATH says where it is
     * @param patience    how long one run of it may take
     */
    public HelmCharts(Map<String, String> environment, Duration patience) {
        this.environment = Map.copyOf(environment);
        this.patience = patience;
    }

    @Override
    public Optional<List<Value.MapOf>> render(ChartRelease release) {
        List<Secret> secrets = secrets(release);
        HelmProgram helm = HelmProgram.find(release.rendering().program(), environment, patience, release.place());
        checkVersion(helm, release);
        SequencedMap<String, Value.MapOf> first = rendered(helm, release, secrets);
        SequencedMap<String, Value.MapOf> second = rendered(helm, release, secrets);
        if (release.isLeft()) {
            first.keySet().retainAll(second.keySet());
            first.replaceAll((name, object) -> Differences.common(object,
                    second.getOrDefault(name, Value.EMPTY_MAP)));
        } else {
            checkSame(first, second, release);
        }
        return Optional.of(List.copyOf(first.values()));
    }

    /** @throws ProblemException if one of them was not given to this run: the chart cannot be rendered with a hole in it */
    private static List<Secret> secrets(ChartRelease release) {
        List<Secret> secrets = new ArrayList<>();
        collect(release.values(), secrets);
        List<Problem> missing = secrets.stream()
                .filter(secret -> !secret.isGiven())
                .map(secret -> Problem.refused("the chart is rendered with " + secret.reference()
                        + ", which this run was not given", release.place(),
                        "Set it; or have cluster.secrets make a Secret of it and name that in the values: then a plan can"
                                + " do without."))
                .toList();
        if (!missing.isEmpty()) {
            throw new ProblemException(missing);
        }
        return secrets;
    }

    private static void collect(Value value, List<Secret> secrets) {
        switch (value) {
            case Secret secret -> secrets.add(secret);
            case Value.MapOf map -> map.fields().values().forEach(below -> collect(below, secrets));
            case Value.ListOf(List<Value> items) -> items.forEach(item -> collect(item, secrets));
            default -> {
                // No secret.
            }
        }
    }

    private static void checkVersion(HelmProgram helm, ChartRelease release) {
        HelmProgram.Said said = helm.run(List.of("version", "--short"), "");
        Matcher version = VERSION.matcher(said.out());
        if (said.code() != 0 || !version.find()) {
            throw Problem.failed(helm.path() + " does not say which version of Helm it is", release.place(),
                    "Run it by hand: helm version --short. Is it another program of that name?").asException();
        }
        int major = Integer.parseInt(version.group(1));
        if (major < MAJOR || (major == MAJOR && Integer.parseInt(version.group(2)) < MINOR)) {
            throw Problem.failed(helm.path() + " is Helm " + version.group().substring(1) + ", which is too old",
                    release.place(),
                    "Helm 3.8 or newer is needed, 4 too: https://helm.sh/docs/intro/install.").asException();
        }
    }

    /** By name, in their order. */
    private static SequencedMap<String, Value.MapOf> rendered(HelmProgram helm, ChartRelease release,
            List<Secret> secrets) {
        String input = release.values().isEmpty() ? "" : Json.compact(release.values(), Json.Secrets.REVEAL);
        HelmProgram.Said said = helm.run(arguments(release), input);
        if (said.code() != 0) {
            throw Problem.failed("helm cannot render the chart " + release.chart().written() + ": "
                    + shown(said.err(), secrets), release.place(),
                    "Correct the values, or what else it names. What it was run with is: helm template, with the chart,"
                            + " the version and the values of this section.")
                    .asException();
        }
        SequencedMap<String, Value.MapOf> objects = new LinkedHashMap<>();
        try {
            for (Value.MapOf object : RenderedYaml.objects(said.out())) {
                String name = name(object);
                objects.put(objects.containsKey(name) ? name + " (" + (objects.size() + 1) + ")" : name, object);
            }
        } catch (YAMLException e) {
            // Without its cause: that quotes the text.
            throw Problem.failed("the chart " + release.chart().written() + " renders what is no YAML", release.place(),
                    "Look at it: helm template. It is for the makers of the chart to mend.").asException();
        }
        return objects;
    }

    private static String name(Value.MapOf object) {
        Value.MapOf metadata = object.map("metadata");
        return object.text("kind").orElse("?") + "/"
                + metadata.text("namespace").map(namespace -> namespace + "/").orElse("")
                + metadata.text("name").orElse("?");
    }

    /** No value is among them, since every user of the machine can read them. */
    private static List<String> arguments(ChartRelease release) {
        List<String> line = new ArrayList<>(List.of("template", "--namespace=" + release.namespace(),
                "--include-crds"));
        release.chart().version().ifPresent(version -> line.add("--version=" + version));
        release.chart().repository().ifPresent(address -> line.add("--repo=" + address));
        release.rendering().kubeVersion().ifPresent(version -> line.add("--kube-version=" + version));
        release.rendering().apiVersions().forEach(version -> line.add("--api-versions=" + version));
        release.files().forEach(file -> line.add("--values=" + asField(file.path())));
        if (!release.values().isEmpty()) {
            line.add("--values=-");
        }
        line.addAll(List.of("--", release.name(), release.chart().reference()));
        return line;
    }

    /** Helm reads the names of files as a line of CSV. */
    private static String asField(String path) {
        return path.contains(",") || path.contains("\"") ? "\"" + path.replace("\"", "\"\"") + "\"" : path;
    }

    private static String shown(String complaint, List<Secret> secrets) {
        String text = complaint.lines()
                .filter(line -> !line.isBlank())
                .map(line -> line.replaceFirst("^Error: ", ""))
                .limit(LINES)
                .collect(Collectors.joining("\n"));
        for (Secret secret : secrets) {
            String clear = secret.reveal();
            if (!clear.isEmpty()) {
                String encoded = Base64.getEncoder().encodeToString(clear.getBytes(StandardCharsets.UTF_8));
                text = text.replace(clear, "(secret)").replace(encoded, "(secret)");
            }
        }
        return text.substring(0, Math.min(text.length(), CHARACTERS));
    }

    private static void checkSame(Map<String, Value.MapOf> first, Map<String, Value.MapOf> second,
            ChartRelease release) {
        List<Problem> problems = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(first.keySet());
        names.addAll(second.keySet());
        for (String name : names) {
            List<Path> paths = Differences.between(first.getOrDefault(name, Value.EMPTY_MAP),
                    second.getOrDefault(name, Value.EMPTY_MAP));
            if (!paths.isEmpty()) {
                boolean both = first.containsKey(name) && second.containsKey(name);
                problems.add(Problem.refused("each rendering of the chart makes another " + name
                        + (both ? ": " + told(paths) : ", with another name"), release.place(),
                        "What is made by chance would change with every plan. Give it in the values: the name of a Secret"
                                + " that cluster.secrets makes and keeps with $(random:letters:32), as Bitnami's chart takes"
                                + " it in auth.existingSecret, tls.existingSecret and postgresql.auth.existingSecret."));
            }
        }
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
    }

    private static String told(List<Path> paths) {
        String more = paths.size() > NAMED ? " and " + (paths.size() - NAMED) + " more" : "";
        return paths.stream().limit(NAMED).map(Path::toString).collect(Collectors.joining(", ")) + more;
    }
}
