package dev.realmform.kubernetes.section;

import dev.realmform.model.Origin;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The section {@code cluster.keycloak}: Keycloak itself, from its official image or a chart, and what leads to it. */
public final class KeycloakSection implements ClusterSection {

    private final Charts charts;
    private final Consumer<Plan.Notice> notices;

    /**
     * With somebody who renders charts.
     *
     * @param notices is told what a plan should say of a chart
     */
    public KeycloakSection(Charts charts, Consumer<Plan.Notice> notices) {
        this.charts = charts;
        this.notices = notices;
    }

    KeycloakSection() {
        this(Charts.UNRENDERED, notice -> {
        });
    }

    @Override
    public String key() {
        return "keycloak";
    }

    @Override
    public List<Item> items(Value.MapOf cluster, Origin origin, Consumer<Problem> problems) {
        Part whole = Part.of(cluster, origin, problems);
        if (!whole.has(key())) {
            return List.of();
        }
        return whole.part(key()).has(KeycloakChart.KEY) ? ofChart(cluster, origin, problems) : ownItems(whole);
    }

    private List<Item> ofChart(Value.MapOf cluster, Origin origin, Consumer<Problem> problems) {
        List<Problem> wrong = new ArrayList<>();
        Part whole = Part.of(cluster, origin, wrong::add);
        KeycloakChart chart = new KeycloakChart(whole, notices);
        List<Item> items = new ArrayList<>(chart.ownItems(whole));
        ChartRelease release = chart.release();
        if (wrong.isEmpty()) {
            items.addAll(chart.rendered(release, charts, wrong::add));
        }
        wrong.forEach(problems);
        return items;
    }

    private List<Item> ownItems(Part whole) {
        Keycloak keycloak = Keycloak.of(whole);
        KeycloakEnv env = new KeycloakEnv(keycloak);
        List<Item> items = new ArrayList<>();
        Names.of(whole).namespace(keycloak.part()).ifPresent(items::add);
        keycloak.admin().flatMap(admin -> admin.item(keycloak.app())).ifPresent(items::add);
        env.secret().ifPresent(items::add);
        items.addAll(new KeycloakDoors(keycloak).items());
        items.add(new Item(new KeycloakPods(keycloak, env).workload(), Path.of(key())));
        items.addAll(new KeycloakScale(keycloak).items());
        return items;
    }
}
