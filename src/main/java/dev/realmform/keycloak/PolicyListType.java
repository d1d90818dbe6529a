package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Origin;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Reference;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A member of one of the two lists of client policies: a profile, or a policy. */
interface PolicyListType extends KeycloakType {

    PolicyList list();

    @Override
    default Set<Reference> references(Resource desired) {
        Set<Reference> references = new HashSet<>(list().references(desired));
        references.add(KeycloakType.realm(desired));
        return references;
    }

    @Override
    default Value.MapOf tidy(Value.MapOf raw) {
        return list().tidy(raw);
    }

    @Override
    default Optional<String> collection() {
        return Optional.of(list().section());
    }

    @Override
    default void list(Reader reader, Wanted wanted, Found found) {
        list().read(this, reader, wanted, found);
    }

    /** It has no id. */
    @Override
    default Optional<String> find(Reader reader, Ids ids, Address address) {
        return Optional.empty();
    }

    @Override
    default List<Call> calls(Change change) {
        return list().calls(schema(), change);
    }

    @Override
    default List<Problem> review(Plan plan, Reader reader) {
        return list().review(name(), plan, reader);
    }

    @Override
    default List<String> place(Address address) {
        return List.of(list().section(), list().list(), address.name());
    }

    /** The global ones are the server's. */
    @Override
    default void paste(Resource live, Sheet document) {
        if (!isBuiltIn(live.address())) {
            KeycloakType.super.paste(live, document);
        }
    }

    @Override
    default Set<String> sections() {
        return Set.of(list().section());
    }

    @Override
    default void cut(String realm, Value.MapOf document, Origin origin, Pieces pieces) {
        list().cut(this, realm, document, origin, pieces);
    }
}
