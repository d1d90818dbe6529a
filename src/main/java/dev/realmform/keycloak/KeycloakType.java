package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Origin;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Reference;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One kind of Keycloak object: all that is special about it, in one file. Stateless; what it needs of the server it gets
 * through the {@link Reader} it is handed, and it never writes: it says which calls would.
 */
interface KeycloakType extends ResourceType {

    /**
     * Reads what is wanted of this type in one realm that exists, with few requests, and adds it to {@code found}: the
     * objects, and the ids of objects inside them.
     */
    void list(Reader reader, Wanted wanted, Found found);

    /** Whether anything of this type is wanted. */
    default boolean isUsed(Wanted wanted) {
        return !wanted.of(name()).isEmpty();
    }

    /** Most lie in their realm, and go with it. */
    @Override
    default Optional<Address> container(Address address) {
        return Optional.of(RealmType.address(address.root()));
    }

    /** Most need their realm, and nothing else. */
    @Override
    default Set<Reference> references(Resource desired) {
        return Set.of(realm(desired));
    }

    /** That everything in a realm needs that. */
    static Reference realm(Resource inside) {
        return new Reference(RealmType.address(inside.address().root()), Path.ROOT);
    }

    /** The id of one object, by one request (a few if it lies deep); empty if it is not there. */
    Optional<String> find(Reader reader, Ids ids, Address address);

    /**
     * The types of the addresses under which objects inside one of this type are known, though they are no resources by
     * themselves: mappers, executions. Their keys are one segment longer than that of the object they lie in.
     */
    default Set<String> parts() {
        return Set.of();
    }

    /** The id of such an object inside; empty if it is not there. */
    default Optional<String> findPart(Reader reader, Ids ids, Address part) {
        return Optional.empty();
    }

    /**
     * Whether what it lies in may hold it already if that is made in the same run: then it is looked for, and changed in
     * place.
     */
    default boolean mayComeWithRealm(Address address) {
        return isBuiltIn(address);
    }

    /** Whether something that is not live yet will be by the time it is referred to, though the files do not declare it. */
    default boolean comes(Address address, Wanted wanted) {
        return wanted.isNew() && isBuiltIn(address);
    }

    /** The requests that carry out a change, in their order. Pure. Not asked for forgets and for what goes with its container. */
    List<Call> calls(Change change);

    /** Whether the server gives something new more than it was sent, of which the file may not want all: then it is read. */
    default boolean isGivenMore(Change.Create create) {
        return false;
    }

    /**
     * The requests that make of something new what was asked for. Pure.
     *
     * @param live as the server has made it
     */
    default List<Call> afterwards(Change.Create create, Resource live) {
        return Call.none();
    }

    /**
     * How creations go out many at a time; empty if they do not.
     *
     * @param facts of the realm; what is asked twice is read once
     */
    default Optional<Imported> importing(Reader facts, String realm) {
        return Optional.empty();
    }

    /** For objects that a PUT replaces whole: the body that makes just a change's edits to what is there now. Pure. */
    default Value.MapOf onto(Value.MapOf now, Change change) {
        throw new IllegalStateException("not replaced whole: " + change.address());
    }

    /** What Keycloak writes in several ways, in one; live and desired values alike, before they become canonical. */
    default Value.MapOf tidy(Value.MapOf raw) {
        return raw;
    }

    /** The canonical form of a live or desired body. */
    default Value.MapOf canonical(Value.MapOf raw) {
        return schema().canonical(tidy(raw));
    }

    /** The address that {@code $was: name} means. */
    default Address was(Address now, String name) {
        List<String> key = new ArrayList<>(now.key());
        key.set(key.size() - 1, name);
        return new Address(now.type(), key);
    }

    /**
     * Fields that older servers do not know, with the newest version seen without them ({@code 26.1}). Measured on 26.1.4,
     * 26.4.7 and 26.7.3. In {@code attributes.*.defaultValue}, {@code *} is any name.
     */
    default Map<String, String> lackedUpTo() {
        return Map.of();
    }

    /**
     * The first version of Keycloak that has it without a feature being switched on, such as {@code 26.6}, as its release notes
     * say; empty if each that realmform knows does.
     */
    default Optional<String> since() {
        return Optional.empty();
    }

    /** What servers before {@link #since} have nothing of, in the plural, if a plan with it is to be refused on them. */
    default Optional<String> refusedBefore() {
        return Optional.empty();
    }

    /** A refusal of a change of this type, in words that say more than the server's. */
    default Problem explained(Problem refusal) {
        return refusal;
    }

    /** What speaks against the changes of this type in a plan; may look at the server. */
    default List<Problem> review(Plan plan, Reader reader) {
        return List.of();
    }

    /** What a reader of a plan should know of the changes of this type, and only the server can tell. */
    default List<Plan.Notice> notices(Plan plan, Reader reader) {
        return List.of();
    }

    /** The keys of a realm document, at its top level, that this type takes. */
    Set<String> sections();

    /** Cuts its resources out of a realm document. */
    void cut(String realm, Value.MapOf document, Origin origin, Pieces pieces);

    /** The way to a resource in a realm document, by keys, in which lists of named members are maps. */
    List<String> place(Address address);

    /** Writes a live resource into a realm document, where {@link #cut} finds it again. */
    default void paste(Resource live, Sheet document) {
        document.at(place(live.address())).put(live.value());
    }
}
