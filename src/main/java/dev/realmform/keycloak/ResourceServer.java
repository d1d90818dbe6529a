package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Path;
import dev.realmform.model.Reference;
import dev.realmform.model.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * The authorization services of clients: where their parts lie, and how they are read.
 *
 * <p>Seen on 26.7.3: the export of all of it in one request ({@code settings}) takes manage-authorization, and fails for the
 * client of the admin permissions; the collections take view-clients or view-authorization. They hold 100 members unless told
 * otherwise.
 */
final class ResourceServer {

    /** The key on a client. */
    static final String KEY = "authorizationSettings";

    /** The field of a client that switches the services on. */
    static final String ENABLED = "authorizationServicesEnabled";

    private static final Map<String, String> ALL = Map.of("max", "-1", "deep", "true", "fields", "*");

    private ResourceServer() {}

    /** The client of something in its authorization services. */
    static Address client(Address part) {
        return ClientType.address(part.root(), part.key().get(1));
    }

    /** The realm and the client that a part lies in. */
    static Set<Reference> references(Address part) {
        return Set.of(new Reference(RealmType.address(part.root()), Path.ROOT),
                new Reference(client(part), Path.ROOT));
    }

    /** Whether a part has to wait until something has been changed in place: that switches the services on. */
    static boolean awaits(Address part, Address needed) {
        return needed.equals(client(part))
                || (AdminPermissions.holds(part) && needed.equals(RealmType.address(part.root())));
    }

    static Way way(Address part) {
        return Way.realm(part.root()).then("clients").id(client(part)).then("authz", "resource-server");
    }

    static boolean isUsed(KeycloakType type, Wanted wanted) {
        return !wanted.of(type.name()).isEmpty() || wanted.going().stream().anyMatch(going -> isClient(going, wanted));
    }

    private static boolean isClient(Address address, Wanted wanted) {
        return address.type().equals(ClientType.NAME) && address.root().equals(wanted.realm());
    }

    /** Whether all parts of a client are wanted, since it is to go. */
    static boolean isWhole(KeycloakType type, Wanted wanted, String clientId) {
        return wanted.all(type) || wanted.isGoing(ClientType.address(wanted.realm(), clientId));
    }

    /** Does something for each client that has such services, by clientId and id, and of which a part is wanted. */
    static void each(KeycloakType type, Reader reader, Wanted wanted, BiConsumer<String, String> action) {
        Set<String> clients = wanted.of(type.name())
                .stream()
                .map(part -> part.key().get(1))
                .collect(Collectors.toCollection(TreeSet::new));
        List<Value.MapOf> having = ClientType.bodies(type, reader, wanted)
                .stream()
                .filter(body -> body.isTrue(ENABLED))
                .filter(body -> clients.contains(clientId(body)) || isWhole(type, wanted, clientId(body)))
                .toList();
        reader.each(having, body -> action.accept(clientId(body), body.text("id").orElse("")));
    }

    private static String clientId(Value.MapOf body) {
        return body.text("clientId").orElse("");
    }

    static Optional<Value.MapOf> settings(Reader reader, String realm, String client) {
        return reader.object(realm, "clients", client, "authz", "resource-server");
    }

    /** A collection of a client, whole: resource, scope or policy. */
    static List<Value.MapOf> members(Reader reader, String realm, String client, String collection) {
        return reader.objects(ALL, realm, "clients", client, "authz", "resource-server", collection);
    }

    /** What is linked to one policy or resource. */
    static List<Value.MapOf> linked(Reader reader, String realm, String client, String collection, String id,
            String link) {
        return reader.objects(realm, "clients", client, "authz", "resource-server", collection, id, link);
    }

    /** The members of a collection that have the name of a part: the server itself looks for parts of names. */
    static List<Value.MapOf> named(Reader reader, Ids ids, Address part, String collection) {
        Map<String, String> query = Map.of("max", "-1", "name", part.name());
        return ids.find(client(part))
                .stream()
                .flatMap(client -> reader.objects(query, part.root(), "clients", client, "authz", "resource-server",
                        collection).stream())
                .filter(body -> body.text("name").filter(part.name()::equals).isPresent())
                .toList();
    }
}
