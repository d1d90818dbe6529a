package dev.realmform.keycloak;

import dev.realmform.model.Path;
import dev.realmform.model.Reference;
import dev.realmform.model.Resource;
import dev.realmform.provider.Schema;
import java.util.HashSet;
import java.util.Set;

/** A role, of the realm or of a client: what is the same of both. */
interface RoleType extends KeycloakType {

    @Override
    default Schema schema() {
        return RoleBodies.SCHEMA;
    }

    @Override
    default Set<Reference> references(Resource desired) {
        Set<Reference> references = new HashSet<>(RoleBodies.references(desired));
        references.add(KeycloakType.realm(desired));
        container(desired.address()).ifPresent(holder -> references.add(new Reference(holder, Path.ROOT)));
        return references;
    }

    @Override
    default String insteadOfDeleting() {
        return "To take it from somebody, take it out of their roles, groups and composites.";
    }

    @Override
    default int bundleLimit() {
        return RoleImport.MOST;
    }
}
