package dev.realmform.config;

import dev.realmform.model.Plan;
import dev.realmform.model.Value;
import dev.realmform.provider.Manage;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Settings from options, the environment and the root file, in this order. */
final class SettingsReader {

    /** What a file may say even if it is not trusted: it sends nothing anywhere and reads nothing. */
    private static final Set<String> HARMLESS = Set.of("timeout", "concurrency", "version");

    private static final List<String> PARTS = List.of("server", "state", "manage", "allowUnknown");

    private final Node.Fields section;
    private final LoadRequest request;
    private final Said said;

    private SettingsReader(Said said) {
        this.section = said.section();
        this.request = said.request();
        this.said = said;
    }

    /**
     * Reads and checks the section.
     *
     * @param documents the section as it stands in the root file, and where that is
     */
    static Settings read(Documents documents, LoadRequest request, References references, Findings findings) {
        Node.Fields section = section(documents.settings(), request, references, findings);
        return new SettingsReader(
                new Said(section, request, documents.rootFolder(), name -> true)).settings();
    }

    private static Node.Fields section(Node.Fields written, LoadRequest request, References references,
            Findings findings) {
        if (written.entries().isEmpty()) {
            // The way to the server is known then, without waiting for the schema.
            return written;
        }
        Node.Fields kept = new Arrangement(references, new Unmanaged(), findings)
                .document(document(written))
                .fields(Documents.SECTION);
        Node.Fields trusted = request.options().untrusted() ? withoutAddresses(kept) : kept;
        Resolution resolution = new Resolution(references, findings);
        SequencedMap<String, Node.Entry> resolved = new LinkedHashMap<>(trusted.entries());
        for (String part : PARTS) {
            Shape shape = Shape.document().at(Documents.SECTION).at(part);
            trusted.entry(part)
                    .ifPresent(entry -> resolution.setting(entry.node(), shape, part)
                            .ifPresentOrElse(
                                    value -> resolved.put(part, new Node.Entry(entry.key(), value)),
                                    () -> resolved.remove(part)));
        }
        Node.Fields section = new Node.Fields(resolved, trusted.place());
        List<Check.Violation> violations = Check.violations(document(section));
        violations.forEach(violation -> findings.addAll(List.of(Wording.of(violation))));
        return section;
    }

    private static Node.Fields document(Node.Fields section) {
        SequencedMap<String, Node.Entry> entries = new LinkedHashMap<>();
        entries.put(Documents.SECTION, new Node.Entry(section.place(), section));
        return new Node.Fields(entries, section.place());
    }

    /** What {@code --untrusted} leaves aside; empty if it leaves nothing aside. */
    static Optional<Plan.Notice> leftAside(Node.Fields section, LoadRequest request) {
        List<String> parts = Stream.of("server", "state").filter(section::has).toList();
        return request.options().untrusted() && !parts.isEmpty() ? Optional.of(new Plan.Notice.General(
                "--untrusted: " + String.join(" and ", parts) + " of " + section.place().source().file()
                        + (parts.size() > 1 ? " are" : " is")
                        + " left aside; options and variables of the environment count"))
                : Optional.empty();
    }

    private static Node.Fields withoutAddresses(Node.Fields section) {
        if (!section.has("server")) {
            return section.without(Set.of("state"));
        }
        Node.Fields server = section.fields("server");
        Set<String> gone = new TreeSet<>(server.entries().keySet());
        gone.removeAll(HARMLESS);
        return section.without(Set.of("state")).with("server", new Node.Entry(server.place(), server.without(gone)));
    }

    private Settings settings() {
        Server server = new Server(said.text("server.url").map(url -> url.replaceAll("/+$", "")),
                said.text("server.realm").orElse("master"), login(), said.path("server.caFile"),
                said.path("server.clientCert"), said.path("server.clientKey"), said.isTrue("server.insecureTls"),
                said.duration("server.timeout", "30s"), concurrency(), said.text("server.version"),
                said.text("server.via").isPresent());
        Set<String> allowUnknown = new TreeSet<>(request.options().allowUnknown());
        allowUnknown.addAll(texts("allowUnknown"));
        return new Settings(server, StateReader.read(said), manage(), allowUnknown, Optional.empty());
    }

    private Login login() {
        return new Login(said.text("server.login.clientId").orElse("admin-cli"),
                said.secret("server.login.clientSecret"), said.secret("server.login.assertion"),
                said.path("server.login.assertionFile"), said.path("server.login.keyFile"),
                said.text("server.login.keyId"), said.text("server.login.username"),
                said.secret("server.login.password"), said.secret("server.login.token"));
    }

    private Set<String> texts(String path) {
        Set<String> texts = new TreeSet<>();
        section.list(path)
                .ifPresent(list -> list.items()
                        .stream()
                        .filter(Node.Leaf.class::isInstance)
                        .forEach(item -> texts.add(((Node.Leaf) item).raw())));
        return texts;
    }

    private int concurrency() {
        String written = said.text("server.concurrency").orElse("4");
        // Of another one in a file the schema has said so.
        return written.matches("[1-9][0-9]?") && Integer.parseInt(written) <= Server.MOST_AT_ONCE
                ? Integer.parseInt(written)
                : 4;
    }

    private Manage manage() {
        Map<String, List<String>> patterns = new HashMap<>();
        section.fields("manage").entries().forEach((collection, entry) -> {
            if (entry.node() instanceof Node.Items list) {
                patterns.put(collection, list.items()
                        .stream()
                        .filter(Node.Leaf.class::isInstance)
                        .map(item -> ((Node.Leaf) item).raw())
                        .toList());
            } else if (entry.node() instanceof Node.Leaf leaf && leaf.value().equals(Value.text("full"))) {
                patterns.put(collection, List.of("*"));
            }
        });
        return new Manage(patterns);
    }
}
