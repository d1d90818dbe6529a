package dev.realmform.config;

import dev.realmform.model.Plan;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import dev.realmform.provider.Manage;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Settings from options, the environment and the root file, in this order. */
final class SettingsReader {

    /** The variables that stand for a setting, first one first. */
    private static final Map<String, List<String>> VARIABLES = Map.ofEntries(
            Map.entry("server.url", List.of("KEYCLOAK_URL")),
            Map.entry("server.realm", List.of("KEYCLOAK_REALM")),
            Map.entry("server.login.clientId", List.of("KEYCLOAK_CLIENT_ID")),
            Map.entry("server.login.clientSecret", List.of("KEYCLOAK_CLIENT_SECRET")),
            Map.entry("server.login.assertion", List.of("KEYCLOAK_ASSERTION")),
            Map.entry("server.login.username", List.of("KEYCLOAK_USERNAME", "KEYCLOAK_USER")),
            Map.entry("server.login.password", List.of("KEYCLOAK_PASSWORD")),
            Map.entry("server.login.token", List.of("KEYCLOAK_TOKEN")),
            Map.entry("server.caFile", List.of("KEYCLOAK_CA_FILE")));

    /** What a file may say even if it is not trusted: it sends nothing anywhere and reads nothing. */
    private static final Set<String> HARMLESS = Set.of("timeout", "concurrency", "version");

    private static final List<String> PARTS = List.of("server", "state", "manage", "allowUnknown");

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(?:\\.([0-9]{1,3}))?(ms|s|m)?");

    private final Node.Fields section;
    private final LoadRequest request;
    private final Findings findings;

    private SettingsReader(Node.Fields section, LoadRequest request, Findings findings) {
        this.section = section;
        this.request = request;
        this.findings = findings;
    }

    /**
     * Reads and checks the section.
     *
     * @param written the section as it stands in the root file
     */
    static Settings read(Node.Fields written, LoadRequest request, References references, Findings findings) {
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
        return new SettingsReader(section, request, findings).settings();
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
                        + " left aside; options and KEYCLOAK_* variables count"))
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
        Server server = new Server(text("server.url").map(url -> url.replaceAll("/+$", "")),
                text("server.realm").orElse("master"), login(), text("server.caFile"), text("server.clientCert"),
                text("server.clientKey"), text("server.insecureTls").filter("true"::equals).isPresent(),
                duration(text("server.timeout")), concurrency(), text("server.version"));
        Set<String> allowUnknown = new TreeSet<>(request.options().allowUnknown());
        allowUnknown.addAll(texts("allowUnknown"));
        return new Settings(server, text("state.file"), manage(), allowUnknown);
    }

    private Login login() {
        return new Login(text("server.login.clientId").orElse("admin-cli"), secret("server.login.clientSecret"),
                secret("server.login.assertion"), text("server.login.assertionFile"), text("server.login.keyFile"),
                text("server.login.keyId"),
                text("server.login.username"), secret("server.login.password"), secret("server.login.token"));
    }

    private Optional<String> given(String path) {
        String option = request.options().settings().get(path);
        if (option != null) {
            return Optional.of(option);
        }
        return VARIABLES.getOrDefault(path, List.of())
                .stream()
                .map(name -> request.environment().getOrDefault(name, ""))
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    private Optional<Node.Leaf> leaf(String path) {
        Optional<Node> node = Optional.of(section);
        for (String step : path.split("[.]", -1)) {
            node = node.flatMap(map -> map instanceof Node.Fields fields ? fields.get(step) : Optional.empty());
        }
        return node.filter(Node.Leaf.class::isInstance).map(Node.Leaf.class::cast).filter(leaf -> !leaf.isNull());
    }

    private Optional<String> text(String path) {
        return given(path).or(() -> leaf(path).map(Node.Leaf::raw).filter(raw -> !raw.isEmpty()));
    }

    private Optional<Secret> secret(String path) {
        Optional<Secret> given = given(path).map(value -> Secret.of(value,
                "$(env:" + VARIABLES.getOrDefault(path, List.of(path)).getFirst() + ")"));
        return given.or(() -> leaf(path).map(Node.Leaf::value)
                .filter(Secret.class::isInstance)
                .map(Secret.class::cast));
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

    private Duration duration(Optional<String> written) {
        Matcher matcher = DURATION.matcher(written.orElse("30s"));
        if (!matcher.matches()) {
            // In a file the schema has said so; from an option it is said here.
            if (given("server.timeout").isPresent()) {
                findings.add(Place.file("server.timeout"), "the timeout is no duration", "Write 30s, 500ms or 2m.");
            }
            return Duration.ofSeconds(30);
        }
        long unit = switch (Optional.ofNullable(matcher.group(3)).orElse("s")) {
            case "ms" -> 1;
            case "m" -> 60_000;
            default -> 1000;
        };
        String fraction = Optional.ofNullable(matcher.group(2)).orElse("");
        long thousandths = Long.parseLong((fraction + "000").substring(0, 3));
        return Duration.ofMillis(Long.parseLong(matcher.group(1)) * unit + thousandths * unit / 1000);
    }

    private int concurrency() {
        String written = text("server.concurrency").orElse("4");
        if (!written.matches("[1-9][0-9]?")) {
            // In a file the schema has said so; from an option it is said here.
            if (given("server.concurrency").isPresent()) {
                findings.add(Place.file("server.concurrency"), "the concurrency is a number from 1 to 64",
                        "Write 4.");
            }
            return 4;
        }
        return Integer.parseInt(written);
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
