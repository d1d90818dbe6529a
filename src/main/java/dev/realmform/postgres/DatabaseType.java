package dev.realmform.postgres;

import dev.realmform.model.Address;
import dev.realmform.model.Reference;
import dev.realmform.model.Resource;
import dev.realmform.provider.Field;
import dev.realmform.provider.ResourceType;
import dev.realmform.provider.Schema;
import java.util.Map;
import java.util.Set;

/** A database with the user whom it is for. It is never dropped: what is in it cannot be made again. */
final class DatabaseType implements ResourceType {

    private static final Schema SCHEMA = Schema.of(Map.of(
            "encoding", Field.any().immutable(),
            "rights", Field.set(),
            "password", Field.any().writeOnly(),
            "via", Field.object(Map.of("password", Field.any().secret(), "ca", Field.any().secret()))));

    @Override
    public String name() {
        return Address.DATABASE;
    }

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    /** Where its passwords come from, it has as values of the future. */
    @Override
    public Set<Reference> references(Resource desired) {
        return Set.of();
    }

    @Override
    public String insteadOfChanging() {
        return "Keycloak needs UTF8, and a database keeps its encoding: name another database, or make this one anew by"
                + " hand and move the data.";
    }
}
