package dev.realmform.state;

import dev.realmform.model.Action;
import dev.realmform.model.Address;
import dev.realmform.model.Fields;
import dev.realmform.model.Fingerprint;
import dev.realmform.model.FrozenMap;
import dev.realmform.model.Owned;
import dev.realmform.model.Path;
import dev.realmform.model.Problem;
import dev.realmform.model.ServerIdentity;
import dev.realmform.model.Value;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The state as a tree: {@code schema/state.schema.json}. */
final class StateFormat {

    static final long VERSION = 1;

    /** The field that says "this is a state of realmform", and of which format. */
    static final String MARK = "realmform_state";

    private StateFormat() {}

    static Value.MapOf write(State state, List<Pending> pending) {
        SortedMap<String, Value> fields = new TreeMap<>();
        fields.put(MARK, Value.num(VERSION));
        fields.put("lineage", Value.text(state.lineage()));
        fields.put("serial", Value.num(state.serial()));
        state.run().ifPresent(run -> fields.put("run", Value.text(run)));
        fields.put("files", Value.texts(state.files()));
        state.server().ifPresent(server -> fields.put("server", write(server)));
        SortedMap<String, Value> resources = new TreeMap<>();
        state.resources().forEach((address, owned) -> resources.put(address.toString(), write(owned)));
        fields.put("resources", new Value.MapOf(resources));
        state.seal().ifPresent(seal -> fields.put("seal", Value.text(seal.text())));
        if (!pending.isEmpty()) {
            fields.put("pending", new Value.ListOf(pending.stream().map(one -> (Value) write(one)).toList()));
        }
        return new Value.MapOf(fields);
    }

    /** What a run that was not there to see its end has left open; empty in most states. */
    static List<Pending> pending(Fields fields) {
        return fields.has("pending") ? fields.each("pending").stream().map(StateFormat::readPending).toList()
                : List.of();
    }

    private static Value.MapOf write(Pending pending) {
        Value.MapOf fields = new Value.MapOf(Map.of("address", Value.text(pending.address().toString()), "action",
                Value.text(pending.action().word())));
        return with(fields, pending);
    }

    /** With what is known of a pending change beyond its address and action. */
    static Value.MapOf with(Value.MapOf fields, Pending pending) {
        Value.MapOf named = pending.was().map(was -> fields.with("was", Value.text(was.toString()))).orElse(fields);
        return pending.becomes().map(entry -> named.with("becomes", write(entry))).orElse(named);
    }

    private static Pending readPending(Fields fields) {
        return readPending(fields.only("address", "action", "was", "becomes"), "address");
    }

    /** @param name of the field that holds the address */
    static Pending readPending(Fields fields, String name) {
        return new Pending(fields.address(name), action(fields),
                fields.has("was") ? Optional.of(fields.address("was")) : Optional.empty(),
                fields.has("becomes") ? Optional.of(readOwned(fields.in("becomes"))) : Optional.empty());
    }

    private static Action action(Fields fields) {
        String word = fields.text("action");
        return Arrays.stream(Action.values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElseThrow(() -> fields.wrong("action", "is none of ours"));
    }

    /** Reads a tree that carries the mark. */
    static State read(Fields fields) {
        if (fields.number(MARK) > VERSION) {
            throw Problem.invalid("format " + fields.number(MARK) + " is newer than " + VERSION
                    + ", the newest that this realmform reads", "", "").asException();
        }
        fields.only(MARK, "lineage", "serial", "run", "files", "server", "resources", "seal", "pending");
        FrozenMap.Builder<Address, Owned> resources = new FrozenMap.Builder<>();
        Fields entries = fields.in("resources");
        Known known = new Known(new HashMap<>(), new HashMap<>());
        for (String name : entries.map().fields().keySet()) {
            resources.add(known.address(name, entries.at()), readOwned(entries.in(name), known));
        }
        return new State(fields.text("lineage"), fields.number("serial"), fields.textIfAny("run"),
                new TreeSet<>(fields.texts("files")),
                fields.has("server") ? Optional.of(readServer(fields.in("server"))) : Optional.empty(),
                resources.build(),
                fields.textIfAny("seal").map(Fingerprint::new));
    }

    static Value.MapOf write(ServerIdentity server) {
        SortedMap<String, Value> realms = new TreeMap<>();
        server.realmIds().forEach((realm, id) -> realms.put(realm, Value.text(id)));
        return new Value.MapOf(
                Map.of("issuer", Value.text(server.issuer()), "realms", new Value.MapOf(realms)));
    }

    static ServerIdentity readServer(Fields fields) {
        fields.only("issuer", "realms");
        return new ServerIdentity(fields.text("issuer"), fields.in("realms").allTexts());
    }

    static Value.MapOf write(Owned owned) {
        SortedMap<String, Value> fields = new TreeMap<>();
        owned.id().ifPresent(id -> fields.put("id", Value.text(id)));
        fields.put("created", Value.bool(owned.created()));
        if (owned.protect()) {
            fields.put("protect", Value.bool(true));
        }
        fields.put("written", prints(owned, true));
        fields.put("found", prints(owned, false));
        fields.put("needs", Value.texts(owned.needs().stream().sorted().map(Address::toString).toList()));
        return new Value.MapOf(fields);
    }

    private static Value.MapOf prints(Owned owned, boolean written) {
        SortedMap<String, Value> prints = new TreeMap<>();
        owned.fields().forEach((path, mark) -> {
            if (mark.written() == written) {
                prints.put(pointer(path), Value.text(mark.print().text()));
            }
        });
        return new Value.MapOf(prints);
    }

    /** What has been read before: thousands of entries hold the same few paths, and refer to each other. */
    private record Known(Map<String, Path> paths, Map<String, Address> addresses) {

        Path path(String pointer) {
            return paths.computeIfAbsent(pointer, StateFormat::path);
        }

        Address address(String text, String at) {
            Address known = addresses.get(text);
            if (known == null) {
                known = Fields.address(text, at + "." + text);
                addresses.put(text, known);
            }
            return known;
        }
    }

    static Owned readOwned(Fields fields) {
        return readOwned(fields, new Known(new HashMap<>(), new HashMap<>()));
    }

    private static Owned readOwned(Fields fields, Known known) {
        fields.only("id", "created", "protect", "written", "found", "needs");
        FrozenMap.Builder<Path, Owned.Mark> marks = new FrozenMap.Builder<>();
        fields.in("written")
                .allTexts()
                .forEach((at, print) -> marks.add(known.path(at), new Owned.Mark(new Fingerprint(print), true)));
        fields.in("found")
                .allTexts()
                .forEach((at, print) -> marks.add(known.path(at), new Owned.Mark(new Fingerprint(print), false)));
        Set<Address> needs = new HashSet<>();
        fields.texts("needs").forEach(need -> needs.add(known.address(need, fields.at() + ".needs")));
        return new Owned(fields.textIfAny("id"), fields.flag("created"),
                fields.has("protect") && fields.flag("protect"),
                marks.build(), needs);
    }

    /** A path as a JSON pointer (RFC 6901), which any text survives: {@code /attributes/a.b}. */
    static String pointer(Path path) {
        StringBuilder text = new StringBuilder();
        path.segments().forEach(one -> text.append('/').append(one.replace("~", "~0").replace("/", "~1")));
        return text.toString();
    }

    static Path path(String pointer) {
        if (pointer.isEmpty()) {
            return Path.ROOT;
        }
        List<String> segments = List.of(pointer.substring(1).split("/", -1));
        return new Path(segments.stream().map(one -> one.replace("~1", "/").replace("~0", "~")).toList());
    }
}
