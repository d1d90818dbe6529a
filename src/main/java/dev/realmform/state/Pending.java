package dev.realmform.state;

import dev.realmform.model.Action;
import dev.realmform.model.Address;
import dev.realmform.model.Change;
import java.util.Optional;

/**
 * A change that was going to be sent and whose end is not known.
 *
 * @param was its address before, if the change renames it
 */
public record Pending(Address address, Action action, Optional<Address> was) {

    public static Pending of(Change change) {
        Optional<Address> was = change instanceof Change.Update update ? update.renamedFrom() : Optional.empty();
        return new Pending(change.address(), Action.of(change), was);
    }
}
