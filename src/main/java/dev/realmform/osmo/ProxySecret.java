package dev.realmform.osmo;

import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** What OAuth2 Proxy has to know, as objects of Kubernetes: the namespace of OSMO, and a Secret in it. */
public record ProxySecret(Secret client, CookieSecret cookie) {

    public static final String NAMESPACE = "osmo";

    /** The fields that stand first in a manifest. */
    public static final List<String> FIRST = List.of("apiVersion", "kind", "metadata");

    /** The objects, in the order in which they have to be made. Values are in {@code data} alone, in base64. */
    public List<Value.MapOf> objects() {
        Value.MapOf namespace = object("Namespace", Value.EMPTY_MAP.with("name", Value.text(NAMESPACE)));
        Value.MapOf data = Value.EMPTY_MAP.with(Needs.CLIENT_SECRET, base64(client))
                .with(Needs.COOKIE_SECRET, Value.text(cookie.data().reveal()));
        Value.MapOf secret = object("Secret", Value.EMPTY_MAP.with("name", Value.text(Needs.SECRET))
                .with("namespace", Value.text(NAMESPACE))).with("type", Value.text("Opaque")).with("data", data);
        return List.of(namespace, secret);
    }

    private static Value.MapOf object(String kind, Value.MapOf metadata) {
        return Value.EMPTY_MAP.with("apiVersion", Value.text("v1"))
                .with("kind", Value.text(kind))
                .with("metadata", metadata);
    }

    private static Value base64(Secret secret) {
        return Value.text(Base64.getEncoder().encodeToString(secret.reveal().getBytes(StandardCharsets.UTF_8)));
    }

    /** Whether an object is one of these two. */
    public static boolean isOne(Value.MapOf object) {
        String name = object.map("metadata").text("name").orElse("");
        return switch (object.text("kind").orElse("")) {
            case "Namespace" -> name.equals(NAMESPACE);
            case "Secret" -> name.equals(Needs.SECRET);
            default -> false;
        };
    }

    /** The cookie secret that an object holds, valid or not. */
    public static Optional<CookieSecret> cookie(Value.MapOf object) {
        if (!isOne(object) || !object.text("kind").equals(Optional.of("Secret"))) {
            return Optional.empty();
        }
        Optional<String> plain = object.map("stringData").text(Needs.COOKIE_SECRET);
        return plain.map(CookieSecret::of)
                .or(() -> object.map("data").text(Needs.COOKIE_SECRET).flatMap(CookieSecret::ofData));
    }
}
