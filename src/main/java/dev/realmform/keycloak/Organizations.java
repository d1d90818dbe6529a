package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Reads organizations. The server looks them up by name, not by alias, and lists 10 unless told otherwise (26.7.3).
 */
final class Organizations {

    private static final String SECTION = "organizations";

    /** So few are looked up by name: a realm may have one for each customer. */
    private static final int FEW = 25;

    private static final int PAGE = 500;

    private static final Map<String, String> FULL = Map.of("briefRepresentation", "false");

    private Organizations() {}

    static Address address(String realm, String alias) {
        return Address.of(OrganizationType.NAME, realm, alias);
    }

    /** The organization that an address of one, or of something in one, begins with. */
    static Address of(Address inside) {
        return address(inside.root(), inside.key().get(1));
    }

    /** Where one stands in a realm document. */
    static List<String> place(Address organization) {
        return List.of(SECTION, organization.name());
    }

    static Way way(String realm) {
        return Way.realm(realm).then(SECTION);
    }

    static Way way(Address organization) {
        return way(organization.root()).id(organization);
    }

    /** Those with these aliases, by alias. */
    static SortedMap<String, Value.MapOf> some(Reader reader, Wanted wanted, Collection<String> aliases) {
        SortedMap<String, Value.MapOf> found = new ConcurrentSkipListMap<>();
        if (aliases.size() > FEW) {
            found.putAll(all(reader, wanted.realm()));
        } else {
            reader.each(aliases, alias -> one(reader, wanted, alias).ifPresent(body -> found.put(alias, body)));
        }
        found.keySet().retainAll(aliases);
        return found;
    }

    static SortedMap<String, Value.MapOf> all(Reader reader, String realm) {
        SortedMap<String, Value.MapOf> found = new TreeMap<>();
        reader.pages(0, PAGE, FULL, realm, SECTION)
                .forEach(body -> body.text("alias").ifPresent(alias -> found.put(alias, body)));
        return found;
    }

    /** By the name that the file gives it; one that has another name by now is found among all. */
    private static Optional<Value.MapOf> one(Reader reader, Wanted wanted, String alias) {
        String name = wanted.declared(address(wanted.realm(), alias))
                .map(Resource::value)
                .flatMap(value -> value.text("name"))
                .orElse(alias);
        return named(reader, wanted.realm(), alias, name);
    }

    static Optional<Value.MapOf> named(Reader reader, String realm, String alias, String name) {
        return reader.objects(Map.of("search", name, "exact", "true", "briefRepresentation", "false"), realm, SECTION)
                .stream()
                .filter(body -> body.text("alias").filter(alias::equals).isPresent())
                .findFirst()
                .or(() -> Optional.ofNullable(all(reader, realm).get(alias)));
    }

    /** The aliases of the identity providers that belong to it. */
    static List<String> identityProviders(Reader reader, String realm, String id) {
        return reader.objects(realm, SECTION, id, "identity-providers")
                .stream()
                .flatMap(body -> body.text("alias").stream())
                .toList();
    }

    static List<Value.MapOf> members(Reader reader, String realm, String id) {
        return reader.pages(0, PAGE, Map.of(), realm, SECTION, id, "members");
    }
}
