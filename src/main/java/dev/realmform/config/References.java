package dev.realmform.config;

import dev.realmform.model.Nearness;
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

    private final Node.Fields vars;
    private final Map<String, String> givenVars;
    private final Lookup lookup;
    private final Budget budget;
    private final Findings findings;

    private final Map<String, Optional<Node>> resolved = new HashMap<>();
    private final Set<String> open = new LinkedHashSet<>();

    References(Node.Fields settings, Secrets secrets, FileBox files, LoadRequest request, Findings findings) {
        this.vars = settings.fields("vars");
        this.givenVars = request.options().vars();
        this.budget = new Budget(findings);
        this.lookup = new Lookup(settings, secrets, files, request, budget, findings);
        this.findings = findings;
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
            findings.add(leaf.place(), "a name must be a text that is not empty, and known before anything is applied",
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
        return value.filter(node -> !budget.isExhausted()).filter(node -> isAllowed(node, leaf, position));
    }

    /** A secret may not reach a field that is there to be read. */
    private boolean isAllowed(Node node, Node.Leaf leaf, Position position) {
        if (!isSecret(node) || position.takesSecrets()) {
            return true;
        }
        findings.add(leaf.place(),
                Texts.printable(leaf.raw()) + " is a secret and may not stand in " + position.field(),
                "Whoever may read the realm, or this plan, would see it. Use a variable that is no secret.");
        return false;
    }

    private static boolean isSecret(Node node) {
        return node instanceof Node.Leaf leaf && leaf.value() instanceof Secret;
    }

    /** A text with references in it. */
    private Optional<Node> embedded(Template template, Node.Leaf leaf, Position position) {
        StringBuilder joined = new StringBuilder();
        boolean secret = false;
        boolean given = true;
        for (Template.Part part : template.parts()) {
            switch (part) {
                case Template.Literal literal -> joined.append(literal.text());
                case Template.Call call -> {
                    Optional<Node> value = call(call, leaf.place(), position);
                    if (value.isEmpty()) {
                        return Optional.empty();
                    }
                    Optional<String> piece = piece(value.get());
                    if (piece.isEmpty() && !isSecret(value.get())) {
                        findings.add(leaf.place(),
                                Texts.printable(call.raw()) + " is no text and cannot stand inside of one",
                                "Let the value be nothing but this reference.");
                        return Optional.empty();
                    }
                    secret |= isSecret(value.get());
                    given &= piece.isPresent();
                    joined.append(piece.orElse(""));
                }
            }
            if (!budget.takesText(joined.length(), leaf.place())) {
                return Optional.empty();
            }
        }
        return Optional.of(joined(joined.toString(), secret, given, leaf));
    }

    private static Node joined(String text, boolean secret, boolean given, Node.Leaf leaf) {
        if (!secret) {
            return Node.Leaf.text(text, leaf.place());
        }
        return new Node.Leaf(given ? Secret.of(text, leaf.raw()) : Secret.notGiven(leaf.raw()), "", leaf.place());
    }

    /** What a value is inside a text; empty for what is no text, and for a secret that was not given. */
    private static Optional<String> piece(Node node) {
        return node instanceof Node.Leaf leaf ? switch (leaf.value()) {
            case Value.Null ignored -> Optional.of("");
            case Value.Bool ignored -> Optional.of(leaf.raw());
            case Value.Num ignored -> Optional.of(leaf.raw());
            case Value.Text(String content) -> Optional.of(content);
            case Secret secret -> Optional.of(secret).filter(Secret::isGiven).map(Secret::reveal);
            case Value.Unknown ignored -> Optional.empty();
            case Value.Hidden ignored -> Optional.empty();
            case Value.ListOf ignored -> Optional.empty();
            case Value.MapOf ignored -> Optional.empty();
        } : Optional.empty();
    }

    private Optional<Node> call(Template.Call call, Place place, Position position) {
        if (call.kind().equals("var")) {
            return var(call.argument(), place);
        }
        return switch (lookup.find(call, place, position)) {
            case Lookup.Found(Node.Leaf leaf) -> Optional.of(leaf);
            case Lookup.Default(String text) -> resolve(Node.Leaf.text(text, place), position);
            case Lookup.Nothing ignored -> Optional.empty();
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
                            + Texts.printable(name) + "=….", Nearness.similar(name, known)));
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
        return resolved.getOrDefault(name, Optional.empty()).flatMap(node -> used(node, place));
    }

    private Optional<Node> used(Node node, Place place) {
        if (node instanceof Node.Leaf leaf) {
            return Optional.of(new Node.Leaf(leaf.value(), leaf.raw(), place));
        }
        return budget.takesNodes(node, place) ? Optional.of(node) : Optional.empty();
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
}
