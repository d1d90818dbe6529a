package dev.realmform.model;

import java.time.Instant;

/** When somebody logged in last, as far as the server tells. */
public sealed interface Seen {

    /**
     * The last login that the server remembers.
     *
     * @param client   through which client
     * @param provider through which identity provider; empty if with the realm's own password
     */
    record Login(Instant at, String client, String provider) implements Seen {}

    /** No event tells, but a session is open. */
    record Session(Instant since, Instant lastAccess) implements Seen {}

    /** No login is among the events that the server keeps, and no session is open. */
    record Nothing() implements Seen {}

    /** Nobody can tell. */
    record Unknown(String why) implements Seen {}
}
