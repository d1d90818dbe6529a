package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Origin;
import dev.realmform.model.Path;
import dev.realmform.model.Source;
import dev.realmform.model.Value;
import dev.realmform.provider.Overlay;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who belongs to which group can be said from both ends: by {@code $members} of the group and by {@code groups} of the user.
 * Both may, if they say the same.
 */
record Memberships(List<Statement> byUsers) {

    /**
     * What one end says about the other: these belong together, these do not, and of the rest nothing, or that they do not
     * either if the list is whole.
     */
    private record Statement(Address who, Set<String> yes, Set<String> no, boolean whole, Source source) {

        static Optional<Statement> of(Address who, Value set, Source source) {
            if (!(set instanceof Value.ListOf) && !Overlay.isPartial(set)) {
                return Optional.empty();
            }
            List<String> no = set instanceof Value.MapOf partial ? partial.texts(Overlay.REMOVE) : List.of();
            return Optional.of(new Statement(who, new HashSet<>(RoleNames.asked(set)), new HashSet<>(no),
                    set instanceof Value.ListOf, source));
        }

        boolean denies(String other) {
            return no.contains(other) || (whole && !yes.contains(other));
        }
    }

    /** What the users of a document say. */
    static Memberships of(String realm, Value.MapOf document, Origin origin) {
        List<Statement> statements = new ArrayList<>();
        for (Pieces.Member user : new Pieces().members(document, origin, "users", "username")) {
            if (user.body() instanceof Value.MapOf body && !body.has(ServiceAccountType.CLIENT_ID)) {
                Value groups = TextSet.each(body.get(GroupPaths.FIELD).orElse(Value.NULL), GroupPath::canonical);
                Statement.of(UserType.address(realm, user.name()), groups,
                        user.origin().at(Path.of(GroupPaths.FIELD))).ifPresent(statements::add);
            }
        }
        return new Memberships(statements);
    }

    /** Compares with what a group says about its members. */
    void check(Address group, Value members, Origin origin, Pieces pieces) {
        Optional<Statement> stated = Statement.of(group, members, origin.source());
        if (stated.isEmpty()) {
            return;
        }
        String path = GroupPath.text(group);
        for (Statement user : byUsers) {
            String name = user.who().name();
            String said = "";
            if (stated.get().yes().contains(name) && user.denies(path)) {
                said = "$members of " + path + " names " + name + ", whose own groups do not hold " + path;
            } else if (stated.get().denies(name) && user.yes().contains(path)) {
                said = "the groups of " + name + " hold " + path + ", whose $members do not name " + name;
            }
            if (!said.isEmpty()) {
                pieces.problem(said + " (" + user.source().exact() + ")", origin,
                        "Say it in one place: take groups from the user, or $members from the group.");
            }
        }
    }
}
