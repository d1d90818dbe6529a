package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Path;
import dev.realmform.model.Reference;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The groups that a user or service account belongs to, by path. */
final class GroupPaths {

    static final String FIELD = "groups";

    private static final Path AT = Path.of(FIELD);

    private GroupPaths() {}

    static Set<Reference> references(String realm, Value.MapOf value) {
        Set<Reference> references = new HashSet<>();
        for (String path : RoleNames.asked(value.get(FIELD).orElse(Value.NULL))) {
            references.add(new Reference(GroupPath.address(realm, path), AT));
        }
        return references;
    }

    /** The calls that join what is missing, and then leave what is too much. */
    static List<Call> calls(Way user, String realm, Value.MapOf before, Value.MapOf after) {
        List<Call> calls = new ArrayList<>();
        Sets groups = Sets.between(before, after, Path.of(FIELD));
        groups.added()
                .forEach(
                        path -> calls.add(Call.put(user.then(FIELD).id(GroupPath.address(realm, path)))));
        groups.removed()
                .forEach(
                        path -> calls.add(Call.delete(user.then(FIELD).id(GroupPath.address(realm, path)))));
        return calls;
    }

    /** A live user with its groups, by the names that they have in the file. */
    static Value.MapOf with(Value.MapOf user, Joined joined, Renames renames) {
        List<String> paths = new ArrayList<>();
        for (Address group : joined.groups(user)) {
            paths.add(GroupPath.text(renames.now(group)));
        }
        return user.with(FIELD, Value.texts(paths));
    }
}
