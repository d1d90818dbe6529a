package dev.realmform.kubernetes;

import dev.realmform.kubernetes.section.ChartRelease;
import dev.realmform.kubernetes.section.Charts;
import dev.realmform.kubernetes.section.ClusterSection;
import dev.realmform.kubernetes.section.DatabaseSection;
import dev.realmform.kubernetes.section.Item;
import dev.realmform.kubernetes.section.KeycloakSection;
import dev.realmform.kubernetes.section.ObjectsSection;
import dev.realmform.kubernetes.section.SecretsSection;
import dev.realmform.model.Address;
import dev.realmform.model.Origin;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.Expansion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Cuts the section {@code cluster} into objects. */
public final class ClusterDocument implements Expansion.Expander {

    /** Whoever runs in the cluster starts after Jobs with this label value: they make its database. */
    private static final Path COMPONENT = Path.of("metadata", "labels", "app.kubernetes.io/component");
    private static final String DATABASE = "database";
    private static final List<String> WORKLOADS = List.of("Deployment", "StatefulSet", "DaemonSet", "CronJob");

    private final Charts charts;
    private final Consumer<LeftRelease> left;

    /** For whoever does not look at what charts declare. */
    public ClusterDocument() {
        this(Charts.UNRENDERED, release -> {
        });
    }

    /**
     * With somebody who renders charts.
     *
     * @param left is told what is left to Helm, and so is no resource
     */
    public ClusterDocument(Charts charts, Consumer<LeftRelease> left) {
        this.charts = charts;
        this.left = left;
    }

    /** What has been found so far. */
    private record Findings(SortedMap<Address, Resource> resources, Map<Address, String> places,
            Map<ChartRelease, List<Resource>> left, List<Problem> problems) {

        void add(Resource resource, Item item, Origin place) {
            Optional<ChartRelease> others = item.chart().filter(ChartRelease::isLeft);
            if (others.isPresent()) {
                left.computeIfAbsent(others.get(), release -> new ArrayList<>()).add(resource);
                return;
            }
            String first = places.putIfAbsent(resource.address(), place.source().exact());
            if (first == null) {
                resources.put(resource.address(), resource);
            } else {
                problems.add(Problem.invalid(resource.address() + " is declared twice",
                        place.source().exact() + "  cluster." + item.from(),
                        "It stands at " + first + " already. Keep one of the two."));
            }
        }
    }

    @Override
    public Expansion expand(Value.MapOf cluster, Origin origin) {
        Findings found = new Findings(new TreeMap<>(), new HashMap<>(), new LinkedHashMap<>(), new ArrayList<>());
        List<Plan.Notice> notices = new ArrayList<>();
        String namespace = cluster.text("namespace").orElse("");
        for (ClusterSection section : sections(notices)) {
            for (Item item : section.items(cluster, origin, found.problems()::add)) {
                Origin place = at(origin, item.from());
                String within = item.chart().map(ChartRelease::namespace).orElse(namespace);
                new Declaration(item, place, within, found.problems()).resource()
                        .ifPresent(resource -> found.add(resource, item, place));
            }
            section.others(cluster, origin).forEach(other -> found.resources().put(other.address(), other));
        }
        found.left().forEach((release, objects) -> left.accept(new LeftRelease(release, objects)));
        notices.addAll(notices(found.resources()));
        return new Expansion(afterTheDatabase(found.resources()), notices, found.problems());
    }

    private List<ClusterSection> sections(List<Plan.Notice> notices) {
        return List.of(new SecretsSection(), new ObjectsSection(), new DatabaseSection(),
                new KeycloakSection(charts, notices::add));
    }

    private static List<Plan.Notice> notices(SortedMap<Address, Resource> resources) {
        return resources.values()
                .stream()
                .flatMap(resource -> resource.value()
                        .map(Manifests.METADATA)
                        .map("annotations")
                        .text(Marks.NOTICE).<Plan
                                .Notice>map(text -> new Plan.Notice.General(resource.address() + ": " + text))
                        .stream())
                .toList();
    }

    private static Origin at(Origin origin, Path path) {
        Origin at = origin;
        for (String segment : path.segments()) {
            at = at.at(segment);
        }
        return at;
    }

    /** A workload that starts before its database is there fails, and is started again, and slower each time. */
    private static List<Resource> afterTheDatabase(SortedMap<Address, Resource> resources) {
        Map<String, List<Address>> jobs = resources.values()
                .stream()
                .filter(resource -> resource.address().type().equals("Job")
                        && resource.value().at(COMPONENT).filter(Value.text(DATABASE)::equals).isPresent())
                .map(Resource::address)
                .collect(Collectors.groupingBy(Manifests::namespace));
        return resources.values()
                .stream()
                .map(resource -> WORKLOADS.contains(resource.address().type())
                        ? after(jobs.getOrDefault(Manifests.namespace(resource.address()), List.of()), resource)
                        : resource)
                .toList();
    }

    private static Resource after(List<Address> jobs, Resource workload) {
        if (jobs.isEmpty()) {
            return workload;
        }
        Path annotation = Path.of(Manifests.METADATA, "annotations", Marks.AFTER);
        List<String> all = new ArrayList<>();
        if (workload.value().at(annotation).orElse(Value.NULL) instanceof Value.Text(String said)) {
            Arrays.stream(said.split(",", -1)).map(String::strip).forEach(all::add);
        }
        jobs.stream().map(Address::toString).filter(job -> !all.contains(job)).forEach(all::add);
        return workload.withValue(Holes.with(workload.value(), annotation, Value.text(String.join(",", all))));
    }
}
