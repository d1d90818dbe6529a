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

/**
 * One change in a plan file: Terraform's {@code resource_changes[]}, and what Terraform has no word for.
 *
 * <p>The shape is that of {@code terraform show -json}, format 1.2: an adoption is what Terraform calls an import, and a
 * resource that is let go is forgotten there too.
 */
final class ChangeFormat {

    /** As Terraform writes one: host, namespace, name. */
    private static final String PROVIDER = "realmform.dev/realmform/";

    private ChangeFormat() {}

    static Value.MapOf write(Change change, Set<Address> waitsFor, Map<Address, Resource> desired) {
        SortedMap<String, Value> fields = new TreeMap<>();
        Address address = change.address();
        fields.put("address", Value.text(address.toString()));
        fields.put("mode", Value.text("managed"));
        fields.put("type", Value.text(address.type()));
        fields.put("name", Value.text(address.name()));
        fields.put("action", Value.text(Action.of(change).word()));
        fields.put("provider_name", Value.text(PROVIDER + (address.isOfCluster() ? "kubernetes" : "keycloak")));
        fields.put("change", inTerraformsShape(change));
        reason(change).ifPresent(reason -> fields.put("action_reason", Value.text(reason)));
        fields.put("edits",
                new Value.ListOf(change.edits().stream().map(edit -> (Value) EditFormat.write(edit)).toList()));
        fields.put("waits_for", Value.texts(waitsFor.stream().sorted().map(Address::toString).toList()));
        change.declared().ifPresent(declared -> {
            if (!declared.source().isNone()) {
                fields.put("source", Value.text(declared.source().toString()));
                if (!declared.source().from().isEmpty()) {
                    fields.put("from", Value.text(declared.source().from()));
                }
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
                    .map(from -> Map.<String, Value>of("previous_address", Value.text(from.toString())))
                    .orElse(Map.of());
            case Change.Replace ignored -> Map.of();
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
        Optional<Value> before = (change instanceof Change.Forget forget ? forget.live() : change.before())
                .map(Resource::value);
        Optional<Value> after = change.after().map(Resource::value);
        SortedMap<String, Value> fields = new TreeMap<>();
        fields.put("actions", Value.texts(actions(change)));
        fields.put("before", before.map(Tags::of).orElse(Value.NULL));
        fields.put("after", after.map(Shape::known).map(Tags::of).orElse(Value.NULL));
        fields.put("after_unknown", after.map(Shape::unknown).orElse(Value.EMPTY_MAP));
        fields.put("before_sensitive", before.map(Shape::sensitive).orElse(Value.bool(false)));
        fields.put("after_sensitive", after.map(Shape::sensitive).orElse(Value.bool(false)));
        if (change instanceof Change.Replace replace) {
            fields.put("replace_paths", ResourceFormat.paths(replace.because()));
        }
        if (change instanceof Change.Adopt adopt) {
            fields.put("importing", Value.EMPTY_MAP.with("id", Value.text(adopt.address().toString())));
        }
        return new Value.MapOf(fields);
    }

    /** Why, where Terraform has a word for it. */
    private static Optional<String> reason(Change change) {
        return switch (change) {
            case Change.Create ignored -> Optional.empty();
            case Change.Update ignored -> Optional.empty();
            case Change.Replace ignored -> Optional.of("replace_because_cannot_update");
            case Change.Delete delete -> switch (delete.why()) {
                case LEFT_THE_FILE, NOT_DECLARED -> Optional.of("delete_because_no_resource_config");
                case ASKED, DESTROY, INSIDE -> Optional.empty();
            };
            case Change.Adopt ignored -> Optional.empty();
            case Change.Forget ignored -> Optional.of("delete_because_no_resource_config");
        };
    }

    private static List<String> actions(Change change) {
        return switch (change) {
            case Change.Create ignored -> List.of("create");
            case Change.Update ignored -> List.of("update");
            case Change.Replace ignored -> List.of("delete", "create");
            case Change.Delete ignored -> List.of("delete");
            case Change.Adopt adopt -> List.of(adopt.writes() ? "update" : "no-op");
            case Change.Forget ignored -> List.of("forget");
        };
    }

    static Change read(Fields fields, Map<Address, Resource> all) {
        Address address = fields.address("address");
        List<Edit> edits = fields.each("edits").stream().map(EditFormat::read).toList();
        return switch (constant(Action.class, fields, "action")) {
            case CREATE -> new Change.Create(desired(fields, address, all), resource(fields, address, "after"));
            case UPDATE -> new Change.Update(resource(fields, address, "before"), desired(fields, address, all),
                    resource(fields, address, "after"), edits, addressIfAny(fields, "previous_address"));
            case REPLACE -> new Change.Replace(resource(fields, address, "before"), desired(fields, address, all),
                    resource(fields, address, "after"), edits,
                    ResourceFormat.paths(fields.in("change"), "replace_paths"));
            case DELETE -> new Change.Delete(resource(fields, address, "before"),
                    constant(Change.Delete.DeleteReason.class, fields, "why"), addressIfAny(fields, "goes_with"));
            case ADOPT -> new Change.Adopt(resource(fields, address, "before"), desired(fields, address, all),
                    resource(fields, address, "after"), edits);
            case FORGET -> new Change.Forget(address, constant(Change.Forget.ForgetReason.class, fields, "why"),
                    fields.in("change").value("before") instanceof Value.Null ? Optional.empty()
                            : Optional.of(resource(fields, address, "before")));
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
