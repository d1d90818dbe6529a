package dev.realmform.config;

import dev.realmform.model.Origin;
import dev.realmform.model.Product;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sections of a blueprint, merged and drawn, realm by realm. */
final class Drawings {

    private static final String PROVIDERS = "identityProviders";

    private final Blueprint blueprint;
    private final References references;
    private final Findings findings;
    private final Map<String, Blueprint.Drawing> byRealm = new LinkedHashMap<>();
    private final Map<String, Blueprint.Section> sections = new LinkedHashMap<>();

    private Drawings(Blueprint blueprint, References references, Findings findings) {
        this.blueprint = blueprint;
        this.references = references;
        this.findings = findings;
    }

    static Drawings of(Map<String, List<List<Node.Fields>>> realms, Blueprint blueprint, References references,
            Findings findings) {
        Drawings drawings = new Drawings(blueprint, references, findings);
        realms.forEach((realm, layers) -> drawings.section(layers)
                .flatMap(section -> drawings.draw(realm, section, layers))
                .ifPresent(drawing -> drawings.byRealm.put(realm, drawing)));
        return drawings;
    }

    /** What was drawn from, by realm. */
    Map<String, Blueprint.Section> sections() {
        return sections;
    }

    /** The documents of a realm without the sections, and below them what those stand for. */
    List<List<Node.Fields>> laidBelow(String realm, List<List<Node.Fields>> layers) {
        List<List<Node.Fields>> all = new ArrayList<>();
        Optional.ofNullable(byRealm.get(realm))
                .ifPresent(drawing -> all.add(List.of((Node.Fields) node(drawing.document(), drawing.origin()))));
        layers.forEach(layer -> all.add(layer.stream()
                .map(document -> document.without(Set.of(blueprint.section())))
                .toList()));
        return all;
    }

    /** By realm, what takes its roles for rights of its own. */
    Map<String, Product> products() {
        Map<String, Product> products = new LinkedHashMap<>();
        byRealm.forEach((realm, drawing) -> products.put(realm, drawing.product().apply(realm)));
        return products;
    }

    /** The server that the sections name, if they name one and the same. */
    Optional<Blueprint.Address> server() {
        Map<String, Blueprint.Address> servers = new LinkedHashMap<>();
        byRealm.values()
                .forEach(drawing -> drawing.server().ifPresent(server -> servers.putIfAbsent(server.url(), server)));
        return servers.size() == 1 ? Optional.of(servers.values().iterator().next()) : Optional.empty();
    }

    /**
     * The settings with the server that the sections name, if they name one and nothing else does. As the server is named in
     * the root file or outside of all files, what it follows from has to stand there too.
     */
    Settings pointing(Settings settings, String rootFile, boolean untrusted) {
        Set<String> servers = byRealm.values()
                .stream()
                .flatMap(drawing -> drawing.server().stream())
                .filter(server -> server.origin().source().file().equals(rootFile))
                .map(Blueprint.Address::url)
                .collect(Collectors.toSet());
        boolean named = settings.server().url().isPresent() || untrusted || servers.size() != 1;
        return named ? settings : settings.at(servers.iterator().next());
    }

    /** What all layers say in the section, references resolved; empty if nothing is said or it is wrong. */
    private Optional<Node.Entry> section(List<List<Node.Fields>> layers) {
        Findings mine = new Findings();
        Arrangement arrangement = new Arrangement(references, new Unmanaged(), mine);
        List<List<Node.Fields>> sections = layers.stream()
                .map(layer -> layer.stream().flatMap(this::alone).map(arrangement::document).toList())
                .toList();
        Optional<Node.Fields> merged = new Layers(mine).merge(sections).map(new Resolution(references, mine)::document);
        merged.ifPresent(document -> {
            Check.violations(document).forEach(violation -> mine.addAll(List.of(Wording.of(violation))));
            refuseWhatIsNotKnownYet(document, mine);
        });
        mine.moveTo(findings);
        return merged.filter(document -> mine.isEmpty())
                .flatMap(document -> document.entry(blueprint.section()))
                .filter(section -> section.node() instanceof Node.Fields);
    }

    private static void refuseWhatIsNotKnownYet(Node node, Findings findings) {
        switch (node) {
            case Node.Leaf leaf when leaf.value() instanceof Value.Unknown -> findings.add(leaf.place(),
                    "a value that is known only once something is applied cannot stand here", "Write the value.");
            case Node.Leaf ignored -> {
            }
            case Node.Items list -> list.items().forEach(item -> refuseWhatIsNotKnownYet(item, findings));
            case Node.Fields map -> map.entries()
                    .values()
                    .forEach(entry -> refuseWhatIsNotKnownYet(entry.node(), findings));
        }
    }

    private Stream<Node.Fields> alone(Node.Fields document) {
        return document.entry(blueprint.section()).stream().map(entry -> {
            SequencedMap<String, Node.Entry> only = new LinkedHashMap<>();
            only.put(blueprint.section(), entry);
            return new Node.Fields(only, document.place());
        });
    }

    private Optional<Blueprint.Drawing> draw(String realm, Node.Entry entry, List<List<Node.Fields>> layers) {
        Blueprint.Section section = new Blueprint.Section(Values.value((Node.Fields) entry.node()), Values.at(entry));
        sections.put(realm, section);
        Blueprint.Drawing drawing = blueprint.draw(section.value(), section.origin(), alias -> provider(alias, layers));
        findings.addAll(drawing.problems());
        return Optional.of(drawing).filter(drawn -> drawn.problems().isEmpty());
    }

    /** As the last layer that says it has it: written as a map or as a list. */
    private static Optional<String> provider(String alias, List<List<Node.Fields>> layers) {
        return layers.reversed()
                .stream()
                .flatMap(Collection::stream)
                .flatMap(document -> document.get(PROVIDERS).stream())
                .flatMap(providers -> provider(alias, providers))
                .flatMap(provider -> provider.leaf("providerId").stream())
                .map(Node.Leaf::raw)
                .findFirst();
    }

    private static Stream<Node.Fields> provider(String alias, Node providers) {
        return switch (providers) {
            case Node.Fields map -> map.map(alias).stream();
            case Node.Items list -> list.items()
                    .stream()
                    .filter(Node.Fields.class::isInstance)
                    .map(Node.Fields.class::cast)
                    .filter(one -> one.leaf("alias").filter(name -> name.raw().equals(alias)).isPresent());
            case Node.Leaf ignored -> Stream.of();
        };
    }

    private static Node node(Value value, Origin origin) {
        Place place = new Place(origin.source(), new Trail.Said(origin.source().from()));
        return switch (value) {
            case Value.MapOf map -> {
                SequencedMap<String, Node.Entry> entries = new LinkedHashMap<>();
                map.fields().forEach((name, field) -> {
                    Node below = node(field, origin.at(name));
                    entries.put(name, new Node.Entry(below.place(), below));
                });
                yield new Node.Fields(entries, place);
            }
            case Value.ListOf(List<Value> items) -> {
                List<Node> nodes = new ArrayList<>();
                items.forEach(item -> nodes.add(node(item, origin.at(String.valueOf(nodes.size())))));
                yield new Node.Items(nodes, place);
            }
            // References are resolved in what was drawn too, and those in the section have been.
            case Value.Text(String text) -> Node.Leaf.text(text.replace("$(", "$$("), place);
            case Value.Num number -> new Node.Leaf(number, number.plain(), place);
            case Value.Bool(boolean flag) -> new Node.Leaf(value, String.valueOf(flag), place);
            default -> throw new IllegalArgumentException("no drawing holds " + value);
        };
    }
}
