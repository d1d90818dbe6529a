package dev.realmform.config;

import dev.realmform.model.Plan;
import dev.realmform.provider.Expansion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The section {@code cluster}: it belongs to no realm. All files' are laid over each other like documents; what it stands for,
 * another package works out.
 */
final class Clusters {

    static final String SECTION = "cluster";

    private static final String KUBECONFIG = "kubeconfig";
    private static final String KEYCLOAK = "keycloak";
    private static final String HOSTNAME = "hostname";

    private final Documents documents;
    private final References references;
    private final LoadRequest request;
    private final Findings findings;
    private final List<Plan.Notice> notices = new ArrayList<>();

    Clusters(Documents documents, References references, LoadRequest request, Findings findings) {
        this.documents = documents;
        this.references = references;
        this.request = request;
        this.findings = findings;
    }

    List<Plan.Notice> notices() {
        return notices;
    }

    /** The documents without their sections {@code cluster}; one that was nothing else is gone. */
    static Documents without(Documents documents) {
        List<Documents.Document> rest = documents.all()
                .stream()
                .filter(document -> !document.body().entries().keySet().equals(Set.of(SECTION)))
                .map(document -> new Documents.Document(document.layer(), document.body().without(Set.of(SECTION))))
                .toList();
        return new Documents(rest, documents.settings(), documents.rootFolder(), documents.files(),
                documents.rootFile());
    }

    /** What all layers say, references resolved, files in place of their names; empty if nothing is said or it is wrong. */
    Optional<Node.Entry> section() {
        Findings mine = new Findings();
        Arrangement arrangement = new Arrangement(references, new Unmanaged(), mine);
        List<List<Node.Fields>> layers = new ArrayList<>();
        for (Documents.Document document : documents.all()) {
            alone(document.body()).map(arrangement::document).ifPresent(only -> {
                while (layers.size() <= document.layer()) {
                    layers.add(new ArrayList<>());
                }
                layers.get(document.layer()).add(only);
            });
        }
        Optional<Node.Fields> merged = new Layers(mine).merge(layers)
                .map(Resolution.ofCluster(references, mine)::document);
        merged.ifPresent(document -> Check.violations(document)
                .forEach(violation -> mine.addAll(List.of(Wording.of(violation)))));
        Optional<Node.Entry> section = merged.flatMap(document -> document.entry(SECTION))
                .filter(entry -> mine.isEmpty() && entry.node() instanceof Node.Fields)
                .map(entry -> new Node.Entry(entry.key(), filled((Node.Fields) entry.node(), mine)));
        mine.moveTo(findings);
        return section;
    }

    /** With what files hold in place of their names. */
    private Node.Fields filled(Node.Fields section, Findings mine) {
        Node.Fields manifests = new ManifestFiles(documents.rootFolder(), mine).inPlace(section);
        return new ChartFiles(documents, request.options().untrusted(), mine).inPlace(manifests);
    }

    private static Optional<Node.Fields> alone(Node.Fields document) {
        return document.entry(SECTION).map(entry -> {
            SequencedMap<String, Node.Entry> only = new LinkedHashMap<>();
            only.put(SECTION, entry);
            return new Node.Fields(only, document.place());
        });
    }

    /** The section with the host of its Keycloak, where it says none and a blueprint says where the server is. */
    static Node.Entry named(Node.Entry section, Optional<Blueprint.Address> server) {
        Node.Fields fields = (Node.Fields) section.node();
        Optional<Node.Fields> keycloak = fields.map(KEYCLOAK)
                .filter(written -> host(written).isEmpty()
                        && written.leaf("production").filter(leaf -> leaf.raw().equals("false")).isEmpty());
        if (keycloak.isEmpty() || server.isEmpty()) {
            return section;
        }
        Place place = new Place(server.get().origin().source(), new Trail.Said(KEYCLOAK + "." + HOSTNAME));
        Node.Entry host = new Node.Entry(place, Node.Leaf.text(server.get().url(), place));
        return new Node.Entry(section.key(), fields.with(KEYCLOAK,
                new Node.Entry(fields.entry(KEYCLOAK).orElseThrow().key(), keycloak.get().with(HOSTNAME, host))));
    }

    /** Where people reach it. */
    private static Optional<Node.Leaf> host(Node.Fields keycloak) {
        return keycloak.leaf(HOSTNAME)
                .or(() -> keycloak.fields("ingress").leaf(HOSTNAME))
                .filter(leaf -> !leaf.isNull());
    }

    /**
     * The settings at the Keycloak that the section describes, where administrators reach it, if nothing else says where it is.
     * Like any address to which a login is sent, it has to stand in the root file.
     */
    Settings pointing(Settings settings, Node.Entry section) {
        Node.Fields keycloak = ((Node.Fields) section.node()).fields(KEYCLOAK);
        Optional<String> url = keycloak.leaf("adminHostname")
                .filter(leaf -> !leaf.isNull())
                .or(() -> host(keycloak))
                .filter(leaf -> leaf.place().source().file().equals(documents.rootFile()))
                .flatMap(Node.Leaf::text)
                .map(host -> (host.contains("://") ? host : "https://" + host).replaceAll("/+$", ""));
        boolean named = settings.server().url().isPresent() || request.options().untrusted();
        return named || url.isEmpty() ? settings : settings.at(url.get());
    }

    /** What the section stands for. */
    Expansion expand(Node.Entry section, Expansion.Expander expander) {
        return expander.expand(Values.value((Node.Fields) section.node()), Values.at(section));
    }

    /** How the cluster is found. A kubeconfig can start programs and holds logins: only the root file may name one. */
    ClusterPlace place(Node.Entry section) {
        Node.Fields fields = (Node.Fields) section.node();
        Optional<Node.Leaf> written = fields.leaf(KUBECONFIG).filter(leaf -> !leaf.isNull());
        written.filter(leaf -> !leaf.place().source().file().equals(documents.rootFile()))
                .ifPresent(leaf -> findings.add(leaf.place(), "a kubeconfig is named only in the root file",
                        "The root file is the first -f" + Stream.of(documents.rootFile())
                                .filter(name -> !name.isEmpty())
                                .map(name -> ", here " + name)
                                .findFirst()
                                .orElse("")
                                + ": else whoever may change any one file could send the login to another cluster."));
        boolean leftAside = written.isPresent() && request.options().untrusted();
        if (leftAside) {
            notices.add(new Plan.Notice.General("--untrusted: kubeconfig of "
                    + written.get().place().source().file()
                    + " is left aside; --kubeconfig and KUBECONFIG count"));
        }
        Optional<String> file = written.filter(ignored -> !leftAside)
                .map(leaf -> documents.rootFolder().resolve(leaf.raw()).normalize().toString());
        return new ClusterPlace(option(KUBECONFIG).or(() -> file), option("context"),
                fields.leaf("context").filter(leaf -> !leaf.isNull()).map(Node.Leaf::raw),
                !request.options().untrusted());
    }

    private Optional<String> option(String name) {
        return Optional.ofNullable(request.options().settings().get(SECTION + "." + name));
    }
}
