package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * A path of the admin API behind {@code /admin/realms}, which may lead through ids that are not known yet.
 *
 * @param segments texts, and holes for ids ({@link Value.Unknown})
 */
record Way(List<Value> segments) {

    Way {
        segments = List.copyOf(segments);
    }

    static Way realm(String realm) {
        return new Way(List.of(Value.text(realm)));
    }

    Way then(String... more) {
        List<Value> longer = new ArrayList<>(segments);
        for (String segment : more) {
            longer.add(Value.text(segment));
        }
        return new Way(longer);
    }

    /** On through the id of a resource. */
    Way id(Address address) {
        List<Value> longer = new ArrayList<>(segments);
        longer.add(idOf(address));
        return new Way(longer);
    }

    /** A hole for the id of a resource, in a path or a body. */
    static Value idOf(Address address) {
        return new Value.Unknown(address, Value.Unknown.ID);
    }
}
