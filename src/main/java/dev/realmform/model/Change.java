package dev.realmform.model;

import java.util.List;
import java.util.Optional;

/** What a plan does to one resource. */
public sealed interface Change {

    Address address();

    /** The live resource that the change starts from; empty where there is none. */
    default Optional<Resource> before() {
        return switch (this) {
            case Create ignored -> Optional.empty();
            case Update update -> Optional.of(update.live());
            case Replace replace -> Optional.of(replace.live());
            case Delete delete -> Optional.of(delete.live());
            case Adopt adopt -> Optional.of(adopt.live());
            case Forget ignored -> Optional.empty();
        };
    }

    /** What the file declares; empty where the resource goes. */
    default Optional<Resource> declared() {
        return switch (this) {
            case Create create -> Optional.of(create.desired());
            case Update update -> Optional.of(update.desired());
            case Replace replace -> Optional.of(replace.desired());
            case Delete ignored -> Optional.empty();
            case Adopt adopt -> Optional.of(adopt.desired());
            case Forget ignored -> Optional.empty();
        };
    }

    /** The resource as the server will hold it, as far as it can be known; empty where it goes, or is no longer looked after. */
    default Optional<Resource> after() {
        return switch (this) {
            case Create create -> Optional.of(create.planned());
            case Update update -> Optional.of(update.planned());
            case Replace replace -> Optional.of(replace.planned());
            case Delete ignored -> Optional.empty();
            case Adopt adopt -> Optional.of(adopt.planned());
            case Forget ignored -> Optional.empty();
        };
    }

    /** The differences of fields; empty for creations, deletions and forgets. */
    default List<Edit> edits() {
        return List.of();
    }

    /** Whether carrying out the change sends anything that writes. */
    default boolean writes() {
        return switch (this) {
            case Create ignored -> true;
            case Update ignored -> true;
            case Replace ignored -> true;
            case Delete delete -> delete.goesWith().isEmpty();
            case Adopt adopt -> !adopt.edits().isEmpty();
            case Forget ignored -> false;
        };
    }

    /**
     * A resource that is not there yet is made.
     *
     * @param planned what the server will hold, as far as it can be known
     */
    record Create(Resource desired, Resource planned) implements Change {
        @Override
        public Address address() {
            return desired.address();
        }
    }

    /**
     * A resource that is ours changes in place.
     *
     * @param live      as read, under its new address if it is renamed
     * @param planned   live with the declared fields over it
     * @param renamedFrom its present name on the server, if it is renamed
     */
    record Update(Resource live, Resource desired, Resource planned, List<Edit> edits, Optional<Address> renamedFrom)
            implements
                Change {
        public Update {
            edits = List.copyOf(edits);
        }

        @Override
        public Address address() {
            return desired.address();
        }
    }

    /** A field that cannot be changed in place differs: delete, then create. */
    record Replace(Resource live, Resource desired, Resource planned, List<Edit> edits, List<Path> because)
            implements
                Change {
        public Replace {
            edits = List.copyOf(edits);
            because = List.copyOf(because);
        }

        @Override
        public Address address() {
            return desired.address();
        }
    }

    /**
     * A live resource goes.
     *
     * @param why      what asked for it
     * @param goesWith the container whose deletion takes it along; then nothing is sent for this one
     */
    record Delete(Resource live, DeleteReason why, Optional<Address> goesWith) implements Change {
        @Override
        public Address address() {
            return live.address();
        }

        public enum DeleteReason {
            /** It left the file, and we created it. */
            LEFT_THE_FILE,
            /** {@code $delete: true}. */
            ASKED,
            /** Its collection is authoritative and the file does not declare it. */
            NOT_DECLARED,
            /** The command {@code destroy}. */
            DESTROY,
            /** It is not ours, and lies inside a container that goes. */
            INSIDE
        }
    }

    /** A live resource that was there before us becomes managed; written only where it differs. */
    record Adopt(Resource live, Resource desired, Resource planned, List<Edit> edits) implements Change {
        public Adopt {
            edits = List.copyOf(edits);
        }

        @Override
        public Address address() {
            return desired.address();
        }
    }

    /**
     * We let go of a resource: it stays alive (or is gone already), the state drops it.
     *
     * @param live what stays, for those who read the plan: nothing starts from it
     */
    record Forget(Address address, ForgetReason why, Optional<Resource> live) implements Change {

        /** Of a resource that is gone. */
        public Forget(Address address, ForgetReason why) {
            this(address, why, Optional.empty());
        }

        public enum ForgetReason {
            /** It was adopted, not created by us, and left the file. */
            ADOPTED,
            /** It left the file and is gone from the server. */
            GONE
        }
    }
}
