package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Reference;
import dev.realmform.model.Resource;
import java.util.Optional;
import java.util.Set;

/** What lies in the authorization services of a client. */
interface AuthorizationPart extends KeycloakType {

    @Override
    default Optional<Address> container(Address address) {
        return Optional.of(ResourceServer.client(address));
    }

    @Override
    default Set<Reference> references(Resource desired) {
        return ResourceServer.references(desired.address());
    }

    @Override
    default boolean awaits(Address resource, Address needed) {
        return ResourceServer.awaits(resource, needed);
    }

    @Override
    default Set<String> sections() {
        return Set.of();
    }

    /** One of many of a client, each with a name: a scope, a resource, a policy. */
    interface Named extends AuthorizationPart {

        /** What the server calls all of them. */
        String members();

        /** The field that holds the id. */
        default String idField() {
            return "id";
        }

        @Override
        default boolean isUsed(Wanted wanted) {
            return ResourceServer.isUsed(this, wanted);
        }

        @Override
        default Optional<String> find(Reader reader, Ids ids, Address address) {
            return ResourceServer.named(reader, ids, address, members())
                    .stream()
                    .findFirst()
                    .flatMap(member -> member.text(idField()));
        }

        @Override
        default boolean isBuiltIn(Address address) {
            return AdminPermissions.isBuiltIn(address);
        }

        @Override
        default boolean comes(Address address, Wanted wanted) {
            return isBuiltIn(address);
        }
    }
}
