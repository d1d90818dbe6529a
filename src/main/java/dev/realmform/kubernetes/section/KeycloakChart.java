package dev.realmform.kubernetes.section;

import dev.realmform.model.Origin;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Keycloak out of a chart: {@code cluster.keycloak.helm}. The chart's objects stand in place of those that realmform writes
 * itself; the namespace and a Secret for the first administrator may still come from here.
 */
final class KeycloakChart {

    static final String KEY = "helm";

    /** What of {@code cluster.keycloak} has an effect beside a chart. */
    private static final Set<String> BESIDE = Set.of(KEY, "name", "namespace", "createNamespace", "admin");

    private final Part keycloak;
    private final Part helm;
    private final App app;
    private final Consumer<Plan.Notice> notices;

    KeycloakChart(Part cluster, Consumer<Plan.Notice> notices) {
        this.keycloak = cluster.part("keycloak");
        this.helm = keycloak.part(KEY);
        this.app = Names.of(cluster).server();
        this.notices = notices;
    }

    /** What comes from here and not from the chart. */
    List<Item> ownItems(Part cluster) {
        List<Item> items = new ArrayList<>();
        Names.of(cluster).namespace(keycloak).ifPresent(items::add);
        keycloak.get("admin")
                .filter(admin -> !admin.isOff())
                .flatMap(admin -> credential(admin).item(app))
                .ifPresent(items::add);
        return items;
    }

    private Credential credential(Part admin) {
        String name = app.name() + "-admin";
        Credential credential = Credential.in(admin, name).orElseGet(() -> Credential.generated(admin, name));
        credential.checkForKeycloak(admin);
        return credential;
    }

    /** The chart; what is wrong with the section is said. */
    ChartRelease release() {
        for (Part field : keycloak.fields()) {
            String key = field.path().last();
            if (!BESIDE.contains(key)) {
                field.complain("with helm, " + key + " has no effect",
                        "Say it in helm.values, in the words of the chart; or leave helm out, and realmform writes"
                                + " Keycloak's objects itself.");
            }
        }
        ChartRelease.Chart chart = chart();
        check(chart);
        values(helm.part("values"));
        ChartRelease.Rendering rendering = new ChartRelease.Rendering(helm.text("kubeVersion"),
                helm.texts("apiVersions"), helm.text("program"));
        return new ChartRelease(app.name(), app.namespace(), chart, files(),
                helm.part("values").value() instanceof Value.MapOf values ? values : Value.EMPTY_MAP, rendering,
                helm.flag("release", false), helm.origin().source().exact() + "  cluster." + helm.path());
    }

    private ChartRelease.Chart chart() {
        Part chart = helm.part("chart");
        Value.MapOf about = chart.part("about").value() instanceof Value.MapOf map ? map : Value.EMPTY_MAP;
        String written = chart.text().or(() -> chart.text("written")).orElse("");
        return new ChartRelease.Chart(written, chart.text("path").orElse(written), helm.text("repository"),
                helm.text("version"), about);
    }

    private List<ChartRelease.ValuesFile> files() {
        return helm.part("valuesFiles")
                .members()
                .stream()
                .map(file -> new ChartRelease.ValuesFile(file.text("name", ""), file.text("path", "")))
                .toList();
    }

    private void check(ChartRelease.Chart chart) {
        Part repository = helm.part("repository");
        boolean isRemote = chart.repository().isPresent() || chart.reference().contains("://");
        if (chart.reference().isEmpty()) {
            helm.complain("helm lacks chart", "Name its folder, its name in a repository, or oci://…");
        } else if (chart.repository().isPresent() && chart.reference().contains("://")) {
            repository.complain("the chart has an address, and repository says another one", "Leave repository out.");
        } else if (isRemote && chart.version().isEmpty() && !chart.reference().contains("@sha256:")) {
            helm.part("chart")
                    .complain("a chart from somewhere else needs a version", "Write version: else what is planned"
                            + " today and what is planned tomorrow may be two charts.");
        } else if (!isRemote && chart.version().isPresent()) {
            helm.part("version").complain("a chart in a folder has its version in itself", "Leave version out.");
        }
        if ((chart.repository().orElse("") + " " + chart.reference()).matches(".*://[^/ ]*@.*")) {
            helm.complain("a login in an address would stand where every user of the machine can read it",
                    "Log in with helm registry login and use oci://, or pull the chart and name its folder.");
        }
    }

    /** A chart is rendered before anything is made: nothing in it can be known later only. */
    private void values(Part part) {
        switch (part.value()) {
            case Value.Unknown ignored -> part.complain("a value of a chart has to be known before anything is made",
                    "Put it into a Secret of cluster.secrets, and name that Secret in the values.");
            case Value.MapOf ignored -> part.fields().forEach(this::values);
            case Value.ListOf ignored -> part.members().forEach(this::values);
            default -> {
                // Is known.
            }
        }
    }

    /** Files and inline values in one, as the chart gets them. */
    private LayeredValues layered() {
        LayeredValues all = new LayeredValues(Value.EMPTY_MAP, Origin.of(helm.origin().source()));
        for (Part file : helm.part("valuesFiles").members()) {
            all = all.under(layer(file.part("values")));
        }
        return all.under(layer(helm.part("values")));
    }

    private static LayeredValues layer(Part values) {
        return new LayeredValues(values.value() instanceof Value.MapOf map ? map : Value.EMPTY_MAP, values.origin());
    }

    /** What is known to be wrong with the values becomes warnings of the plan. How much that is. */
    private int review(ChartRelease release) {
        if (!release.chart().isBitnamis()) {
            return 0;
        }
        LayeredValues all = layered();
        List<ChartFinding> found = ChartReview.of(all.values(), all.origin(), Optional.empty());
        found.forEach(finding -> notices.accept(new Plan.Notice.Warning(Optional.empty(), told(finding))));
        return found.size();
    }

    private static String told(ChartFinding finding) {
        String place = finding.source().isNone() ? "" : " (" + finding.source() + ")";
        return "value " + finding.path() + " of the chart" + place + " is " + finding.found() + ", and should be "
                + finding.wanted() + ". " + finding.why();
    }

    /** The chart's objects. */
    List<Item> rendered(ChartRelease release, Charts charts, Consumer<Problem> problems) {
        int findings = review(release);
        try {
            Optional<List<Value.MapOf>> objects = charts.render(release);
            if (objects.isEmpty()) {
                notices.accept(new Plan.Notice.General("cluster.keycloak.helm: what the chart declares is not looked at"
                        + " here; a plan renders it"));
            }
            return objects.map(manifests -> new ChartObjects(release, helm, notices).items(manifests))
                    .orElse(List.of());
        } catch (ProblemException e) {
            String known = findings == 0 ? ""
                    : " Known to be wrong with these values: " + findings + "; realmform validate says what and why.";
            e.problems()
                    .forEach(problem -> problems.accept(new Problem(problem.kind(), problem.what(), problem.where(),
                            problem.remedy() + known, problem.cause())));
            return List.of();
        }
    }
}
