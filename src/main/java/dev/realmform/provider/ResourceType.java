package dev.realmform.provider;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Path;
import dev.realmform.model.Reference;
import dev.realmform.model.Resource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** One kind of resource, as the engine sees it. Pure: no method does I/O. */
public interface ResourceType {

    /** The first part of its addresses. */
    String name();

    Schema schema();

    /**
     * What the server will hold once {@code desired} has been applied to {@code live}, in canonical form: the declared fields
     * laid over the live ones, unless the type knows better.
     */
    default Resource propose(Resource desired, Resource live) {
        return live.withValue(Overlay.of(schema(), desired.value(), live.value()));
    }

    /** Whom the declared fields of a resource refer to, with the containers it lies in. */
    Set<Reference> references(Resource desired);

    /**
     * Whom the declared fields name without needing it to be there first: a server takes the name of a client that does not
     * exist. It has to be declared or live, as what is referred to has, but makes no order: two may name each other.
     */
    default Set<Reference> mentions(Resource desired) {
        return Set.of();
    }

    /** All that has to be declared or live for the resource to make sense. */
    default Set<Reference> named(Resource desired) {
        Set<Reference> named = new HashSet<>(references(desired));
        named.addAll(mentions(desired));
        return named;
    }

    /** Whether it is made by its world itself, without anybody asking: adopted, never deleted. */
    default boolean isBuiltIn(Address address) {
        return false;
    }

    /** What a user can do in place of deleting one that is built in: switch it off, leave it. */
    default String insteadOfDeleting() {
        return "Leave it as it is.";
    }

    /** Whether a named member that we wrote goes when it leaves the file; else it stays, and is no longer managed. */
    default boolean mayRelease(Address address, Path member) {
        return true;
    }

    /** The resource whose deletion takes this one along. */
    default Optional<Address> container(Address address) {
        return Optional.empty();
    }

    /** What is lost when a resource of this type goes, for the plan's warning; empty if a new one is as good. */
    default Optional<String> lossOnDelete(Resource live) {
        return Optional.empty();
    }

    /** Whether a field of a resource cannot be changed in place: by the schema, unless only the server can tell. */
    default boolean isImmutable(Address address, Path path) {
        return schema().at(path).is(Field.Trait.IMMUTABLE);
    }

    /** Whether a difference in an immutable field may be met by deleting and creating. */
    default boolean mayBeReplaced() {
        return false;
    }

    /** The same for one resource, whose declaration may have a say in it. */
    default boolean mayBeReplaced(Resource desired) {
        return mayBeReplaced();
    }

    /** What a user can do where a field cannot be changed in place and the resource may not be replaced. */
    default String insteadOfChanging() {
        return "Keep the live value, or delete the resource first ($delete: true) and then declare it anew.";
    }

    /**
     * Whether a live object with another id than the state remembers is another object, made by somebody else in the place of
     * ours: adopted, and not deleted.
     */
    default boolean isKnownById() {
        return false;
    }

    /** Whether resources of this type are never created or deleted by themselves: they come and go with their container. */
    default boolean comesWithContainer() {
        return false;
    }

    /**
     * Whether a resource that refers to another also waits until that has been changed in place, since the change is what makes
     * room for it: a client whose authorization services are switched on. Elsewhere a reference waits only for what is made.
     */
    default boolean awaits(Address resource, Address needed) {
        return false;
    }

    /** The same, where it depends on what is changed. */
    default boolean awaits(Resource resource, Change needed) {
        return awaits(resource.address(), needed.address());
    }

    /**
     * What a change that writes waits for if the resource {@link #awaits(Resource, Change) awaits} it, though it does not refer to
     * it: the server gives it what that says by then, or looks at it. Order alone: {@code --target} takes none of it along.
     */
    default Set<Address> follows(Change change) {
        return Set.of();
    }

    /** What a user can do where a resource waits for what it {@link #follows(Change) follows}, and that for the resource. */
    default String insteadOfFollowing() {
        return "Apply the one without the other first.";
    }

    /** What no other resource of this type in the same realm may have at the same time, beside its name. */
    default Set<String> exclusive(Resource resource) {
        return Set.of();
    }

    /**
     * Whether a resource is no more than its fields, which many may write: when it leaves the file, what we wrote of it goes,
     * whoever made it, and the fields of others stay.
     */
    default boolean isShared() {
        return false;
    }

    /** The name of the collection under {@code realmform.manage}; empty if it cannot be authoritative. */
    default Optional<String> collection() {
        return Optional.empty();
    }

    /** The name by which {@code realmform.manage} patterns know a resource of this type. */
    default String manageName(Address address) {
        return address.name();
    }

    /** How many ready changes of this type go to {@link Provider#write} at once. */
    default int bundleLimit() {
        return 1;
    }
}
