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

    private Realms() {}

    /**
     * The documents by realm and layer. A document that names no realm belongs to the only one of the first layer, or, if that
     * names none, to the only one of all.
     */
    static Map<String, List<List<Node.Fields>>> of(Documents documents, References references, Findings findings) {
        IdentityHashMap<Documents.Document, String> named = new IdentityHashMap<>();
        Set<String> first = new LinkedHashSet<>();
        Set<String> all = new LinkedHashSet<>();
        boolean wrong = false;
        for (Documents.Document document : documents.all()) {
            Optional<Node> written = document.body().get(NAME);
            if (written.isEmpty()) {
                continue;
            }
            Optional<String> name = written.get() instanceof Node.Leaf leaf && !leaf.isNull() ? references.name(leaf)
                    : notAName(written.get(), findings);
            wrong |= name.isEmpty();
            name.ifPresent(realm -> {
                named.put(document, realm);
                all.add(realm);
                if (document.layer() == 0) {
                    first.add(realm);
                }
            });
        }
        Set<String> candidates = first.isEmpty() ? all : first;
        Map<String, List<List<Node.Fields>>> byRealm = new LinkedHashMap<>();
        for (Documents.Document document : documents.all()) {
            String own = named.get(document);
            if (own == null && !document.body().has(NAME) && candidates.size() != 1 && !wrong) {
                noRealm(document, candidates, findings);
            } else if (own != null || candidates.size() == 1) {
                put(byRealm, own != null ? own : candidates.iterator().next(), document);
            }
        }
        return byRealm;
    }

    private static Optional<String> notAName(Node node, Findings findings) {
        findings.add(node.place(), "realm is a name: a text that is not empty", "Write realm: name.");
        return Optional.empty();
    }

    private static void noRealm(Documents.Document document, Set<String> candidates, Findings findings) {
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
