package dev.realmform.state;

import dev.realmform.model.Address;
import dev.realmform.model.Fingerprint;
import dev.realmform.model.Path;
import java.util.Optional;

/** What a look at the server shows of the addresses of pending changes. */
public interface Evidence {

    boolean isLive(Address address);

    /** The server's id; empty for what is not live, or has none of its own. */
    Optional<String> id(Address address);

    /** Whether a field that is live has the value of this hash. */
    boolean holds(Address address, Path path, Fingerprint print);
}
