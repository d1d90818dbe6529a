package dev.realmform.state;

import dev.realmform.model.Address;
import dev.realmform.model.Fingerprint;
import dev.realmform.model.Owned;
import dev.realmform.model.ServerIdentity;

/** What the journal remembers of a run, in the order in which it happened. */
public sealed interface Event {

    /** It is about to be sent. Stands in the journal before the first byte goes out. */
    record Began(Pending pending) implements Event {}

    /** It is there, and this is what we own of it. Ends what was pending. */
    record Done(Address address, Owned owned) implements Event {}

    /** It is gone, or let go of. Ends what was pending. */
    record Gone(Address address) implements Event {}

    /**
     * Nothing of it was done, for certain. Ends what was pending. Not for an answer that was lost: that stays pending, and
     * the next run looks.
     */
    record Failed(Address address) implements Event {}

    /** The server as it is now: a realm that this run has made has its id. */
    record Identified(ServerIdentity server) implements Event {}

    /** All secrets that are remembered by a hash are remembered by this one too. */
    record Sealed(Fingerprint seal) implements Event {}
}
