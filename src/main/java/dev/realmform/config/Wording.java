package dev.realmform.config;

import dev.realmform.model.Nearness;
import dev.realmform.model.Problem;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the schema finds wrong, in words for people: what, where, what to do. Never quotes the value of a secret. */
final class Wording {

    private static final Pattern SECRET_NAME = Pattern
            .compile("(?i)secret|password|passwd|credential|private.?key");

    private static final Pattern PLAIN_NAME = Pattern.compile("[$\\p{L}][\\p{L}\\p{N}$._/-]*");

    private Wording() {}

    static Problem of(Check.Violation violation) {
        return switch (violation.keyword()) {
            case "additionalProperties", "unevaluatedProperties" -> unknownKey(violation);
            case "type" -> wrongType(violation);
            case "pattern" -> pattern(violation);
            case "enum", "const" -> notOneOf(violation);
            case "required" -> invalid(violation, name(violation) + " lacks " + property(violation), "Add it.");
            case "minLength" -> invalid(violation, name(violation) + " is empty", "Write a text, or remove the line.");
            case "minimum", "exclusiveMinimum" -> invalid(violation, name(violation) + " is too small",
                    "It is " + (violation.keyword().equals("minimum") ? "at least " : "more than ")
                            + argument(violation) + ".");
            case "maximum" -> invalid(violation, name(violation) + " is too large",
                    "It is at most " + argument(violation) + ".");
            case "minProperties", "maxProperties" -> invalid(violation,
                    name(violation) + " must have exactly one key", "It is one of "
                            + String.join(", ", violation.shape().fieldNames()) + ".");
            case "uniqueItems" ->
                invalid(violation, name(violation) + " holds a value twice", "Remove one of the two.");
            case "propertyNames" -> Problem.invalid(Texts.quoted(property(violation)) + " cannot be a name here",
                    keyPlace(violation).toString(), "Use letters, digits, _, - and dots; start with a letter.");
            default -> invalid(violation, name(violation) + " is not what the schema asks for",
                    described(violation, "Correct it."));
        };
    }

    /** A typing error, or a field of a server that is newer than the schema: what to do is not the same. */
    private static Problem unknownKey(Check.Violation violation) {
        String key = property(violation);
        Collection<String> known = violation.shape().fieldNames();
        String similar = Nearness.similar(key, known);
        boolean ours = key.startsWith("$") || isOurs(violation.path());
        String allow = "--allow-unknown " + Texts.printable(key);
        String remedy = ours || Nearness.looksMistyped(key, known)
                ? "Correct it, or remove it." + (ours ? "" : " If the server knows it: " + allow + ".")
                : (similar.isEmpty() ? "Remove it" : "Correct it, or remove it")
                        + "; or, if the server's version knows it, allow it: " + allow
                        + ", or realmform.allowUnknown in the root file.";
        return Problem.invalid("unknown key " + Texts.quoted(key), keyPlace(violation).toString(),
                Texts.sentences(similar, remedy));
    }

    /** Whether it lies in a section that no server knows. */
    private static boolean isOurs(dev.realmform.model.Path path) {
        return Stream.of(Documents.SECTION, "osmo")
                .anyMatch(section -> path.startsWith(dev.realmform.model.Path.of(section)));
    }

    /** Where the key of an unknown field stands. */
    static Place keyPlace(Check.Violation violation) {
        return violation.at() instanceof Node.Fields map
                ? map.entry(property(violation)).map(Node.Entry::key).orElse(map.place())
                : violation.at().place();
    }

    private static Problem wrongType(Check.Violation violation) {
        Set<String> wanted = new TreeSet<>(violation.shape().types());
        boolean alsoText = wanted.remove("string") && wanted.size() > 1 && !wanted.contains("number");
        if (!alsoText) {
            wanted = new TreeSet<>(violation.shape().types());
        }
        return invalid(violation,
                name(violation) + " must be " + kinds(wanted) + ", but is "
                        + kind(violation, isScalar(violation, wanted)),
                advice(violation, wanted));
    }

    private static String advice(Check.Violation violation, Set<String> wanted) {
        boolean member = violation.at().place().trail() instanceof Trail.Item;
        if (violation.at() instanceof Node.Leaf leaf && leaf.isNull()) {
            if (member) {
                return "Write the value behind the dash, or remove the line.";
            }
            if (wanted.contains("array")) {
                return "Write [] if it shall be empty, or remove the line.";
            }
            if (wanted.contains("object")) {
                return "Write {} for one without fields, or $delete: true to delete it.";
            }
            return "Write a value, or remove the line: it cannot be empty.";
        }
        if (violation.at() instanceof Node.Leaf leaf && leaf.value() instanceof Value.Text && wanted.contains("array")
                && violation.shape().items().types().contains("string")) {
            return mayShow(violation) ? "Write a list: [" + Texts.printable(leaf.raw()) + "]." : "Write a list.";
        }
        if (wanted.contains("boolean") && !wanted.contains("string")) {
            return "Write true or false, without quotes.";
        }
        if (wanted.contains("integer")) {
            return "Write a whole number, without quotes.";
        }
        if (wanted.contains("string") && violation.at() instanceof Node.Leaf) {
            return "Write it in quotes.";
        }
        return described(violation, "Correct it.");
    }

    /** What the schema says about the field, else what is given here: no error is without a remedy. */
    private static String described(Check.Violation violation, String otherwise) {
        String description = violation.shape().description();
        return description.isEmpty() ? otherwise : description;
    }

    /** Where a field also takes references, the schema's pattern is what refuses other texts. */
    private static Problem pattern(Check.Violation violation) {
        Set<String> wanted = new TreeSet<>(violation.shape().types());
        wanted.remove("string");
        wanted.remove("null");
        if (!wanted.isEmpty() && String.valueOf(argument(violation)).startsWith("^\\$")) {
            return wrongType(violation);
        }
        return invalid(violation, name(violation) + " cannot be " + kind(violation, true), described(violation,
                "It has to match " + argument(violation) + "."));
    }

    private static Problem notOneOf(Check.Violation violation) {
        List<String> allowed = new ArrayList<>();
        violation.error().getSchemaNode().forEach(value -> {
            if (!value.isNull()) {
                allowed.add(value.asText());
            }
        });
        boolean shown = violation.at() instanceof Node.Leaf && mayShow(violation);
        String value = violation.at() instanceof Node.Leaf leaf && shown ? leaf.raw() : "";
        return invalid(violation,
                name(violation) + " cannot be " + (shown ? Texts.quoted(value) : kind(violation, false)),
                Texts.sentences("It is one of " + String.join(", ", allowed) + ".", Nearness.similar(value, allowed)));
    }

    private static Problem invalid(Check.Violation violation, String what, String remedy) {
        return Problem.invalid(what, violation.at().place().toString(), remedy);
    }

    private static String name(Check.Violation violation) {
        if (violation.path().isRoot()) {
            return "the document";
        }
        return violation.at().place().trail() instanceof Trail.Item
                ? "a member of " + named(violation.path().parent())
                : named(violation.path());
    }

    /** The last segment, in quotes if it would not be seen to be a name. */
    private static String named(dev.realmform.model.Path path) {
        if (path.isRoot()) {
            return "the document";
        }
        return PLAIN_NAME.matcher(path.last()).matches() ? Texts.printable(path.last()) : Texts.quoted(path.last());
    }

    private static String property(Check.Violation violation) {
        return Objects.requireNonNullElse(violation.error().getProperty(), "");
    }

    private static Object argument(Check.Violation violation) {
        Object[] arguments = violation.error().getArguments();
        return arguments == null || arguments.length == 0 ? "" : String.valueOf(arguments[0]);
    }

    private static String kinds(Collection<String> types) {
        List<String> words = types.stream().filter(type -> !type.equals("null")).map(Wording::word).distinct().toList();
        return String.join(" or ", words);
    }

    private static String word(String type) {
        return switch (type) {
            case "object" -> "a map";
            case "array" -> "a list";
            case "string" -> "a text";
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "boolean" -> "true or false";
            default -> type;
        };
    }

    /** Whether a value may be quoted: neither a secret nor, by its name, what could be one. */
    private static boolean mayShow(Check.Violation violation) {
        return !violation.shape().isSecret()
                && !(violation.at() instanceof Node.Leaf leaf && leaf.value() instanceof Secret)
                && violation.path().segments().stream().noneMatch(name -> SECRET_NAME.matcher(name).find());
    }

    /** Whether a text in the wrong place is a mistyped scalar; what stands in place of a map may be anything. */
    private static boolean isScalar(Check.Violation violation, Set<String> wanted) {
        return !wanted.contains("object") || violation.shape().items().types().contains("string");
    }

    private static String kind(Check.Violation violation, boolean show) {
        return switch (violation.at()) {
            case Node.Items ignored -> "a list";
            case Node.Fields ignored -> "a map";
            case Node.Leaf leaf -> kind(leaf, show && mayShow(violation));
        };
    }

    private static String kind(Node.Leaf leaf, boolean show) {
        return switch (leaf.value()) {
            case Value.Null ignored -> "empty";
            case Value.Bool(boolean flag) -> String.valueOf(flag);
            case Value.Num ignored -> show ? "the number " + Texts.printable(leaf.raw()) : "a number";
            case Value.Text ignored -> show ? "the text " + Texts.quoted(leaf.raw()) : "a text";
            case Secret ignored -> "a text";
            case Value.Unknown ignored -> "a text";
            case Value.Hidden ignored -> "a text";
            case Value.ListOf ignored -> "a list";
            case Value.MapOf ignored -> "a map";
        };
    }
}
