package dev.realmform.json;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Fields;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Resource;
import dev.realmform.model.ServerIdentity;
import dev.realmform.model.Value;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The text of a saved plan, which is also what {@code plan --json} prints: {@code schema/plan.schema.json}.
 *
 * <p>Keys are sorted and there is one time in it, so that two of them can be compared line by line. Never a secret in it.
 */
public final class PlanFile {

    /** A change of the first number is not understood by older readers; a change of the second adds fields. */
    static final String VERSION = "1.0";

    private PlanFile() {}

    public static String write(SavedPlan saved) {
        SortedMap<String, Value> fields = new TreeMap<>();
        fields.put("format_version", Value.text(VERSION));
        fields.put("realmform_version", Value.text(saved.made().version()));
        fields.put("timestamp", Value.text(saved.made().at().toString()));
        fields.put("files", Value.texts(saved.made().files()));
        fields.put("state", new Value.MapOf(Map.of("lineage", Value.text(saved.made().lineage()), "serial",
                Value.num(saved.made().serial()))));
        fields.put("server", server(saved.server()));
        fields.put("inputs", inputs(saved.inputs()));
        fields.put("effect", Value.text(saved.effect()));
        fields.put("summary", summary(saved.plan()));
        fields.put("access", AccessFormat.write(saved.plan().access()));
        fields.put("expectations", ExpectationFormat.write(saved.plan().expected()));
        fields.put("notices", list(saved.plan().notices().stream().map(PlanFile::notice).toList()));
        fields.put("resource_changes", list(saved.plan()
                .changes()
                .stream()
                .map(
                        change -> ChangeFormat.write(change, saved.plan().waitsFor(change), saved.desired()))
                .toList()));
        SortedMap<String, Value> desired = new TreeMap<>();
        saved.desired().forEach((address, one) -> desired.put(address.toString(), ResourceFormat.write(one)));
        fields.put("desired", new Value.MapOf(desired));
        fields.put("holes", list(saved.holes().stream().map(PlanFile::hole).toList()));
        return Json.pretty(new Value.MapOf(fields), Json.Secrets.HIDE);
    }

    /**
     * Reads it back.
     *
     * @param name of the file, for messages
     * @throws ProblemException if it is no plan, a newer one, or not as it was written
     */
    public static SavedPlan read(byte[] bytes, String name) {
        try {
            Value value = isObject(bytes) ? Json.parse(bytes) : Value.NULL;
            if (!(value instanceof Value.MapOf map) || !map.has("format_version") || !map.has("realmform_version")) {
                throw Problem.invalid(name + " is not a plan of realmform", "",
                        "A plan is made with \"realmform plan --out FILE\".").asException();
            }
            Fields fields = new Fields(map, "");
            refuseNewer(fields, name);
            SavedPlan saved = read(fields);
            if (!saved.effect().equals(Effect.of(saved.plan(), saved.holes()))) {
                throw Problem.invalid("its changes do not fit its effect digest: it was edited", "", "").asException();
            }
            return saved;
        } catch (ProblemException e) {
            Problem problem = e.problems().getFirst();
            throw problem.remedy().isEmpty() ? damaged(name, problem) : e;
        }
    }

    private static ProblemException damaged(String name, Problem problem) {
        return Problem.invalid("the plan " + name + " is damaged: " + problem.what(),
                problem.where().isEmpty() ? "" : name + ", " + problem.where(),
                "Plan again: \"realmform plan --out " + name + "\".").asException();
    }

    private static void refuseNewer(Fields fields, String name) {
        String version = fields.text("format_version");
        if (!version.equals(VERSION)) {
            throw Problem.invalid(name + " was made by realmform " + fields.text("realmform_version") + ": plan format "
                    + version + ", and this one reads " + VERSION, "",
                    "Use the version that made it, or plan again with this one.").asException();
        }
    }

    private static boolean isObject(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8).stripLeading().startsWith("{");
    }

    private static SavedPlan read(Fields fields) {
        SortedMap<Address, Resource> desired = new TreeMap<>();
        Fields resources = fields.in("desired");
        for (String address : resources.map().fields().keySet()) {
            Address parsed = Fields.address(address, "desired." + address);
            desired.put(parsed, ResourceFormat.read(parsed, resources.in(address)));
        }
        SortedSet<SavedPlan.Hole> holes = new TreeSet<>();
        fields.each("holes")
                .forEach(hole -> holes.add(
                        new SavedPlan.Hole(hole.address("address"), ResourceFormat.path(hole, "path"))));
        Fields server = fields.in("server");
        return new SavedPlan(made(fields), new ServerIdentity(server.text("issuer"), server.in("realms").allTexts()),
                inputs(fields.in("inputs")), desired, holes, plan(fields, desired), fields.text("effect"));
    }

    private static SavedPlan.Made made(Fields fields) {
        try {
            Fields state = fields.in("state");
            return new SavedPlan.Made(fields.text("realmform_version"), Instant.parse(fields.text("timestamp")),
                    fields.texts("files"), state.text("lineage"), state.number("serial"));
        } catch (DateTimeException e) {
            throw new ProblemException(fields.wrong("timestamp", "is not a time").problems().getFirst().causedBy(e));
        }
    }

    private static Plan plan(Fields fields, Map<Address, Resource> desired) {
        List<Change> changes = new ArrayList<>();
        SortedMap<Address, Set<Address>> waitsFor = new TreeMap<>();
        for (Fields one : fields.each("resource_changes")) {
            Change change = ChangeFormat.read(one, desired);
            changes.add(change);
            Set<Address> before = new TreeSet<>();
            one.texts("waits_for").forEach(address -> before.add(Fields.address(address, one.at() + ".waits_for")));
            if (!before.isEmpty()) {
                waitsFor.put(change.address(), before);
            }
        }
        return new Plan(changes, waitsFor, Math.toIntExact(fields.in("summary").number("unchanged")),
                fields.each("notices").stream().map(PlanFile::notice).toList(),
                AccessFormat.read(fields.in("access")), ExpectationFormat.read(fields));
    }

    private static Value server(ServerIdentity server) {
        SortedMap<String, Value> realms = new TreeMap<>();
        server.realmIds().forEach((realm, id) -> realms.put(realm, Value.text(id)));
        return new Value.MapOf(Map.of("issuer", Value.text(server.issuer()), "realms", new Value.MapOf(realms)));
    }

    private static Value inputs(SavedPlan.Inputs inputs) {
        SortedMap<String, Value> manage = new TreeMap<>();
        inputs.manage().forEach((collection, patterns) -> manage.put(collection, Value.texts(patterns)));
        return new Value.MapOf(Map.of("server", Tags.of(inputs.server()), "secrets", Tags.of(inputs.secrets()),
                "manage", new Value.MapOf(manage), "options", Tags.of(inputs.options())));
    }

    private static SavedPlan.Inputs inputs(Fields fields) {
        SortedMap<String, List<String>> manage = new TreeMap<>();
        Fields collections = fields.in("manage");
        collections.map().fields().keySet().forEach(name -> manage.put(name, collections.texts(name)));
        return new SavedPlan.Inputs(ResourceFormat.map(fields, "server"), ResourceFormat.map(fields, "secrets"), manage,
                ResourceFormat.map(fields, "options"));
    }

    private static Value summary(Plan plan) {
        Plan.Counts counts = plan.counts();
        return new Value.MapOf(Map.of("adopt", Value.num(counts.adopt()), "add", Value.num(counts.add()), "change",
                Value.num(counts.change()), "destroy", Value.num(counts.destroy()), "forget",
                Value.num(counts.forget()), "unchanged", Value.num(plan.unchanged())));
    }

    private static Value hole(SavedPlan.Hole hole) {
        return new Value.MapOf(Map.of("address", Value.text(hole.address().toString()), "path",
                Value.texts(hole.path().segments())));
    }

    private static Value notice(Plan.Notice notice) {
        Value.MapOf text = new Value.MapOf(Map.of("text", Value.text(notice.text())));
        return switch (notice) {
            case Plan.Notice.Warning warning -> warning.about()
                    .map(about -> text.with("about", Value.text(about.toString())))
                    .orElse(text)
                    .with("kind", Value.text("warning"));
            case Plan.Notice.About about -> text.with("about", Value.text(about.about().toString()))
                    .with("kind",
                            Value.text("about"));
            case Plan.Notice.General ignored -> text.with("kind", Value.text("general"));
        };
    }

    private static Plan.Notice notice(Fields fields) {
        String text = fields.text("text");
        return switch (fields.text("kind")) {
            case "warning" -> new Plan.Notice.Warning(fields.has("about")
                    ? Optional.of(fields.address("about"))
                    : Optional.empty(), text);
            case "about" -> new Plan.Notice.About(fields.address("about"), text);
            case "general" -> new Plan.Notice.General(text);
            default -> throw fields.wrong("kind", "is none of warning, about, general");
        };
    }

    private static Value list(List<? extends Value> items) {
        return new Value.ListOf(List.copyOf(items));
    }
}
