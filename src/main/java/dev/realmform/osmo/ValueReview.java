package dev.realmform.osmo;

import dev.realmform.config.ForeignFile;
import dev.realmform.model.Path;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A team's own value files beside what should be in them. Documents for one chart count together, the later first. */
public record ValueReview(Installation osmo, Endpoints endpoints, Layout layout) {

    /** What the service chart of 6.2 has and that of the router has not. */
    private static final Set<String> OF_SERVICE = Set.of("worker", "logger", "agent", "delayedJobMonitor", "redis",
            "defaultAdmin", "migration", "localstackS3", "configs", "router");

    /**
     * A document of a file.
     *
     * @param name  as the user named the file
     * @param chart what the user says it is for
     */
    public record Given(String name, Optional<Chart> chart, ForeignFile document) {}

    /** What came of the check of one chart's files. */
    public record Checked(Chart chart, List<String> files, List<Finding> findings) {
        public Checked {
            files = List.copyOf(files);
            findings = List.copyOf(findings);
        }
    }

    /**
     * Checks the charts for which there are files.
     *
     * @throws ProblemException if it cannot be told which chart a file is for
     */
    public List<Checked> of(List<Given> documents) {
        Map<Chart, List<Given>> byChart = new TreeMap<>();
        List<Problem> problems = new ArrayList<>();
        for (Given document : documents) {
            Optional<Chart> chart = document.chart().or(() -> recognised(document));
            if (chart.isEmpty()) {
                problems.add(Problem.invalid("it cannot be told which chart the file is for", document.name(),
                        "Say it: --check " + Chart.SERVICE + "=" + document.name() + ". Charts of OSMO " + layout + ": "
                                + charts() + "."));
            } else if (!Chart.of(layout).contains(chart.get())) {
                problems.add(Problem.invalid(
                        "OSMO " + layout + " has no chart " + chart.get() + " with a login of its own",
                        document.name(), "Its charts: " + charts() + ". Is the layout right? --layout says it."));
            } else {
                byChart.computeIfAbsent(chart.get(), ignored -> new ArrayList<>()).add(document);
            }
        }
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        Needs needs = new Needs(osmo, endpoints, layout);
        return byChart.entrySet().stream().map(chart -> check(needs, chart.getKey(), chart.getValue())).toList();
    }

    private String charts() {
        return String.join(", ", Chart.of(layout).stream().map(Chart::toString).toList());
    }

    private Checked check(Needs needs, Chart chart, List<Given> documents) {
        TeamValues values = new TeamValues(documents.stream()
                .map(given -> new TeamValues.Document(given.document().content(), given.document().origin()))
                .toList());
        return new Checked(chart, documents.stream().map(Given::name).distinct().toList(),
                ValueCheck.of(values, chart, layout, needs.of(chart)));
    }

    /** The charts whose files are not among these. */
    public List<Chart> missing(List<Checked> checked) {
        return Chart.of(layout)
                .stream()
                .filter(chart -> checked.stream().noneMatch(one -> one.chart() == chart))
                .toList();
    }

    private Optional<Chart> recognised(Given document) {
        if (Chart.of(layout).size() == 1) {
            return Optional.of(Chart.SERVICE);
        }
        Value.MapOf values = document.document().content();
        Value.MapOf services = values.map("services");
        if (services.has("ui") && !services.has("service")) {
            return Optional.of(Chart.WEB_UI);
        }
        if (services.map("service").has("auth") || services.fields().keySet().stream().anyMatch(OF_SERVICE::contains)) {
            return Optional.of(Chart.SERVICE);
        }
        if (values.at(Path.of("sidecars", "envoy", "osmoauth")).isPresent()) {
            return Optional.of(Chart.ROUTER);
        }
        return byName(document.name());
    }

    private static Optional<Chart> byName(String file) {
        String name = file.replaceFirst(".*[/\\\\]", "").toLowerCase(Locale.ROOT);
        if (name.contains("router")) {
            return Optional.of(Chart.ROUTER);
        }
        if (name.matches("(.*[^a-z])?(web-?)?ui([^a-z].*)?")) {
            return Optional.of(Chart.WEB_UI);
        }
        return Optional.of(Chart.SERVICE).filter(chart -> name.contains("service") || name.startsWith("osmo_values"));
    }
}
