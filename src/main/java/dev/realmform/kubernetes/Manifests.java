package dev.realmform.kubernetes;

import dev.realmform.kubernetes.section.Item;
import dev.realmform.model.Address;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Objects as they go over the wire, and as resources: without what an address says already, without what the server keeps for
 * itself, and with the data of a Secret in clear, each value a secret.
 */
final class Manifests {

    static final String SECRET = "Secret";
    static final String DATA = "data";
    static final String METADATA = "metadata";

    private static final String[] SERVERS_OWN = {"managedFields", "resourceVersion", "generation", "uid",
        "creationTimestamp", "selfLink", "deletionTimestamp", "deletionGracePeriodSeconds", "name", "namespace"};

    /** What kubectl remembers: the whole manifest once more, with all that is secret in it. */
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private Manifests() {}

    /** The address of an object that is live. */
    static Address address(String apiVersion, String kind, Value.MapOf object) {
        Value.MapOf metadata = object.map(METADATA);
        String name = metadata.text("name").orElse("");
        String type = KnownKinds.type(apiVersion, kind);
        return metadata.text("namespace")
                .filter(namespace -> !namespace.isEmpty())
                .map(namespace -> Address.of(type, namespace, name))
                .orElseGet(() -> Address.of(type, name));
    }

    static String namespace(Address address) {
        return address.key().size() > 1 ? address.root() : "";
    }

    /** What a resource is of an object as the server has it. */
    static Value.MapOf canonical(Address address, Value.MapOf object) {
        Value.MapOf metadata = object.map(METADATA).without(SERVERS_OWN);
        Value.MapOf annotations = metadata.map("annotations").without(LAST_APPLIED);
        metadata = annotations.isEmpty() ? metadata.without("annotations") : metadata.with("annotations", annotations);
        Value.MapOf value = object.without("kind", "status").with(METADATA, metadata);
        return isSecret(address) && value.has(DATA) ? value.with(DATA, decoded(value.map(DATA))) : value;
    }

    /** What goes over the wire for a resource. */
    static Value.MapOf wire(Address address, Value.MapOf value) {
        Value.MapOf metadata = value.map(METADATA).with("name", Value.text(address.name()));
        String namespace = namespace(address);
        if (!namespace.isEmpty()) {
            metadata = metadata.with("namespace", Value.text(namespace));
        }
        Value.MapOf object = value.with("kind", Value.text(KnownKinds.kind(address.type()))).with(METADATA, metadata);
        return isSecret(address) && object.has(DATA) ? object.with(DATA, encoded(object.map(DATA))) : object;
    }

    static boolean isSecret(Address address) {
        return address.type().equals(SECRET);
    }

    /** A value of a Secret's data, read from base64: as text if it is one. */
    static Optional<String> plain(String base64) {
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(base64);
            try {
                return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
            } catch (CharacterCodingException e) {
                return Optional.of(Item.BINARY + Base64.getEncoder().encodeToString(bytes));
            }
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Value.MapOf decoded(Value.MapOf data) {
        return data.each((key, value) -> Optional.of(value instanceof Value.Text(String base64)
                ? plain(base64).<Value>map(text -> Secret.of(text, "")).orElse(value)
                : value));
    }

    private static Value.MapOf encoded(Value.MapOf data) {
        SortedMap<String, Value> encoded = new TreeMap<>();
        for (Map.Entry<String, Value> entry : data.fields().entrySet()) {
            encoded.put(entry.getKey(), switch (entry.getValue()) {
                case Secret secret -> Secret.of(base64(secret.reveal()), secret.reference());
                case Value.Text(String text) -> Secret.of(base64(text), "");
                case Value other -> other;
            });
        }
        return new Value.MapOf(encoded);
    }

    private static String base64(String text) {
        return text.startsWith(Item.BINARY) ? text.substring(Item.BINARY.length())
                : Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static String uid(Value.MapOf object) {
        return object.map(METADATA).text("uid").orElse("");
    }

    /** The objects of a list, each with its kind, which a server leaves out in lists. */
    static List<Value.MapOf> items(Value.MapOf list) {
        return list.list("items")
                .stream()
                .filter(Value.MapOf.class::isInstance)
                .map(Value.MapOf.class::cast)
                .toList();
    }
}
