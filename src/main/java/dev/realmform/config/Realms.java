package dev.realmform.config;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which documents make which realm. */
final class Realms {

    private static final String NAME = "realm";

    private final Blueprint blueprint;
    private final References references;
    private final Findings findings;

    private Realms(Blueprint blueprint, References references, Findings findings) {
        this.blueprint = blueprint;
        this.references = references;
        this.findings = findings;
    }

    /**
     * The documents by realm and layer. A document that names no realm belongs to the only one of the first layer, or, if that
     * names none, to the only one of all. Where nobody names one, a blueprint does.
     */
    static Map<String, List<List<Node.Fields>>> of(Documents documents, Blueprint blueprint, References references,
            Findings findings) {
        return new Realms(blueprint, references, findings).of(documents);
    }

    private Map<String, List<List<Node.Fields>>> of(Documents documents) {
        IdentityHashMap<Documents.Document, String> named = new IdentityHashMap<>();
        Set<String> first = new LinkedHashSet<>();
        Set<String> all = new LinkedHashSet<>();
        boolean wrong = false;
        for (Documents.Document document : documents.all()) {
            Optional<Node> written = written(document.body());
            if (written.isEmpty()) {
                continue;
            }
            Optional<String> name = name(written.get());
            wrong |= name.isEmpty();
            name.ifPresent(realm -> {
                named.put(document, realm);
                all.add(realm);
                if (document.layer() == 0) {
                    first.add(realm);
                }
            });
        }
        Set<String> candidates = !first.isEmpty() ? first
                : all.isEmpty() && !wrong && documents.all().stream().anyMatch(it -> section(it.body()).isPresent())
                        ? Set.of(blueprint.realm())
                        : all;
        Map<String, List<List<Node.Fields>>> byRealm = new LinkedHashMap<>();
        for (Documents.Document document : documents.all()) {
            String own = named.get(document);
            if (own == null && written(document.body()).isEmpty() && candidates.size() != 1 && !wrong) {
                noRealm(document, candidates);
            } else if (own != null || candidates.size() == 1) {
                put(byRealm, own != null ? own : candidates.iterator().next(), document);
            }
        }
        return byRealm;
    }

    /** The name of the realm: of the document, else of the section of a blueprint in it. */
    private Optional<Node> written(Node.Fields document) {
        Optional<Node> inside = section(document).flatMap(section -> section.get(NAME));
        Optional<Node> own = document.get(NAME);
        if (own.isPresent() && inside.isPresent() && !Node.same(own.get(), inside.get(), false)) {
            findings.add(inside.get().place(), "this names another realm than its document",
                    "That one is named at " + own.get().place().source() + ". Take one of the two out.");
        }
        return own.or(() -> inside);
    }

    private Optional<Node.Fields> section(Node.Fields document) {
        return document.get(blueprint.section())
                .map(references::structure)
                .filter(Node.Fields.class::isInstance)
                .map(Node.Fields.class::cast);
    }

    private Optional<String> name(Node node) {
        return node instanceof Node.Leaf leaf && !leaf.isNull() ? references.name(leaf) : notAName(node);
    }

    private Optional<String> notAName(Node node) {
        findings.add(node.place(), "realm is a name: a text that is not empty", "Write realm: name.");
        return Optional.empty();
    }

    private void noRealm(Documents.Document document, Set<String> candidates) {
        findings.add(document.body().place(), candidates.isEmpty() ? "no document names the realm"
                : "this document names no realm, and there are several: " + String.join(", ", candidates),
                "Add realm: name" + (candidates.isEmpty() ? "." : " to it."));
    }

    private static void put(Map<String, List<List<Node.Fields>>> byRealm, String realm, Documents.Document document) {
        List<List<Node.Fields>> layers = byRealm.computeIfAbsent(realm, ignored -> new ArrayList<>());
        while (layers.size() <= document.layer()) {
            layers.add(new ArrayList<>());
        }
        layers.get(document.layer()).add(document.body().without(Set.of(NAME)));
    }

    /** The field {@code realm} of a merged document. */
    static Node.Entry entry(String realm, Node.Fields merged) {
        return new Node.Entry(merged.place(), Node.Leaf.text(realm, merged.place()));
    }
}
