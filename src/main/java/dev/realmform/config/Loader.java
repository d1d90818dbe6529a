package dev.realmform.config;

import dev.realmform.model.Address;
import dev.realmform.model.Expectation;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.Expansion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** From files to the desired state. The one way into this package. */
public final class Loader {

    private final Documents documents;
    private final LoadRequest request;
    private final Expansion.Expander expander;
    private final Blueprint blueprint;
    private final Expansion.Expander cluster;
    private final Clusters clusters;
    private final Findings findings = new Findings();
    private final References references;

    private final List<Plan.Notice> notices = new ArrayList<>();
    private final List<Doubt> doubts = new ArrayList<>();
    private final List<Doubt> passing = new ArrayList<>();
    private final SortedMap<Address, Resource> resources = new TreeMap<>();
    /** What a chart declares is not always looked at. */
    private boolean hasChart;
    private final List<Expectation> expected = new ArrayList<>();

    private Loader(Documents all, LoadRequest request, Expansion.Expander expander, Blueprint blueprint,
            Expansion.Expander cluster) {
        this.documents = Clusters.without(all);
        this.cluster = cluster;
        this.request = request;
        this.expander = expander;
        this.blueprint = blueprint;
        FileBox files = new FileBox(documents.rootFolder());
        Secrets secrets = new Secrets(documents.settings().fields("secrets"), request.environment(), files,
                request.options().untrusted());
        this.references = new References(documents.settings(), secrets, files, request, findings);
        this.clusters = new Clusters(all, references, request, findings);
    }

    /**
     * What was loaded.
     *
     * @param problems what {@code validate} reports beyond what every command refuses: the problems of the doubts
     * @param section  the root file's section {@code realmform}, references not resolved
     * @param drawn    by realm the section that a blueprint was drawn from
     */
    public record Loaded(DesiredState state, List<Problem> problems, Value.MapOf section,
            Map<String, Blueprint.Section> drawn) {
        public Loaded {
            problems = List.copyOf(problems);
            drawn = Map.copyOf(drawn);
        }
    }

    /** Is told what comes about on the way. */
    public interface Listener {

        /** Where the files point to, long before they are read to their end; not told at all if that is in doubt. */
        void pointing(Settings settings, Set<String> realms);

        /**
         * The document of a realm, all layers in one and references as they are written.
         *
         * @param document makes it, and adds what keeps it from being shown: secrets that stand in it in clear
         */
        default void merged(String realm, Function<List<Problem>, Value.MapOf> document) {
            // Most do not look at it.
        }
    }

    /** Gets ready what every load needs, on a thread of its own. For who knows early that there will be files. */
    public static void prepare() {
        Check.prepare();
    }

    /** The same without blueprints, and with nobody to be told on the way. */
    public static Loaded load(LoadRequest request, Expansion.Expander expander) {
        return load(request, expander, Blueprint.NONE, (settings, realms) -> {
        });
    }

    /** The same where no file speaks of a cluster. */
    public static Loaded load(LoadRequest request, Expansion.Expander expander, Blueprint blueprint,
            Listener listener) {
        return load(request, expander, blueprint, (section, origin) -> {
            throw new IllegalStateException("nobody is there to work out the section cluster");
        }, listener);
    }

    /**
     * Reads, merges, resolves and checks.
     *
     * @param expander  cuts the document of a realm into resources
     * @param blueprint works out what its section stands for
     * @param cluster   cuts the section {@code cluster} into objects
     * @throws dev.realmform.model.ProblemException with all that is wrong
     */
    public static Loaded load(LoadRequest request, Expansion.Expander expander, Blueprint blueprint,
            Expansion.Expander cluster, Listener listener) {
        Check.prepare();
        return new Loader(Documents.read(request), request, expander, blueprint, cluster).load(listener);
    }

    private Loaded load(Listener listener) {
        Settings written = SettingsReader.read(documents, request, references, findings);
        SettingsReader.leftAside(documents.settings(), request).ifPresent(notices::add);
        Map<String, List<List<Node.Fields>>> realms = Realms.of(documents, blueprint, references, findings);
        Drawings drawings = Drawings.of(realms, blueprint, references, findings);
        Settings settings = drawings.pointing(withCluster(written, drawings), documents.rootFile(),
                request.options().untrusted());
        if (findings.isEmpty()) {
            listener.pointing(settings, realms.keySet());
        }
        UnknownKeys unknown = new UnknownKeys(settings.allowUnknown());
        realms.forEach((realm, layers) -> realm(realm, drawings.laidBelow(realm, layers), unknown, realms.size() > 1,
                listener));
        findings.addAll(FormerNames.problems(resources.values()));
        List<Problem> doubtful = Findings.sorted(doubts.stream().map(Doubt::problem).toList());
        if (!findings.isEmpty()) {
            findings.addAll(doubtful);
        }
        findings.check();
        if (resources.isEmpty() && !hasChart && !request.options().allowEmpty()) {
            throw Problem.refused("the files declare nothing", Place.of(documents.files().getFirst(), 1, 1).toString(),
                    "An empty desired state would mean that everything we made shall go."
                            + " If that is meant, give --allow-empty.")
                    .asException();
        }
        DesiredState state = new DesiredState(resources, new TreeSet<>(realms.keySet()), settings, notices,
                doubts, documents.files(), renames(), expected, drawings.products());
        return new Loaded(state, Findings.shown(doubtful), Values.value(documents.settings()), drawings.sections());
    }

    /** The objects of the cluster, and where that is. */
    private Settings withCluster(Settings settings, Drawings drawings) {
        Optional<Node.Entry> section = clusters.section().map(written -> Clusters.named(written, drawings.server()));
        if (section.isEmpty()) {
            return settings;
        }
        Settings located = clusters.pointing(settings.with(clusters.place(section.get())), section.get());
        hasChart = section.get().node() instanceof Node.Fields fields && ChartFiles.areIn(fields);
        Expansion expansion = clusters.expand(section.get(), cluster);
        expansion.resources().forEach(resource -> resources.put(resource.address(), resource));
        findings.addAll(expansion.problems());
        notices.addAll(expansion.notices());
        notices.addAll(clusters.notices());
        return located;
    }

    private void realm(String realm, List<List<Node.Fields>> layers, UnknownKeys unknown, boolean oneOfSeveral,
            Listener listener) {
        Unmanaged unmanaged = new Unmanaged();
        Arrangement arrangement = new Arrangement(references, unmanaged, findings);
        List<List<Node.Fields>> arranged = layers.stream()
                .map(layer -> layer.stream().map(arrangement::document).toList())
                .toList();
        Optional<Node.Fields> document = new Layers(findings).merge(arranged);
        // With a member missing, references to it would look wrong that are not.
        boolean sound = findings.isEmpty();
        document.map(merged -> merged.with("realm", Realms.entry(realm, merged))).ifPresent(merged -> {
            listener.merged(realm, problems -> FairCopy.of(merged, documents.settings(), problems));
            Resolution resolution = new Resolution(references, findings);
            Node.Fields resolved = resolution.document(merged);
            resolution.placeholders().ifPresent(notices::add);
            Set<Node> wrong = check(realm, resolved, unknown);
            notices.addAll(NearMisses.of(resolved, unknown));
            notices.addAll(IgnoredFields.of(resolved, unknown));
            Node.Fields right = Pruning.without(resolved, wrong);
            expected.addAll(Expected.of(realm, right, findings));
            if (sound) {
                expand(right.without(Set.of(Expected.SECTION)));
            }
        });
        unmanaged.notice(oneOfSeveral ? realm : "").ifPresent(notices::add);
    }

    /** The nodes that are wrong. */
    private Set<Node> check(String realm, Node.Fields document, UnknownKeys unknown) {
        Set<Node> wrong = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Check.Violation violation : Check.violations(document)) {
            Problem problem = Wording.of(violation);
            if (!Check.isUnknownKey(violation.keyword())) {
                findings.addAll(List.of(problem));
                wrong.add(violation.at());
                continue;
            }
            String key = Objects.requireNonNullElse(violation.error().getProperty(), "");
            Path path = violation.path().then(key);
            if (key.startsWith("$")) {
                findings.addAll(List.of(problem));
                ((Node.Fields) violation.at()).get(key).ifPresent(wrong::add);
            } else {
                boolean allowed = unknown.allow(path, violation.shape().fieldNames());
                (allowed ? passing : doubts).add(
                        new Doubt(realm, Wording.keyPlace(violation).source(), path, problem));
            }
        }
        return wrong;
    }

    private void expand(Node.Fields document) {
        Expansion expansion = expander.expand(Values.value(document), Values.origin(document));
        expansion.resources().forEach(resource -> resources.put(resource.address(), resource));
        notices.addAll(expansion.notices());
        findings.addAll(expansion.problems());
        passing.stream()
                .filter(key -> expansion.resources().stream().noneMatch(it -> key.in(it).isPresent()))
                .forEach(key -> findings.addAll(List.of(Problem.invalid(
                        Texts.quoted(key.path().last()) + " is allowed, and would be lost all the same",
                        key.problem().where(),
                        "Take it out: this part of the document is taken apart, and only what is known of it is sent."))));
        passing.clear();
    }

    private Map<Address, Address> renames() {
        Map<Address, Address> renames = new HashMap<>();
        resources.values()
                .forEach(resource -> resource.directives()
                        .was()
                        .ifPresent(was -> renames.put(resource.address(), was)));
        return renames;
    }
}
