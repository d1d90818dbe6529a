package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Reference;
import dev.realmform.model.Resource;
import dev.realmform.provider.Manage;
import dev.realmform.provider.Scope;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What has to be read of one realm.
 *
 * @param realm     its name on the server
 * @param addresses what is declared, owned or referred to, by the names it has on the server; of all types
 * @param declared  what the files declare, by the names in the file
 * @param manage    which collections are read whole
 * @param going     containers whose contents are read, by the names on the server
 * @param renames   between names on the server and in the file
 * @param isNew     whether the realm is not there yet
 * @param past      what earlier runs did, by the names in the state
 * @param whole     types of which all there is is wanted, with all fields
 */
record Wanted(String realm, SortedSet<Address> addresses, Map<Address, Resource> declared,
        Map<Address, Set<String>> owned, Manage manage, Set<Address> going, Renames renames, boolean isNew,
        Scope.Past past, Set<String> whole) {

    /** One for each realm (by its name on the server) that a scope speaks of. */
    static SortedMap<String, Wanted> byRealm(Scope scope, Map<String, KeycloakType> types) {
        Renames renames = new Renames(scope.renames());
        SortedMap<String, SortedSet<Address>> byRealm = new TreeMap<>();
        for (Address address : named(scope, types)) {
            if (types.containsKey(address.type())) {
                Address live = renames.live(address);
                SortedSet<Address> addresses = byRealm.computeIfAbsent(live.root(), name -> new TreeSet<>());
                addresses.add(live);
                if (!renames.isEmpty()) {
                    // A rename that has been carried out already: the object is found under its new name.
                    addresses.add(new Address(address.type(), renamedRoot(address, live)));
                }
            }
        }
        Set<Address> going = scope.going().stream().map(renames::live).collect(Collectors.toSet());
        SortedMap<String, Wanted> wanted = new TreeMap<>();
        byRealm.forEach((realm, addresses) -> wanted.put(realm, new Wanted(realm, addresses, scope.declared(),
                scope.owned(), scope.manage(), going, renames, false, scope.past(), Set.of())));
        return wanted;
    }

    /** All that a scope speaks of, by the names in the file, and what that refers to. */
    private static Set<Address> named(Scope scope, Map<String, KeycloakType> types) {
        Set<Address> all = new HashSet<>(scope.declared().keySet());
        all.addAll(scope.owned().keySet());
        all.addAll(scope.renames().keySet());
        all.addAll(scope.going());
        for (Resource resource : scope.declared().values()) {
            KeycloakType type = types.get(resource.address().type());
            if (type != null) {
                for (Reference reference : type.named(resource)) {
                    all.add(reference.to());
                    all.addAll(reference.or());
                }
            }
        }
        return all;
    }

    /** Just one resource, in a realm that exists. */
    static Wanted only(Resource desired) {
        Address address = desired.address();
        return new Wanted(address.root(), new TreeSet<>(Set.of(address)), Map.of(address, desired), Map.of(),
                Manage.NOTHING, Set.of(), new Renames(Map.of()), false, Scope.Past.NOTHING, Set.of());
    }

    /**
     * All there is of some types in a realm that exists.
     *
     * @param addresses of what no collection lists, and has to be asked for by name
     */
    static Wanted all(String realm, Set<String> types, Set<Address> addresses) {
        return new Wanted(realm, new TreeSet<>(addresses), Map.of(), Map.of(), Manage.NOTHING, Set.of(),
                new Renames(Map.of()), false, Scope.Past.NOTHING, types);
    }

    /** The same of a realm that is not there yet. */
    Wanted ofNewRealm() {
        return new Wanted(realm, addresses, declared, owned, manage, going, renames, true, past, whole);
    }

    private static List<String> renamedRoot(Address address, Address live) {
        List<String> key = new ArrayList<>(address.key());
        key.set(0, live.root());
        return key;
    }

    /** The addresses of one type, which stand together. */
    SortedSet<Address> of(String type) {
        return addresses.subSet(Address.of(type, ""), Address.of(type + '\0', ""));
    }

    /** The innermost names of what is wanted of one type. */
    SortedSet<String> names(String type) {
        return of(type).stream().map(Address::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether a type's whole collection is wanted: it is authoritative, or the realm is to go, or is asked for whole. */
    boolean all(KeycloakType type) {
        return whole.contains(type.name()) || type.collection().filter(manage::mentions).isPresent()
                || isGoing(RealmType.address(realm));
    }

    boolean isGoing(Address container) {
        return going.contains(container);
    }

    boolean uses(KeycloakType type) {
        return all(type) || type.isUsed(this);
    }

    /** The clients that are wanted by themselves or for what lies in them. */
    SortedSet<String> clientIds() {
        SortedSet<String> ids = names(ClientType.NAME);
        addresses.stream()
                .filter(address -> KeycloakProvider.container(address)
                        .filter(container -> container.type().equals(ClientType.NAME))
                        .isPresent())
                .forEach(inside -> ids.add(inside.key().get(1)));
        return ids;
    }

    /** The declared resource behind a live address. */
    Optional<Resource> declared(Address live) {
        return Optional.ofNullable(declared.get(renames.now(live)));
    }

    /** Whether the state holds something for certain. */
    boolean isHeld(Address live) {
        return past.held().contains(live) || past.held().contains(renames.now(live));
    }

    /** Whether something that is live is ours. */
    boolean isMade(Address live) {
        return past.made().contains(live) || past.made().contains(renames.now(live));
    }

    /** Whether the fields of something matter, and not just that it is there. */
    boolean hasFields(Address live) {
        return whole.contains(live.type()) || declared(live).isPresent() || owned.containsKey(renames.now(live));
    }

    /** Whether a top-level field has to be read: it is declared, or was and has left the file. */
    boolean asks(Address live, String field) {
        if (whole.contains(live.type())) {
            return true;
        }
        Resource resource = declared.get(renames.now(live));
        return (resource != null && resource.value().has(field)) || isOurs(live, field);
    }

    /** Whether no other top-level fields have to be read. */
    boolean asksOnly(Address live, Set<String> fields) {
        if (whole.contains(live.type())) {
            return false;
        }
        Address now = renames.now(live);
        Resource resource = declared.get(now);
        return (resource == null || fields.containsAll(resource.value().fields().keySet()))
                && fields.containsAll(owned.getOrDefault(now, Set.of()));
    }

    /** Whether a top-level field is one that we wrote, by the state. */
    boolean isOurs(Address live, String field) {
        return owned.getOrDefault(renames.now(live), Set.of()).contains(field);
    }
}
