package dev.realmform.config;

import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The documents of all files, and the root file's section {@code realmform}.
 *
 * @param all        every document without that section, in the order of files
 * @param settings   the section; empty if no file has one
 * @param rootFolder the folder of the root file: what {@code $(file:…)} is confined to
 * @param files      the names of all files in order
 * @param rootFile   the name of the root file; empty if there is none
 */
record Documents(List<Document> all, Node.Fields settings, Path rootFolder, List<String> files, String rootFile) {

    static final String SECTION = "realmform";

    /**
     * A document.
     *
     * @param layer which {@code -f} it came with, from 0
     */
    record Document(int layer, Node.Fields body) {}

    static Documents read(LoadRequest request) {
        List<Inputs.Layer> layers = Inputs.find(request.files(), request.folder());
        List<Problem> problems = new ArrayList<>();
        List<Read> read = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            for (Inputs.Input input : layers.get(i).files()) {
                try {
                    read.add(new Read(i, input, documents(input, request)));
                } catch (ProblemException e) {
                    problems.addAll(e.problems());
                }
            }
        }
        Optional<Read> root = root(read, problems);
        refuseSectionsElsewhere(read, root, problems);
        refuseOtherFormats(read, problems);
        Findings findings = new Findings();
        findings.addAll(problems);
        findings.check();
        return assemble(read, root, request);
    }

    private record Read(int layer, Inputs.Input input, List<Node.Fields> documents) {
        Stream<Node.Entry> sections() {
            return documents.stream()
                    .filter(document -> document.has(SECTION))
                    .map(
                            document -> document.entries().get(SECTION));
        }
    }

    private static List<Node.Fields> documents(Inputs.Input input, LoadRequest request) {
        List<Node> trees = TreeReader.read(text(input, request));
        if (trees.isEmpty() && !request.options().allowEmpty()) {
            throw Problem.invalid("the file is empty", Place.of(input.name(), 1, 1).toString(),
                    "Remove it from the command line, or give --allow-empty if nothing is meant to be declared.")
                    .asException();
        }
        List<Node.Fields> documents = new ArrayList<>();
        trees.forEach(tree -> documents.addAll(maps(tree)));
        return documents;
    }

    /** One document, or a list of them: so Keycloak exports several realms to one file. */
    private static List<Node.Fields> maps(Node tree) {
        if (tree instanceof Node.Fields map) {
            return List.of(map);
        }
        if (tree instanceof Node.Items list && !list.items().isEmpty()
                && list.items().stream().allMatch(Node.Fields.class::isInstance)) {
            return list.items().stream().map(Node.Fields.class::cast).toList();
        }
        throw Problem.invalid("the top level is " + (tree instanceof Node.Items ? "a list" : "a single value")
                + ", not a map", tree.place().toString(),
                "A desired-state file holds keys such as realm: and clients:.").asException();
    }

    private static SourceFile text(Inputs.Input input, LoadRequest request) {
        if (!input.isStdin()) {
            return SourceFile.read(input.name(), input.path());
        }
        try {
            return SourceFile.read(input.name(), request.stdin());
        } catch (IOException e) {
            throw Problem.invalid("the standard input cannot be read", input.name(), "").causedBy(e).asException();
        }
    }

    /** The first {@code -f}; of a folder the one file that has the section, else its first. */
    private static Optional<Read> root(List<Read> read, List<Problem> problems) {
        List<Read> first = read.stream().filter(file -> file.layer() == 0).toList();
        List<Node.Entry> sections = first.stream().flatMap(Read::sections).filter(Documents::isSettings).toList();
        for (Node.Entry second : sections.subList(Math.min(1, sections.size()), sections.size())) {
            problems.add(Problem.invalid("a second section realmform", second.key().toString(),
                    "The first one is at " + sections.getFirst().key().source()
                            + ". One file has it, once: put both together."));
        }
        return first.stream()
                .filter(file -> file.sections().anyMatch(Documents::isSettings))
                .findFirst()
                .or(() -> first.stream().filter(file -> file.sections().findAny().isPresent()).findFirst())
                .or(() -> first.stream().findFirst());
    }

    /** {@code realmform: 1} only marks the format, so it may stand anywhere. */
    private static boolean isSettings(Node.Entry section) {
        return !(section.node() instanceof Node.Leaf);
    }

    private static void refuseSectionsElsewhere(List<Read> read, Optional<Read> root, List<Problem> problems) {
        read.stream()
                .filter(file -> file.layer() > 0 || root.isEmpty())
                .flatMap(Read::sections)
                .filter(Documents::isSettings)
                .forEach(section -> problems.add(Problem.invalid("the section realmform stands only in the root file",
                        section.key().toString(),
                        "The root file is the first -f" + root.map(file -> ", here " + file.input().name()).orElse("")
                                + ": else whoever may change any one file could send the login to another server.")));
    }

    private static void refuseOtherFormats(List<Read> read, List<Problem> problems) {
        read.stream()
                .flatMap(Read::sections)
                .filter(section -> !(section.node() instanceof Node.Fields))
                .filter(section -> !(section.node() instanceof Node.Leaf leaf && leaf.value().equals(Value.num(1))))
                .forEach(section -> problems.add(Problem.invalid("realmform takes a map of settings, or the number 1",
                        section.node().place().toString(), "Write realmform: 1, or settings below it.")));
    }

    private static Documents assemble(List<Read> read, Optional<Read> root, LoadRequest request) {
        Node.Fields settings = root.stream()
                .flatMap(Read::sections)
                .map(Node.Entry::node)
                .filter(Node.Fields.class::isInstance)
                .map(Node.Fields.class::cast)
                .findFirst()
                .orElseGet(() -> new Node.Fields(new LinkedHashMap<>(), Place.file("")));
        List<Document> all = new ArrayList<>();
        for (Read file : read) {
            for (Node.Fields document : file.documents()) {
                Node.Fields body = document.without(Set.of(SECTION));
                if (!body.entries().isEmpty()) {
                    all.add(new Document(file.layer(), body));
                }
            }
        }
        Path folder = root.filter(file -> !file.input().isStdin())
                .flatMap(file -> Optional.ofNullable(file.input().path().toAbsolutePath().getParent()))
                .orElse(request.folder().toAbsolutePath());
        return new Documents(all, settings, folder, read.stream().map(file -> file.input().name()).toList(),
                root.map(file -> file.input().name()).orElse(""));
    }
}
