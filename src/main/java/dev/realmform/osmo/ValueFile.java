package dev.realmform.osmo;

import dev.realmform.model.Path;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The values of one chart, as far as the login needs them.
 *
 * @param heading  what it is, and how it is used, in lines
 * @param comments by path, why a value has to be there
 */
public record ValueFile(Chart chart, List<String> heading, Value.MapOf values, SortedMap<Path, String> comments) {

    /** The first words of each file that we write: others are never overwritten. */
    public static final String MARK = "Made by realmform";

    public ValueFile {
        heading = List.copyOf(heading);
        comments = Collections.unmodifiableSortedMap(new TreeMap<>(comments));
    }

    /** The files of all charts of a layout. */
    public static List<ValueFile> of(Installation osmo, Endpoints endpoints, Layout layout) {
        Needs needs = new Needs(osmo, endpoints, layout);
        return Chart.of(layout).stream().map(chart -> of(chart, layout, needs.of(chart))).toList();
    }

    private static ValueFile of(Chart chart, Layout layout, List<Setting> settings) {
        Value.MapOf values = Value.EMPTY_MAP;
        SortedMap<Path, String> comments = new TreeMap<>();
        for (Setting setting : settings) {
            Path path = setting.path();
            if (setting.demand().isItem()) {
                List<Value> items = new ArrayList<>(
                        values.at(path).map(list -> ((Value.ListOf) list).items()).orElse(List.of()));
                items.add(setting.demand().value());
                values = with(values, path.segments(), new Value.ListOf(items));
                path = path.then(String.valueOf(items.size() - 1));
            } else {
                values = with(values, path.segments(), setting.demand().value());
            }
            if (setting.comment()) {
                comments.put(path, setting.why());
            }
        }
        return new ValueFile(chart, heading(chart, layout), values, comments);
    }

    private static List<String> heading(Chart chart, Layout layout) {
        return List.of(
                MARK + ": what the login needs of the values of the chart osmo/" + chart + ", OSMO " + layout + ".",
                "Beside your own values: helm upgrade --install " + chart.release() + " osmo/" + chart
                        + " -n osmo -f YOURS.yaml -f " + chart + ".yaml",
                "Helm merges maps; lists (extraArgs, providers) take the place of yours.");
    }

    private static Value.MapOf with(Value.MapOf map, List<String> path, Value value) {
        String name = path.getFirst();
        return map.with(name, path.size() == 1 ? value : with(map.map(name), path.subList(1, path.size()), value));
    }

    /** What it is called in a folder. */
    public String name() {
        return chart + ".yaml";
    }
}
