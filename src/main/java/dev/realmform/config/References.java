package dev.realmform.config;

import dev.realmform.model.Address;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;

/**
 * Replaces {@code $(…)} in values: after parsing, so that no value can change the structure of a document.
 *
 * <p>A value that is nothing but a reference keeps the type of what it refers to; inside a text everything becomes text, and a
 * text with a secret in it is a secret.
 */
final class References {

    /** Bounds on what variables that hold variables can grow to. */
    private static final int LONGEST_TEXT = 1024 * 1024;

    private static final long MOST_TEXT = 64L * 1024 * 1024;
    private static final int MOST_NODES = 1_000_000;

    private static final List<String> KINDS = List.of("var", "env", "file", "secret", "ref", "random");

    private final Node.Fields vars;
    private final Map<String, String> givenVars;
    private final Map<String, String> environment;
    private final Set<String> allowedEnv;
    private final Secrets secrets;
    private final FileBox files;
    private final boolean untrusted;
    private final Findings findings;

    private final Map<String, Optional<Node>> resolved = new HashMap<>();
    private final Set<String> open = new LinkedHashSet<>();
    private long text;
    private int nodes;
    private boolean exhausted;

    References(Node.Fields settings, Secrets secrets, FileBox files, LoadRequest request, Findings findings) {
        this.vars = settings.fields("vars");
        this.givenVars = request.options().vars();
        this.environment = request.environment();
        this.untrusted = request.options().untrusted();
        this.secrets = secrets;
        this.files = files;
        this.findings = findings;
        Set<String> allowed = new TreeSet<>(request.options().allowEnv());
        if (!untrusted) {
            settings.list("env")
                    .ifPresent(list -> list.items()
                            .forEach(item -> allowed.add(item instanceof Node.Leaf leaf ? leaf.raw() : "")));
        }
        this.allowedEnv = allowed;
    }

    /** The list or map that a node stands for, if it is nothing but a variable that holds one; else the node itself. */
    Node structure(Node node) {
        if (node instanceof Node.Leaf leaf && leaf.text().filter(Template::isIn).isPresent()) {
            Optional<Template.Call> call = Template.parse(leaf.raw()).whole().filter(it -> it.kind().equals("var"));
            if (call.isPresent() && isStructure(call.get().argument())) {
                return var(call.get().argument(), leaf.place()).orElse(node);
            }
        }
        return node;
    }

    private boolean isStructure(String name) {
        return !givenVars.containsKey(name) && vars.get(name).filter(node -> !(node instanceof Node.Leaf)).isPresent();
    }

    /** A name in a list, which may hold variables: {@code clientId: portal-$(var:stage)}. */
    Optional<String> name(Node.Leaf leaf) {
        return resolve(leaf, Position.plain("a name")).flatMap(node -> {
            if (node instanceof Node.Leaf found && !found.raw().isEmpty()
                    && !(found.value() instanceof Value.Unknown)) {
                return Optional.of(found.raw());
            }
            findings.add(leaf.place(), "a name is a text that is not empty, known before anything is applied",
                    "Write the name.");
            return Optional.empty();
        });
    }

    /** The value of a leaf; empty if it cannot be had, which has been said then. */
    Optional<Node> resolve(Node.Leaf leaf, Position position) {
        String written = leaf.text().orElse("");
        if (!Template.isIn(written)) {
            return Optional.of(leaf);
        }
        Template template = Template.parse(written);
        if (template.problem().isPresent()) {
            findings.add(leaf.place(), "the reference is not closed: " + template.problem().get(),
                    "Quote the whole value: YAML ends an unquoted one at a comma, a bracket or a #."
                            + " For a plain text write $$(.");
            return Optional.empty();
        }
        Optional<Node> value = template.whole().isPresent()
                ? call(template.whole().get(), leaf.place(), position)
                : embedded(template, leaf, position);
        return value.flatMap(node -> guarded(node, leaf, position));
    }

    /** A secret may not reach a field that is there to be read. */
    private Optional<Node> guarded(Node node, Node.Leaf leaf, Position position) {
        if (exhausted) {
            return Optional.empty();
        }
        boolean secret = node instanceof Node.Leaf found && found.value() instanceof Secret;
        if (secret && !position.takesSecrets()) {
            findings.add(leaf.place(),
                    Texts.printable(leaf.raw()) + " is a secret and may not stand in " + position.field(),
                    "Whoever may read the realm, or this plan, would see it. Use a variable that is no secret.");
            return Optional.empty();
        }
        return Optional.of(node);
    }

    private Optional<Node> embedded(Template template, Node.Leaf leaf, Position position) {
        StringBuilder joined = new StringBuilder();
        boolean secret = position.secret();
        boolean given = true;
        boolean whole = true;
        for (Template.Part part : template.parts()) {
            switch (part) {
                case Template.Literal literal -> joined.append(literal.text());
                case Template.Call call -> {
                    Optional<Node> value = call(call, leaf.place(), position);
                    Optional<String> piece = value.flatMap(node -> piece(node, call, leaf.place()));
                    secret |= value.isPresent() && isSecret(value.get());
                    given &= value.isEmpty() || !(isSecret(value.get()) && piece.isEmpty());
                    whole &= value.isPresent() && (piece.isPresent() || isSecret(value.get()));
                    joined.append(piece.orElse(""));
                }
            }
            if (tooMuch(joined.length(), leaf.place())) {
                return Optional.empty();
            }
        }
        if (!whole) {
            return Optional.empty();
        }
        text += joined.length();
        String result = joined.toString();
        if (!secret) {
            return Optional.of(Node.Leaf.text(result, leaf.place()));
        }
        Secret wrapped = given ? Secret.of(result, leaf.raw()) : Secret.notGiven(leaf.raw());
        return Optional.of(new Node.Leaf(wrapped, "", leaf.place()));
    }

    private static boolean isSecret(Node node) {
        return node instanceof Node.Leaf leaf && leaf.value() instanceof Secret;
    }

    private Optional<String> piece(Node node, Template.Call call, Place place) {
        if (node instanceof Node.Leaf leaf) {
            switch (leaf.value()) {
                case Secret secret -> {
                    return secret.isGiven() ? Optional.of(secret.reveal()) : Optional.empty();
                }
                case Value.Unknown ignored -> {
                    // Falls through to the problem below.
                }
                case Value.Null ignored -> {
                    return Optional.of("");
                }
                case Value.Bool ignored -> {
                    return Optional.of(leaf.raw());
                }
                case Value.Num ignored -> {
                    return Optional.of(leaf.raw());
                }
                case Value.Text(String content) -> {
                    return Optional.of(content);
                }
                case Value.ListOf ignored -> {
                    // No leaf holds one.
                }
                case Value.MapOf ignored -> {
                    // No leaf holds one.
                }
                case Value.Hidden ignored -> {
                    // No leaf holds one.
                }
            }
        }
        findings.add(place, Texts.printable(call.raw()) + " is no text and cannot stand inside of one",
                "Let the value be nothing but this reference.");
        return Optional.empty();
    }

    private boolean tooMuch(int length, Place place) {
        boolean over = length > LONGEST_TEXT || text + length > MOST_TEXT || nodes > MOST_NODES;
        if (over && !exhausted) {
            exhausted = true;
            findings.add(place, "the variables of these files grow without end", "Do not nest variables so deeply.");
        }
        return over || exhausted;
    }

    private Optional<Node> call(Template.Call call, Place place, Position position) {
        return switch (call.kind()) {
            case "var" -> var(call.argument(), place);
            case "env" -> env(call, place, position);
            case "file" -> file(call, place, position);
            case "secret" -> secret(call, place);
            case "ref" -> ref(call, place);
            case "random" -> {
                findings.add(place, Texts.printable(call.raw()) + " is possible only where the value can be kept:"
                        + " in a Kubernetes Secret, which comes later", "Use $(secret:name).");
                yield Optional.empty();
            }
            default -> {
                findings.add(place, Texts.printable(call.raw()) + " is no reference that realmform knows",
                        Texts.sentences("References are $(" + String.join(":…), $(", KINDS)
                                + ":…). For a plain text write $$(.", Texts.similar(call.kind(), KINDS)));
                yield Optional.empty();
            }
        };
    }

    private Optional<Node> var(String name, Place place) {
        String given = givenVars.get(name);
        if (given != null) {
            return Optional.of(Node.Leaf.text(given, place));
        }
        Optional<Node> definition = vars.get(name);
        if (definition.isEmpty()) {
            Set<String> known = new TreeSet<>(vars.entries().keySet());
            known.addAll(givenVars.keySet());
            findings.add(place, "the variable " + Texts.quoted(name) + " is not defined",
                    Texts.sentences("Define it under realmform.vars in the root file, or give --var "
                            + Texts.printable(name) + "=….", Texts.similar(name, known)));
            return Optional.empty();
        }
        if (open.contains(name)) {
            findings.add(definition.get().place(), "the variable " + Texts.quoted(name) + " refers to itself: "
                    + String.join(" -> ", open) + " -> " + Texts.printable(name), "Break the circle.");
            return Optional.empty();
        }
        if (!resolved.containsKey(name)) {
            open.add(name);
            resolved.put(name, definition(definition.get(), name));
            open.remove(name);
        }
        return resolved.get(name).flatMap(node -> used(node, place));
    }

    private Optional<Node> used(Node node, Place place) {
        if (node instanceof Node.Leaf leaf) {
            return Optional.of(new Node.Leaf(leaf.value(), leaf.raw(), place));
        }
        nodes += weight(node);
        return tooMuch(0, place) ? Optional.empty() : Optional.of(node);
    }

    private static int weight(Node node) {
        return switch (node) {
            case Node.Leaf ignored -> 1;
            case Node.Items list -> 1 + list.items().stream().mapToInt(References::weight).sum();
            case Node.Fields map -> 1 + map.entries().values().stream().mapToInt(e -> weight(e.node())).sum();
        };
    }

    /** A variable's value with the references in it resolved. */
    private Optional<Node> definition(Node node, String name) {
        return switch (node) {
            case Node.Leaf leaf -> resolve(leaf, Position.variable(name));
            case Node.Items list -> {
                List<Node> items = new ArrayList<>();
                list.items().forEach(item -> definition(item, name).ifPresent(items::add));
                yield Optional.of(new Node.Items(items, list.place()));
            }
            case Node.Fields map -> {
                SequencedMap<String, Node.Entry> entries = new LinkedHashMap<>();
                map.entries()
                        .forEach((key, entry) -> definition(entry.node(), name)
                                .ifPresent(value -> entries.put(key, new Node.Entry(entry.key(), value))));
                yield Optional.of(new Node.Fields(entries, map.place()));
            }
        };
    }

    private Optional<Node> env(Template.Call call, Place place, Position position) {
        int dash = call.argument().indexOf(":-");
        String name = dash < 0 ? call.argument() : call.argument().substring(0, dash);
        if (position.secret()) {
            String value = untrusted ? "" : environment.getOrDefault(name, "");
            Secret secret = value.isEmpty() ? Secret.notGiven(call.raw()) : Secret.of(value, call.raw());
            return value.isEmpty() && dash >= 0 ? byDefault(call.argument().substring(dash + 2), place, position)
                    : Optional.of(new Node.Leaf(secret, "", place));
        }
        if (!mayBeRead(name, call, place, position)) {
            return Optional.empty();
        }
        String value = environment.get(name);
        if (dash >= 0 && (value == null || value.isEmpty())) {
            return byDefault(call.argument().substring(dash + 2), place, position);
        }
        if (value == null) {
            findings.add(place, "the variable " + Texts.printable(name) + " is not set in the environment",
                    "Set it, or give a default: $(env:" + Texts.printable(name) + ":-…).");
            return Optional.empty();
        }
        text += value.length();
        return tooMuch(value.length(), place) ? Optional.empty() : Optional.of(Node.Leaf.text(value, place));
    }

    private Optional<Node> byDefault(String written, Place place, Position position) {
        return resolve(Node.Leaf.text(written, place), position);
    }

    private boolean mayBeRead(String name, Template.Call call, Place place, Position position) {
        if (secrets.isVariable(name)) {
            findings.add(place, Texts.printable(call.raw()) + " holds a secret and may not stand in "
                    + position.field(),
                    "Whoever may read the realm, or this plan, would see it. Use a variable that is no secret.");
            return false;
        }
        if (!allowedEnv.contains(name)) {
            findings.add(place, Texts.printable(call.raw()) + " may not be used in " + position.field(),
                    untrusted
                            ? "With --untrusted only variables that --allow-env names may be used outside secrets;"
                                    + " the file cannot allow itself one."
                            : Texts.sentences("If it is no secret, name it under realmform.env in the root file.",
                                    Texts.similar(name, allowedEnv)));
            return false;
        }
        return true;
    }

    private Optional<Node> file(Template.Call call, Place place, Position position) {
        if (secrets.isFile(call.argument()) && !position.takesSecrets()) {
            findings.add(place, Texts.printable(call.raw()) + " holds a secret and may not stand in "
                    + position.field(), "Whoever may read the realm, or this plan, would see it.");
            return Optional.empty();
        }
        return switch (files.inside(call.argument())) {
            case FileBox.Text(String content) -> {
                text += content.length();
                Node leaf = position.secret() || secrets.isFile(call.argument())
                        ? new Node.Leaf(Secret.of(content, call.raw()), "", place)
                        : Node.Leaf.text(content, place);
                yield tooMuch(content.length(), place) ? Optional.empty() : Optional.of(leaf);
            }
            case FileBox.Missing ignored -> {
                findings.add(place, "there is no file for " + Texts.printable(call.raw()),
                        "The path starts at the root file's folder.");
                yield Optional.empty();
            }
            case FileBox.Wrong wrong -> {
                findings.add(place, Texts.printable(call.raw()) + ": " + wrong.what(), wrong.remedy());
                yield Optional.empty();
            }
        };
    }

    private Optional<Node> secret(Template.Call call, Place place) {
        if (secrets.has(call.argument())) {
            return Optional.of(new Node.Leaf(secrets.get(call.argument(), call.raw()), "", place));
        }
        findings.add(place, "the secret " + Texts.quoted(call.argument()) + " is not defined",
                Texts.sentences("Define it under realmform.secrets in the root file: {"
                        + Texts.printable(call.argument()) + ": {env: NAME}}.",
                        Texts.similar(call.argument(), secrets.names())));
        return Optional.empty();
    }

    private Optional<Node> ref(Template.Call call, Place place) {
        int dot = call.argument().lastIndexOf('.');
        try {
            if (dot > 0 && dot < call.argument().length() - 1) {
                Address address = Address.parse(call.argument().substring(0, dot));
                Value value = new Value.Unknown(address, call.argument().substring(dot + 1));
                return Optional.of(new Node.Leaf(value, call.raw(), place));
            }
        } catch (IllegalArgumentException e) {
            // No address: said below, with an example.
        }
        findings.add(place, Texts.printable(call.raw()) + " names no field of a resource",
                "One looks like $(ref:client/my-realm/my-client.secret).");
        return Optional.empty();
    }
}
