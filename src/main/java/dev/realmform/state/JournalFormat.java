package dev.realmform.state;

import dev.realmform.model.Fields;
import dev.realmform.model.Fingerprint;
import dev.realmform.model.Problem;
import dev.realmform.model.Value;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The lines of a journal as trees. */
final class JournalFormat {

    static final long VERSION = 1;
    static final String MARK = "realmform_journal";

    private JournalFormat() {}

    /** The first line: of which state the journal is, and what the run began with. */
    static Value.MapOf header(State base, String run) {
        SortedMap<String, Value> fields = new TreeMap<>();
        fields.put(MARK, Value.num(VERSION));
        fields.put("lineage", Value.text(base.lineage()));
        fields.put("serial", Value.num(base.serial()));
        fields.put("run", Value.text(run));
        fields.put("files", Value.texts(base.files()));
        base.server().ifPresent(server -> fields.put("server", StateFormat.write(server)));
        return new Value.MapOf(fields);
    }

    /** The state that the run began with, but for its resources. */
    static State readHeader(Fields fields) {
        if (fields.number(MARK) > VERSION) {
            throw Problem.invalid("format " + fields.number(MARK) + " is newer than " + VERSION
                    + ", the newest that this realmform reads", "", "").asException();
        }
        fields.only(MARK, "lineage", "serial", "run", "files", "server");
        return new State(fields.text("lineage"), fields.number("serial"), Optional.of(fields.text("run")),
                new TreeSet<>(fields.texts("files")),
                fields.has("server") ? Optional.of(StateFormat.readServer(fields.in("server"))) : Optional.empty(),
                new TreeMap<>(), Optional.empty());
    }

    static Value.MapOf write(Event event) {
        return switch (event) {
            case Event.Began(Pending pending) -> write(pending);
            case Event.Done done -> line("done", done.address().toString()).with("owned",
                    StateFormat.write(done.owned()));
            case Event.Gone gone -> line("gone", gone.address().toString());
            case Event.Failed failed -> line("failed", failed.address().toString());
            case Event.Identified identified -> new Value.MapOf(
                    Map.of("server", StateFormat.write(identified.server())));
            case Event.Sealed(Fingerprint seal) -> new Value.MapOf(Map.of("seal", Value.text(seal.text())));
        };
    }

    private static Value.MapOf write(Pending pending) {
        Value.MapOf line = line("pending", pending.address().toString()).with("action",
                Value.text(pending.action().word()));
        return StateFormat.with(line, pending);
    }

    private static Value.MapOf line(String event, String address) {
        return new Value.MapOf(Map.of(event, Value.text(address)));
    }

    static Event read(Fields line) {
        if (line.has("pending")) {
            return new Event.Began(
                    StateFormat.readPending(line.only("pending", "action", "was", "becomes"), "pending"));
        }
        if (line.has("done")) {
            return new Event.Done(line.only("done", "owned").address("done"), StateFormat.readOwned(line.in("owned")));
        }
        if (line.has("gone")) {
            return new Event.Gone(line.only("gone").address("gone"));
        }
        if (line.has("failed")) {
            return new Event.Failed(line.only("failed").address("failed"));
        }
        if (line.has("seal")) {
            return new Event.Sealed(new Fingerprint(line.only("seal").text("seal")));
        }
        return new Event.Identified(StateFormat.readServer(line.only("server").in("server")));
    }
}
