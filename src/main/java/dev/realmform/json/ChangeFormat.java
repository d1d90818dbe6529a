package dev.realmform.json;

import dev.realmform.model.Action;
import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Edit;
import dev.realmform.model.Fields;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** One change in a plan file: Terraform's {@code resource_changes[]}, and what Terraform has no word for. */
final class ChangeFormat {

    private ChangeFormat() {}

    static Value.MapOf write(Change change, Set<Address> waitsFor, Map<Address, Resource> desired) {
        SortedMap<String, Value> fields = new TreeMap<>();
        Address address = change.address();
        fields.put("address", Value.text(address.toString()));
        fields.put("mode", Value.text("managed"));
        fields.put("type", Value.text(address.type()));
        fields.put("name", Value.text(address.name()));
        fields.put("action", Value.text(Action.of(change).word()));
        fields.put("change", inTerraformsShape(change));
        fields.put("edits",
                new Value.ListOf(change.edits().stream().map(edit -> (Value) EditFormat.write(edit)).toList()));
        fields.put("waits_for", Value.texts(waitsFor.stream().sorted().map(Address::toString).toList()));
        change.declared().ifPresent(declared -> {
            if (!declared.source().isNone()) {
                fields.put("source", Value.text(declared.source().toString()));
            }
            // The planner fills in what is known by now; what the files say stands under "desired" once for all.
            Resource written = desired.get(address);
            if (written == null || !written.value().equals(declared.value())) {
                fields.put("desired", ResourceFormat.write(declared));
            }
        });
        fields.putAll(details(change));
        return new Value.MapOf(fields);
    }

    private static Map<String, Value> details(Change change) {
        return switch (change) {
            case Change.Create ignored -> Map.of();
            case Change.Update update -> update.renamedFrom()
                    .map(from -> Map.<String, Value>of("renamed_from", Value.text(from.toString())))
                    .orElse(Map.of());
            case Change.Replace replace -> Map.of("because", ResourceFormat.paths(replace.because()));
            case Change.Delete delete -> {
                Map<String, Value> details = new TreeMap<>(Map.of("why", word(delete.why())));
                delete.goesWith().ifPresent(with -> details.put("goes_with", Value.text(with.toString())));
                yield details;
            }
            case Change.Adopt ignored -> Map.of();
            case Change.Forget forget -> Map.of("why", word(forget.why()));
        };
    }

    private static Value inTerraformsShape(Change change) {
        Optional<Value> before = change.before().map(Resource::value);
        Optional<Value> after = after(change).map(Resource::value);
        return new Value.MapOf(Map.of("actions", Value.texts(actions(change)), "before",
                before.map(Tags::of).orElse(Value.NULL), "after",
                after.map(Shape::known).map(Tags::of).orElse(Value.NULL), "after_unknown",
                after.map(Shape::unknown).orElse(Value.EMPTY_MAP), "before_sensitive",
                before.map(Shape::sensitive).orElse(Value.bool(false)), "after_sensitive",
                after.map(Shape::sensitive).orElse(Value.bool(false))));
    }

    private static Optional<Resource> after(Change change) {
        return switch (change) {
            case Change.Create create -> Optional.of(create.planned());
            case Change.Update update -> Optional.of(update.planned());
            case Change.Replace replace -> Optional.of(replace.planned());
            case Change.Adopt adopt -> Optional.of(adopt.planned());
            case Change.Delete ignored -> Optional.empty();
            case Change.Forget ignored -> Optional.empty();
        };
    }

    /** Terraform knows neither adoptions nor forgets: what writes nothing is none of its actions. */
    private static List<String> actions(Change change) {
        return switch (change) {
            case Change.Create ignored -> List.of("create");
            case Change.Update ignored -> List.of("update");
            case Change.Replace ignored -> List.of("delete", "create");
            case Change.Delete ignored -> List.of("delete");
            case Change.Adopt adopt -> List.of(adopt.writes() ? "update" : "no-op");
            case Change.Forget ignored -> List.of("no-op");
        };
    }

    static Change read(Fields fields, Map<Address, Resource> all) {
        Address address = fields.address("address");
        List<Edit> edits = fields.each("edits").stream().map(EditFormat::read).toList();
        return switch (constant(Action.class, fields, "action")) {
            case CREATE -> new Change.Create(desired(fields, address, all), resource(fields, address, "after"));
            case UPDATE -> new Change.Update(resource(fields, address, "before"), desired(fields, address, all),
                    resource(fields, address, "after"), edits, addressIfAny(fields, "renamed_from"));
            case REPLACE -> new Change.Replace(resource(fields, address, "before"), desired(fields, address, all),
                    resource(fields, address, "after"), edits, ResourceFormat.paths(fields, "because"));
            case DELETE -> new Change.Delete(resource(fields, address, "before"),
                    constant(Change.Delete.DeleteReason.class, fields, "why"), addressIfAny(fields, "goes_with"));
            case ADOPT -> new Change.Adopt(resource(fields, address, "before"), desired(fields, address, all),
                    resource(fields, address, "after"), edits);
            case FORGET -> new Change.Forget(address, constant(Change.Forget.ForgetReason.class, fields, "why"));
        };
    }

    private static Resource desired(Fields fields, Address address, Map<Address, Resource> all) {
        if (fields.has("desired")) {
            return ResourceFormat.read(address, fields.in("desired"));
        }
        Resource known = all.get(address);
        if (known == null) {
            throw fields.wrong("address", "names a resource that is not desired");
        }
        return known;
    }

    private static Resource resource(Fields fields, Address address, String side) {
        return Resource.live(address, ResourceFormat.map(fields.in("change"), side));
    }

    private static Optional<Address> addressIfAny(Fields fields, String name) {
        return fields.has(name) ? Optional.of(fields.address(name)) : Optional.empty();
    }

    private static Value word(Enum<?> constant) {
        return Value.text(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private static <E extends Enum<E>> E constant(Class<E> type, Fields fields, String name) {
        Value written = fields.value(name);
        return Arrays.stream(type.getEnumConstants())
                .filter(one -> word(one).equals(written))
                .findFirst()
                .orElseThrow(() -> fields.wrong(name, "has a value that is none of ours"));
    }
}
