package dev.realmform.kubernetes;

import dev.realmform.kubernetes.section.Item;
import dev.realmform.model.Address;
import dev.realmform.model.Directives;
import dev.realmform.model.Origin;
import dev.realmform.model.Path;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One declared object: its address, what its {@code $} keys say, and its value with our label. Refuses secrets where whoever
 * may see the object would see them.
 */
final class Declaration {

    private static final Pattern NAME = Pattern.compile("[a-z0-9A-Z]([-a-zA-Z0-9.:_]*[a-zA-Z0-9])?");
    private static final Map<String, String> AS_ANNOTATION = Map.of("$takeOver", Marks.TAKE_OVER, "$replace",
            Marks.REPLACE);
    private static final Set<String> KNOWN = Set.of("$takeOver", "$replace", "$delete", "$protect", "$ignore");

    private final Item item;
    private final Value.MapOf manifest;
    private final Origin origin;
    private final String namespace;
    private final List<Problem> problems;

    Declaration(Item item, Origin origin, String namespace, List<Problem> problems) {
        this.item = item;
        this.manifest = item.manifest();
        this.origin = origin;
        this.namespace = namespace;
        this.problems = problems;
    }

    /** Empty if something is wrong, which has been said then. */
    Optional<Resource> resource() {
        int before = problems.size();
        Optional<Address> address = address();
        if (address.isEmpty()) {
            return Optional.empty();
        }
        Value.MapOf value = labelled(withoutDirectives());
        value = value.without("kind", "status")
                .with(Manifests.METADATA, value.map(Manifests.METADATA).without("name", "namespace"));
        boolean secret = Manifests.isSecret(address.get());
        if (secret) {
            value = value.with(Manifests.DATA, data(address.get(), value.map(Manifests.DATA)));
        }
        look(secret ? value.without(Manifests.DATA) : value, Path.ROOT, secret);
        Directives directives = directives();
        return problems.size() > before ? Optional.empty()
                : Optional.of(new Resource(address.get(), value, origin, directives));
    }

    private void wrong(Path at, String what, String remedy) {
        Path path = new Path(Stream
                .concat(item.from().segments().stream(), at.segments().stream())
                .toList());
        problems.add(Problem.invalid(what, origin.at(at).exact() + "  cluster." + path, remedy));
    }

    private Optional<Address> address() {
        Optional<String> kind = manifest.text("kind").filter(text -> NAME.matcher(text).matches());
        Optional<String> version = manifest.text("apiVersion").filter(text -> !text.isBlank());
        Optional<String> name = manifest.map(Manifests.METADATA)
                .text("name")
                .filter(text -> NAME.matcher(text).matches());
        if (kind.isEmpty() || version.isEmpty()) {
            wrong(Path.ROOT, "this is no manifest: kind or apiVersion is missing",
                    "Write both, as in: apiVersion: apps/v1, kind: Deployment.");
            return Optional.empty();
        }
        if (name.isEmpty()) {
            wrong(Path.of(Manifests.METADATA), "metadata.name is missing, or no name that a cluster takes",
                    "Write it: small letters, digits and hyphens. A generateName cannot be planned.");
            return Optional.empty();
        }
        String type = KnownKinds.type(version.get(), kind.get());
        return within(type).map(in -> in.isEmpty() ? Address.of(type, name.get()) : Address.of(type, in, name.get()));
    }

    /** The namespace; an empty text if it lies in none. */
    private Optional<String> within(String type) {
        Optional<String> written = manifest.map(Manifests.METADATA).text("namespace");
        Optional<Boolean> namespaced = KnownKinds.namespaced(type);
        if (namespaced.isPresent() && !namespaced.get()) {
            if (written.filter(text -> !text.isEmpty()).isPresent()) {
                wrong(Path.of(Manifests.METADATA, "namespace"), "a " + type + " lies in no namespace",
                        "Take metadata.namespace out.");
                return Optional.empty();
            }
            return Optional.of("");
        }
        String in = written.orElse(namespace);
        if (in.isEmpty() && namespaced.isPresent()) {
            wrong(Path.of(Manifests.METADATA), "a " + type + " lies in a namespace, and none is named",
                    "Add metadata.namespace, or cluster.namespace for all.");
            return Optional.empty();
        }
        return Optional.of(in);
    }

    private Value.MapOf withoutDirectives() {
        Value.MapOf value = manifest;
        Value.MapOf annotations = value.map(Manifests.METADATA).map("annotations");
        for (Map.Entry<String, Value> field : manifest.fields().entrySet()) {
            String key = field.getKey();
            if (!key.startsWith("$")) {
                continue;
            }
            value = value.without(key);
            if (!KNOWN.contains(key)) {
                wrong(Path.of(key), key + " is no key that realmform knows in a manifest",
                        "It knows " + String.join(", ", new TreeSet<>(KNOWN)) + ".");
            } else if (AS_ANNOTATION.containsKey(key) && manifest.isTrue(key)) {
                annotations = annotations.with(AS_ANNOTATION.get(key), Value.text("true"));
            }
        }
        return annotations.isEmpty() ? value
                : value.with(Manifests.METADATA, value.map(Manifests.METADATA).with("annotations", annotations));
    }

    private static Value.MapOf labelled(Value.MapOf value) {
        return Holes.with(value, Marks.MANAGED_BY, Value.text(Marks.MANAGER));
    }

    private Directives directives() {
        Set<Path> ignore = new HashSet<>();
        for (String path : manifest.texts("$ignore")) {
            ignore.add(Path.parse(path));
        }
        Optional<Boolean> protect = manifest.get("$protect").map(ignored -> manifest.isTrue("$protect"));
        return new Directives(Optional.empty(), manifest.isTrue("$delete"), protect, ignore);
    }

    /** Each value of a Secret is one, wherever it comes from; what is made by chance is made for this very place. */
    private Value.MapOf data(Address address, Value.MapOf data) {
        Map<String, Value> wrapped = new HashMap<>();
        data.fields().forEach((key, value) -> {
            Path at = Path.of(Manifests.DATA, key);
            switch (value) {
                case Value.Text(String text) -> wrapped.put(key, literal(text, at));
                case Secret secret when secret.isGiven() && secret.reference().isEmpty() ->
                    wrapped.put(key, literal(secret.reveal(), at));
                case Secret secret -> wrapped.put(key, secret);
                case Value.Unknown unknown -> future(address, at, unknown).ifPresent(known -> wrapped.put(key, known));
                case Value.Null ignored -> {
                }
                default -> wrong(at, "a value of a Secret is a text",
                        "Put it into quotes.");
            }
        });
        return new Value.MapOf(wrapped);
    }

    private Secret literal(String text, Path at) {
        return Secret.of(text, "$(literal:" + origin.at(at) + ")");
    }

    private Optional<Value> future(Address address, Path at, Value.Unknown unknown) {
        if (!unknown.source().type().equals(Generated.TYPE)) {
            return Optional.of(unknown);
        }
        String words = unknown.source().name();
        if (Generated.parse(words).isEmpty()) {
            wrong(at, "$(random:" + words + ") says nothing that realmform can make",
                    "Write base64url, base64, hex or letters, and how many, from 8 to 1024: $(random:base64url:32).");
            return Optional.empty();
        }
        return Optional.of(Generated.in(address, at, words));
    }

    private void look(Value value, Path path, boolean inSecret) {
        switch (value) {
            case Secret ignored -> wrong(path, "a secret may stand only in the data of a Secret",
                    inSecret ? "Move it to data." : "Put it into a Secret, and refer to that: valueFrom.secretKeyRef.");
            case Value.Unknown unknown when unknown.source().type().equals(Generated.TYPE) -> wrong(path,
                    "what is made by chance can be kept only in the data of a Secret",
                    "Put it into a Secret, and refer to that.");
            case Value.MapOf map -> map.fields().forEach((name, below) -> look(below, path.then(name), inSecret));
            case Value.ListOf(List<Value> items) -> {
                for (int i = 0; i < items.size(); i++) {
                    Path at = path.then(String.valueOf(i));
                    if (items.get(i) instanceof Value.Unknown) {
                        wrong(at, "what is known only after an apply cannot stand in a list",
                                "Put it into a Secret or a ConfigMap, and refer to that.");
                    } else {
                        look(items.get(i), at, inSecret);
                    }
                }
            }
            default -> {
                // Is what it is.
            }
        }
    }
}
