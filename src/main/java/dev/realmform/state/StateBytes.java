package dev.realmform.state;

import dev.realmform.model.Fields;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A state as the bytes that a store keeps, and what is wrong with bytes that are none.
 *
 * @param name  what the place is called in messages
 * @param check which setting to check if something else is found there
 * @param spare where an earlier version may be found, if this one is damaged: whole sentences
 */
public record StateBytes(Codec codec, String name, String check, String spare) {

    /** For a file that somebody keeps or brings. */
    public static StateBytes of(Codec codec, String name) {
        return new StateBytes(codec, name, "the name of the file", "Take another copy of it.");
    }

    /** The text of a state, with what is pending. */
    public byte[] write(State state, List<Pending> pending) {
        return codec.page().apply(StateFormat.write(state, pending)).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads a state with what it says is pending.
     *
     * @throws ProblemException if it is cut off, damaged, of a newer format, or something else altogether
     */
    public Loaded read(byte[] bytes) {
        try {
            if (isOtherText(bytes)) {
                throw foreign();
            }
            Fields fields = Fields.of(codec.parse().apply(bytes), "");
            if (!fields.has(StateFormat.MARK)) {
                throw fields.has("terraform_version") ? terraforms(fields) : foreign();
            }
            if (fields.number(StateFormat.MARK) > StateFormat.VERSION) {
                throw Problem.invalid(name + " was written by a newer realmform: state format "
                        + fields.number(StateFormat.MARK) + ", and this one reads " + StateFormat.VERSION, "",
                        "Use that newer version. There is no way back to the older format.").asException();
            }
            return new Loaded(StateFormat.read(fields), StateFormat.pending(fields));
        } catch (ProblemException e) {
            throw named(e.problems().getFirst(), bytes);
        }
    }

    private ProblemException foreign() {
        return Problem.invalid(name + " is not a state of realmform", "",
                "Check " + check + ": it names something else, which is left as it is.").asException();
    }

    private ProblemException terraforms(Fields fields) {
        String version = fields.value("terraform_version") instanceof Value.Text(String text) ? " " + text : "";
        return Problem.invalid(name + " is a state of Terraform" + version + ", not of realmform", "",
                "It is left as it is. Each of the two needs a place of its own: name another one, see " + check + ".")
                .asException();
    }

    private static boolean isOtherText(byte[] bytes) {
        int first = 0;
        while (first < bytes.length && Character.isWhitespace(bytes[first])) {
            first++;
        }
        return first < bytes.length && bytes[first] != '{';
    }

    /** A problem of the content becomes one of the place, with the way out. */
    private ProblemException named(Problem problem, byte[] bytes) {
        if (!problem.remedy().isEmpty()) {
            return problem.asException();
        }
        String text = new String(bytes, StandardCharsets.UTF_8).strip();
        String how = text.isEmpty() ? "is empty" : text.endsWith("}") ? "is damaged" : "is cut off";
        return Problem.invalid("the state " + name + " " + how + ": " + problem.what(),
                problem.where().isEmpty() ? "" : name + ", " + problem.where(), spare).asException();
    }
}
