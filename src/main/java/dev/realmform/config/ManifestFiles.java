package dev.realmform.config;

import dev.realmform.model.ProblemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Manifests of files and folders in place of their names under {@code cluster.objects}. They are read as they are: what looks
 * like a reference in them is Kubernetes' own, such as {@code $(POD_NAME)}.
 */
final class ManifestFiles {

    private static final String OBJECTS = "objects";

    private final FileBox box;
    private final Findings findings;

    ManifestFiles(Path folder, Findings findings) {
        this.box = new FileBox(folder);
        this.findings = findings;
    }

    /** The section with what the files hold. */
    Node.Fields inPlace(Node.Fields section) {
        return section.entry(OBJECTS)
                .map(entry -> section.with(OBJECTS, new Node.Entry(entry.key(), manifests(entry.node()))))
                .orElse(section);
    }

    private Node manifests(Node node) {
        return switch (node) {
            case Node.Leaf leaf -> leaf.isNull() ? leaf : named(leaf);
            case Node.Items list -> new Node.Items(
                    list.items().stream().map(item -> item instanceof Node.Leaf leaf ? named(leaf) : item).toList(),
                    list.place());
            case Node.Fields map when map.has("kind") -> map;
            case Node.Fields map -> {
                SequencedMap<String, Node.Entry> entries = new LinkedHashMap<>();
                map.entries()
                        .forEach((name, entry) -> entries.put(name,
                                new Node.Entry(entry.key(), manifests(entry.node()))));
                yield new Node.Fields(entries, map.place());
            }
        };
    }

    private Node named(Node.Leaf leaf) {
        List<Node> found = new ArrayList<>();
        Optional<List<String>> names = box.names(leaf.raw());
        if (names.isPresent() && names.get().isEmpty()) {
            findings.add(leaf.place(), "the folder " + Texts.quoted(leaf.raw()) + " holds no manifests",
                    "Manifests end in .yaml, .yml or .json.");
        }
        names.orElseGet(() -> List.of(leaf.raw())).forEach(name -> read(name, leaf, found));
        return new Node.Items(found, leaf.place());
    }

    private void read(String name, Node.Leaf leaf, List<Node> found) {
        switch (box.inside(name)) {
            case FileBox.Text(String text) -> {
                try {
                    TreeReader.read(new SourceFile(name, text))
                            .stream()
                            .filter(tree -> !(tree instanceof Node.Leaf empty && empty.isNull()))
                            .forEach(found::add);
                } catch (ProblemException e) {
                    findings.addAll(e.problems());
                }
            }
            case FileBox.Missing ignored -> findings.add(leaf.place(), "there is no file " + Texts.quoted(name),
                    "The path starts at the root file's folder.");
            case FileBox.Wrong wrong -> findings.add(leaf.place(), Texts.quoted(name) + ": " + wrong.what(),
                    wrong.remedy());
        }
    }
}
