package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Problem;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Which id the server gave to which address: filled by reading and by what calls made. Thread-safe.
 *
 * <p>Also holds sub-objects that are no resources by themselves, such as protocol mappers and client scopes.
 */
final class Ids {

    private final Map<Address, String> known = new ConcurrentHashMap<>();
    private final Function<Address, Optional<String>> look;

    /** What is not known is looked up by {@code look}, one request each. */
    Ids(Function<Address, Optional<String>> look) {
        this.look = look;
    }

    void put(Address address, String id) {
        known.put(address, id);
    }

    /** Forgets an object that is gone, and all that lay inside it. */
    void forget(Address gone) {
        known.keySet().removeIf(address -> address.equals(gone) || isInside(address, gone));
    }

    private static boolean isInside(Address address, Address gone) {
        boolean holds = gone.key().size() > 1 || gone.type().equals(RealmType.NAME);
        return holds && address.key().size() > gone.key().size()
                && address.key().subList(0, gone.key().size()).equals(gone.key());
    }

    Optional<String> known(Address address) {
        return Optional.ofNullable(known.get(address));
    }

    /** The id, looked up if need be; empty if there is no such object. */
    Optional<String> find(Address address) {
        return known(address).or(() -> look(address));
    }

    /** The id as the server knows it now. */
    Optional<String> look(Address address) {
        Optional<String> found = look.apply(address);
        found.ifPresent(id -> put(address, id));
        return found;
    }

    /** The id of an object that has to be there. */
    String need(Address address) {
        return find(address).orElseThrow(() -> Problem.failed(address + " is not there", address.toString(),
                "It was there, or was to be made, when the plan was made. Plan again.").asException());
    }
}
