package dev.realmform.state;

import dev.realmform.model.Fields;
import dev.realmform.model.Value;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * Who holds the lock, for those who wait. Only informs: the lock is the operating system's.
 *
 * @param who      {@code ada@build-7}
 * @param pid      process id, on the host in {@code who}
 * @param since    when it was taken
 * @param what     the command: {@code apply}
 * @param progress how far it is; may be empty
 */
public record Holder(String who, long pid, Instant since, String what, String progress) {

    public Holder(String who, long pid, Instant since, String what) {
        this(who, pid, since, what, "");
    }

    Holder at(String text) {
        return new Holder(who, pid, since, what, text);
    }

    Value.MapOf toValue() {
        return new Value.MapOf(Map.of("who", Value.text(who), "pid", Value.num(pid), "since",
                Value.text(since.toString()), "what", Value.text(what), "progress", Value.text(progress)));
    }

    static Holder of(Fields fields) {
        return new Holder(fields.text("who"), fields.number("pid"), Instant.parse(fields.text("since")),
                fields.text("what"), fields.text("progress"));
    }

    @Override
    public String toString() {
        return who + " since " + since.truncatedTo(ChronoUnit.SECONDS) + ": " + what
                + (progress.isEmpty() ? "" : ", " + progress);
    }
}
