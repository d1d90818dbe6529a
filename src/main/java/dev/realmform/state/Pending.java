package dev.realmform.state;

import dev.realmform.model.Action;
import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Owned;
import java.util.Optional;

/**
 * A change that was going to be sent and whose end is not known.
 *
 * @param was     its address before, if the change renames it
 * @param becomes the entry that it leaves if it succeeds, but for the id and for secrets; empty where the resource goes
 */
public record Pending(Address address, Action action, Optional<Address> was, Optional<Owned> becomes) {

    public static Pending of(Change change, Optional<Owned> becomes) {
        Optional<Address> was = change instanceof Change.Update update ? update.renamedFrom() : Optional.empty();
        return new Pending(change.address(), Action.of(change), was, becomes);
    }
}
