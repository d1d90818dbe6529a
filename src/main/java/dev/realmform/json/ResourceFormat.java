package dev.realmform.json;

import dev.realmform.model.Address;
import dev.realmform.model.Directives;
import dev.realmform.model.Fields;
import dev.realmform.model.Origin;
import dev.realmform.model.Path;
import dev.realmform.model.Resource;
import dev.realmform.model.Source;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A desired resource in a plan file: fields, directives, and the line where it begins. */
final class ResourceFormat {

    private ResourceFormat() {}

    static Value.MapOf write(Resource resource) {
        SortedMap<String, Value> fields = new TreeMap<>();
        fields.put("values", Tags.of(resource.value()));
        Source source = resource.source();
        if (!source.isNone()) {
            fields.put("source", written(source));
        }
        Directives directives = resource.directives();
        directives.was().ifPresent(was -> fields.put("was", Value.text(was.toString())));
        if (directives.delete()) {
            fields.put("delete", Value.bool(true));
        }
        directives.protect().ifPresent(protect -> fields.put("protect", Value.bool(protect)));
        if (!directives.ignore().isEmpty()) {
            fields.put("ignore", paths(directives.ignore().stream().sorted().toList()));
        }
        return new Value.MapOf(fields);
    }

    private static Value.MapOf written(Source source) {
        Value.MapOf place = new Value.MapOf(Map.of("file", Value.text(source.file()), "line",
                Value.num(source.line()), "column", Value.num(source.column())));
        return source.from().isEmpty() ? place : place.with("from", Value.text(source.from()));
    }

    static Resource read(Address address, Fields fields) {
        fields.only("values", "source", "was", "delete", "protect", "ignore");
        Set<Path> ignore = new HashSet<>(fields.has("ignore") ? paths(fields, "ignore") : List.of());
        Directives directives = new Directives(
                fields.has("was") ? Optional.of(fields.address("was")) : Optional.empty(),
                fields.has("delete") && fields.flag("delete"),
                fields.has("protect") ? Optional.of(fields.flag("protect")) : Optional.empty(), ignore);
        Origin origin = fields.has("source") ? Origin.of(source(fields.in("source"))) : Origin.NONE;
        return new Resource(address, map(fields, "values"), origin, directives);
    }

    private static Source source(Fields fields) {
        fields.only("file", "line", "column", "from");
        return new Source(fields.text("file"), Math.toIntExact(fields.number("line")),
                Math.toIntExact(fields.number("column")), fields.has("from") ? fields.text("from") : "");
    }

    /** A tree with tags, which is an object once it is read. */
    static Value.MapOf map(Fields fields, String name) {
        if (Tags.read(fields.value(name)) instanceof Value.MapOf map) {
            return map;
        }
        throw fields.wrong(name, "is not an object");
    }

    static Value paths(List<Path> paths) {
        return new Value.ListOf(paths.stream().map(path -> (Value) Value.texts(path.segments())).toList());
    }

    static List<Path> paths(Fields fields, String name) {
        List<Path> paths = new ArrayList<>();
        for (Value item : fields.items(name)) {
            paths.add(path(new Fields(new Value.MapOf(Map.of("path", item)), fields.at() + "." + name), "path"));
        }
        return paths;
    }

    static Path path(Fields fields, String name) {
        return new Path(fields.texts(name));
    }
}
