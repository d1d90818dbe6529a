package dev.realmform.config;

import dev.realmform.model.ProblemException;
import dev.realmform.model.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What {@code cluster.keycloak.helm} names of the disk, in place of the names: a chart as {@code {written, path, about}}, where
 * {@code about} is what its Chart.yaml says; each file of values as {@code {name, path, values}}, read as it is; a program by
 * its whole path. With {@code --untrusted} no chart is looked for, since it may lie anywhere.
 */
final class ChartFiles {

    private static final String KEYCLOAK = "keycloak";
    private static final String HELM = "helm";
    private static final String CHART = "chart";
    private static final String FILES = "valuesFiles";
    private static final String PROGRAM = "program";
    private static final String DESCRIPTION = "Chart.yaml";

    private final Documents documents;
    private final boolean untrusted;
    private final Findings findings;
    private final Path folder;
    private final FileBox box;

    ChartFiles(Documents documents, boolean untrusted, Findings findings) {
        this.documents = documents;
        this.untrusted = untrusted;
        this.findings = findings;
        this.folder = documents.rootFolder().toAbsolutePath().normalize();
        this.box = new FileBox(documents.rootFolder());
    }

    /** Whether the section has objects that only a chart knows. */
    static boolean areIn(Node.Fields section) {
        return section.fields(KEYCLOAK).map(HELM).isPresent();
    }

    /** The section with what the disk holds. */
    Node.Fields inPlace(Node.Fields section) {
        Optional<Node.Fields> helm = section.fields(KEYCLOAK).map(HELM);
        if (helm.isEmpty()) {
            return section;
        }
        Node.Fields filled = program(values(chart(helm.get())));
        return with(section, KEYCLOAK, with(section.fields(KEYCLOAK), HELM, filled));
    }

    private static Node.Fields with(Node.Fields map, String name, Node node) {
        return map.entry(name).map(entry -> map.with(name, new Node.Entry(entry.key(), node))).orElse(map);
    }

    private static Node.Fields map(Place place, Object... fields) {
        SequencedMap<String, Node.Entry> entries = new LinkedHashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            Node node = fields[i + 1] instanceof Node given ? given
                    : Node.Leaf.text(String.valueOf(fields[i + 1]), place);
            entries.put((String) fields[i], new Node.Entry(place, node));
        }
        return new Node.Fields(entries, place);
    }

    private Node.Fields chart(Node.Fields helm) {
        Optional<Node.Leaf> written = helm.leaf(CHART).filter(leaf -> leaf.text().isPresent());
        boolean isHere = written.isPresent() && !untrusted && !helm.has("repository")
                && !written.get().raw().contains("://");
        return isHere ? with(helm, CHART, found(written.get())) : helm;
    }

    private Node found(Node.Leaf leaf) {
        String name = leaf.text().orElse("");
        Optional<Path> path = path(name).filter(Files::exists);
        if (path.isEmpty()) {
            findings.add(leaf.place(), "there is no chart " + Texts.quoted(name),
                    "The path starts at the root file's folder. For a chart of a repository add its address as"
                            + " repository: https://…, or write chart: oci://…");
            return leaf;
        }
        if (!Files.isDirectory(path.get())) {
            return map(leaf.place(), "written", name, "path", path.get());
        }
        Path description = path.get().resolve(DESCRIPTION);
        if (!Files.isRegularFile(description)) {
            findings.add(leaf.place(), Texts.quoted(name) + " is no chart: it has no " + DESCRIPTION,
                    "Name the folder that holds " + DESCRIPTION + ", or a packaged chart.");
            return leaf;
        }
        Node about = read(SourceFile.read(Path.of(name).resolve(DESCRIPTION).toString(), description))
                .stream()
                .findFirst()
                .orElseGet(() -> map(leaf.place()));
        return map(leaf.place(), "written", name, "path", path.get(), "about", about);
    }

    private Optional<Path> path(String name) {
        try {
            return Optional.of(folder.resolve(name).normalize());
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private List<Node> read(SourceFile file) {
        try {
            return TreeReader.read(file);
        } catch (ProblemException e) {
            findings.addAll(e.problems());
            return List.of();
        }
    }

    private Node.Fields values(Node.Fields helm) {
        List<Node> files = new ArrayList<>();
        helm.list(FILES)
                .map(Node.Items::items)
                .orElse(List.of())
                .forEach(item -> {
                    if (item instanceof Node.Leaf leaf) {
                        file(leaf).ifPresent(files::add);
                    }
                });
        return with(helm, FILES, new Node.Items(files, helm.place()));
    }

    private Optional<Node> file(Node.Leaf leaf) {
        String name = leaf.raw();
        return switch (box.inside(name)) {
            case FileBox.Text(String text) -> {
                List<Node> documents = read(new SourceFile(name, text));
                if (documents.size() > 1 || documents.stream().anyMatch(it -> !(it instanceof Node.Fields))) {
                    findings.add(leaf.place(), Texts.quoted(name) + " holds no values: they are one map",
                            "Name a file as helm takes it with --values.");
                }
                Node values = documents.stream().findFirst().orElseGet(() -> map(leaf.place()));
                yield Optional.of(map(leaf.place(), "name", name, "path", real(name), "values", values));
            }
            case FileBox.Missing ignored -> {
                findings.add(leaf.place(), "there is no file " + Texts.quoted(name),
                        "The path starts at the root file's folder.");
                yield Optional.empty();
            }
            case FileBox.Wrong wrong -> {
                findings.add(leaf.place(), Texts.quoted(name) + ": " + wrong.what(), wrong.remedy());
                yield Optional.empty();
            }
        };
    }

    /** Where links lead was found to be inside the folder: it is what helm is to read. */
    private Path real(String name) {
        Path path = folder.resolve(name).normalize();
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path;
        }
    }

    private Node.Fields program(Node.Fields helm) {
        Optional<Node.Leaf> written = helm.leaf(PROGRAM).filter(leaf -> leaf.text().isPresent());
        if (written.isEmpty()) {
            return helm;
        }
        Node.Leaf leaf = written.get();
        if (!leaf.place().source().file().equals(documents.rootFile())) {
            findings.add(leaf.place(), "a program is named only in the root file",
                    "The root file is the first -f: else whoever may change any one file could have any program run.");
        }
        String name = leaf.text().orElse("");
        return name.contains("/") || name.contains("\\")
                ? with(helm, PROGRAM, path(name).map(Path::toString)
                        .map(path -> (Node) new Node.Leaf(Value.text(path), path, leaf.place()))
                        .orElse(leaf))
                : helm;
    }
}
