package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The protocol mappers inside an object: owned one by one, and written through endpoints of their own. */
final class Mappers {

    /** The field that holds them. */
    static final String NAME = "protocolMappers";

    static final String PROVIDER = "protocolMapper";

    private static final String OPENID_CONNECT = "openid-connect";

    private static final Field MEMBER = Field.object(Map.of(
            "id", Field.any().computed(),
            "consentRequired", Field.any().computed(),
            "consentText", Field.any().computed(),
            "config", Field.mapOf(Field.any()).secretsByName()));

    static final Field FIELD = Field.named("name", MEMBER);

    private Mappers() {}

    /** The type of their addresses, under which their ids are known: a client and a client scope may have one name. */
    static String type(String holder) {
        return holder + "-protocol-mapper";
    }

    private static Address address(Address holder, String name) {
        return Address.of(type(holder.type()), holder.root(), holder.name(), name);
    }

    /** Settings as texts; one that is to go ({@code $delete}) as null, and so is the old name of one that is renamed. */
    static Value.MapOf tidy(Value.MapOf holder) {
        return switch (holder.get(NAME).orElse(Value.NULL)) {
            case Value.ListOf(List<Value> items) -> {
                List<Value> tidied = new ArrayList<>();
                items.forEach(item -> tidied.add(
                        item instanceof Value.MapOf mapper ? Texts.in(mapper, "config") : item));
                yield holder.with(NAME, new Value.ListOf(tidied));
            }
            case Value.MapOf mappers -> holder.with(NAME, tidyMembers(mappers));
            default -> holder;
        };
    }

    private static Value tidyMembers(Value.MapOf mappers) {
        SortedMap<String, Value> tidied = new TreeMap<>();
        mappers.fields().forEach((name, value) -> {
            if (!(value instanceof Value.MapOf mapper)) {
                tidied.put(name, value);
            } else if (mapper.isTrue("$delete")) {
                tidied.put(name, Value.NULL);
            } else {
                mapper.text("$was").filter(old -> !mappers.has(old)).ifPresent(old -> tidied.put(old, Value.NULL));
                tidied.put(name, Texts.in(mapper, "config").without("$was", "$ignore", "$delete", "$unset"));
            }
        });
        return new Value.MapOf(tidied);
    }

    /** A declared holder which leaves to others what its mappers leave to others. */
    static Value withIgnored(Value holder) {
        if (!(holder instanceof Value.MapOf map)) {
            return holder;
        }
        List<Value> paths = new ArrayList<>(map.list("$ignore"));
        map.map(NAME).fields().forEach((name, value) -> {
            if (value instanceof Value.MapOf mapper) {
                mapper.texts("$ignore").forEach(path -> paths.add(Value.text(Path.of(NAME, name) + "." + path)));
            }
        });
        return paths.isEmpty() ? map : map.with("$ignore", new Value.ListOf(paths));
    }

    /** Mappers that are new, or become of another type, and of a type that the server does not have. */
    static List<Problem> review(String holderType, Plan plan, Reader reader) {
        List<Problem> problems = new ArrayList<>();
        for (Change change : plan.changes()) {
            boolean unmakes = change instanceof Change.Delete || change instanceof Change.Forget;
            if (!unmakes && change.address().type().equals(holderType)) {
                change.declared().ifPresent(declared -> problems.addAll(review(change, declared, reader)));
            }
        }
        return problems;
    }

    private static List<Problem> review(Change change, Resource declared, Reader reader) {
        Value.MapOf before = change.before().map(Resource::value).orElse(Value.EMPTY_MAP).map(NAME);
        Value.MapOf after = Wire.planned(change).value().map(NAME);
        List<Problem> problems = new ArrayList<>();
        for (String name : after.fields().keySet()) {
            Optional<String> provider = after.map(name).text(PROVIDER);
            boolean asked = provider.isPresent() && !before.map(name).text(PROVIDER).equals(provider);
            if (asked && new ServerProviders(reader).lacksMapper(change.address().root(), provider.get())) {
                Path at = Path.of(NAME, name, PROVIDER);
                problems.add(Problem.invalid("the server has no protocol mapper type " + provider.get()
                        + ", and " + change.address() + " asks for it",
                        declared.origin().at(at).exact() + "  " + at,
                        "Correct the name, or install what provides it on the server first."));
            }
        }
        return problems;
    }

    /** Remembers their ids. */
    static void found(Address holder, Value.MapOf raw, Found found) {
        for (Value item : raw.list(NAME)) {
            if (item instanceof Value.MapOf mapper) {
                mapper.text("id").ifPresent(id -> found.id(address(holder, mapper.text("name").orElse("")), id));
            }
        }
    }

    /**
     * The id of one mapper.
     *
     * @param holders the collection that its holder is in
     */
    static Optional<String> find(Reader reader, Ids ids, Address holder, String holders, Address mapper) {
        return ids.find(holder)
                .stream()
                .flatMap(id -> reader.objects(mapper.root(), holders, id, "protocol-mappers", "models").stream())
                .filter(body -> body.text("name").filter(mapper.name()::equals).isPresent())
                .findFirst()
                .flatMap(body -> body.text("id"));
    }

    /** A mapper without protocol is answered 409 "Duplicate resource error" (measured): it has that of its holder. */
    static Value.MapOf withProtocol(Value.MapOf holder) {
        Value.MapOf mappers = holder.map(NAME);
        SortedMap<String, Value> complete = new TreeMap<>();
        mappers.fields().forEach((name, value) -> complete.put(name, withProtocol(value, holder)));
        return mappers.isEmpty() ? holder : holder.with(NAME, new Value.MapOf(complete));
    }

    private static Value withProtocol(Value mapper, Value.MapOf holder) {
        return mapper instanceof Value.MapOf map && !map.has("protocol")
                ? map.with("protocol", holder.get("protocol").orElse(Value.text(OPENID_CONNECT)))
                : mapper;
    }

    /**
     * The calls that bring the mappers from one state to the other. In a PUT of a client the list of mappers would replace all
     * that are there (measured). By itself, a mapper is shown with settings that it only behaves as if it had
     * (ProtocolMappersResource of 26.7.3): it is read again as its holder has it.
     *
     * @param at the path of the object that holds them
     */
    static List<Call> calls(Way at, Address holder, Value.MapOf before, Value.MapOf after) {
        List<Call> calls = new ArrayList<>();
        Way models = at.then("protocol-mappers", "models");
        Value.MapOf was = before.map(NAME);
        Value.MapOf becomes = withProtocol(after).map(NAME);
        for (String name : was.fields().keySet()) {
            if (!becomes.has(name)) {
                calls.add(Call.delete(models.id(address(holder, name))));
            }
        }
        becomes.fields().forEach((name, value) -> {
            Value.MapOf body = ((Value.MapOf) Wire.of(MEMBER, value)).with("name", Value.text(name));
            Address address = address(holder, name);
            if (!was.has(name)) {
                calls.add(Call.post(models, body).making(address));
            } else if (!was.get(name).equals(Optional.of(value))) {
                calls.add(Call.put(models.id(address), body.with("id", Way.idOf(address)))
                        .reading(new Again.Fields(Path.of(NAME, name), Set.of("config"), Set.of(), 3)));
            }
        });
        return calls;
    }
}
