package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Value;
import java.util.Collection;
import java.util.SortedMap;

/**
 * How creations of one type go out many at a time, in one {@code partialImport}. It makes what it is sent without the checks
 * and additions of a POST, so a type says of which creations the result is the same.
 */
interface Imported {

    /** Whether an import makes of it exactly what single calls would. */
    boolean fits(Change.Create create);

    /** What has to be done about something that a creation refers to. */
    enum Need {
        /** Nothing: if it is not there, the server refuses the request. */
        CHECKED_BY_THE_SERVER,
        /** The server would make it up without a word. */
        LOOKED_AT,
        /** The server takes both together or none. */
        IN_THE_SAME_REQUEST
    }

    Need need(Address referred);

    /** The object that stands for it in the request; may hold holes. */
    Value.MapOf object(Change.Create create);

    /** The part of the request that makes all of these, holes filled. */
    Value.MapOf request(SortedMap<Address, Value.MapOf> objects);

    /** How the answer calls the object that decides about this one: resource type, space, name. */
    String row(Address address);

    /** Whether the id in that row is its own. */
    boolean isIdTold(Address address);

    /** Looks up ids that the answer did not tell, with few requests. */
    void identify(Collection<Address> made, Reader reader, Ids ids);
}
