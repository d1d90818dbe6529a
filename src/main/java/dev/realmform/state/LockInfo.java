package dev.realmform.state;

import dev.realmform.model.Fields;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Value;
import java.util.Map;
import java.util.Optional;

/** Who holds a lock, as Terraform's protocol says it. What a server leaves out is empty. */
record LockInfo(String id, String operation, String info, String who, String created, String path) {

    static LockInfo of(String id, Holder holder, String path) {
        return new LockInfo(id, holder.what(), "process " + holder.pid() + " of realmform", holder.who(),
                holder.since().toString(), path);
    }

    Value.MapOf toValue() {
        return new Value.MapOf(Map.of("ID", Value.text(id), "Operation", Value.text(operation), "Info",
                Value.text(info), "Who", Value.text(who), "Version", Value.text("realmform"), "Created",
                Value.text(created), "Path", Value.text(path)));
    }

    /** From the answer of a server that refuses; empty if it is something else. */
    static Optional<LockInfo> of(byte[] body, Codec codec) {
        try {
            Fields fields = Fields.of(codec.parse().apply(body), "");
            return Optional.of(new LockInfo(text(fields, "ID"), text(fields, "Operation"), text(fields, "Info"),
                    text(fields, "Who"), text(fields, "Created"), text(fields, "Path")));
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    /** Of a server that tells it in words of its own. */
    static LockInfo saying(String words) {
        return new LockInfo("", words, "", "", "", "");
    }

    boolean saysAnything() {
        return !(id + operation + info + who + created).isEmpty();
    }

    private static String text(Fields fields, String name) {
        return fields.has(name) && fields.value(name) instanceof Value.Text(String text) ? Words.printable(text) : "";
    }

    /**
     * For those who have to wait. GitLab answers with what the asking request said of itself, but for id, user and time: what
     * equals our own words tells nothing.
     */
    String describe(LockInfo asking) {
        StringBuilder text = new StringBuilder(who.isEmpty() ? "another run" : who);
        if (!created.isEmpty()) {
            text.append(" since ").append(created.replaceFirst("\\.[0-9]+", ""));
        }
        if (!operation.isEmpty() && !info.equals(asking.info)) {
            text.append(": ").append(operation);
        }
        return text.toString();
    }
}
