package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Origin;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Value;
import dev.realmform.provider.Overlay;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The role that every new user gets, which a realm document may describe in three places: among its realm roles, in
 * {@code defaultRole} as exports do, and by {@code defaultRoles}, its realm roles alone, as exports before version 13 did. The
 * server itself looks at neither of the latter two in a PUT (measured on 26.7.3): they are this role's fields.
 */
final class DefaultRole {

    static final String ROLE = "defaultRole";
    static final String ROLES = "defaultRoles";

    /** The realm roles that every user of a new realm has by it (26.7.3). */
    private static final List<String> GIVEN = List.of("offline_access", "uma_authorization");

    private final Value.MapOf document;
    private final Origin origin;
    private final Pieces pieces;

    DefaultRole(Value.MapOf document, Origin origin, Pieces pieces) {
        this.document = document;
        this.origin = origin;
        this.pieces = pieces;
    }

    /** Realm roles with what is said of the default role elsewhere. */
    List<Pieces.Member> in(String realm, List<Pieces.Member> roles) {
        if (!document.has(ROLE) && !document.has(ROLES)) {
            return roles;
        }
        String name = document.map(ROLE)
                .text("name")
                .orElse(name(realm));
        List<Pieces.Member> all = new ArrayList<>(roles);
        Pieces.Member role = all.stream()
                .filter(member -> member.name().equals(name))
                .findFirst()
                .orElse(new Pieces.Member(name, Value.EMPTY_MAP, origin.at(document.has(ROLE) ? ROLE : ROLES)));
        all.removeIf(member -> member.name().equals(name));
        role = joined(role, document.map(ROLE).without("name"), origin.at(ROLE), Path.ROOT);
        if (document.has(ROLES)) {
            Value.MapOf composites = Value.EMPTY_MAP.with("realm", document.get(ROLES).orElse(Value.NULL));
            Origin below = new Origin(origin.at(ROLES).source(), Map.of("realm", origin.at(ROLES)));
            role = joined(role, Value.EMPTY_MAP.with("composites", composites),
                    new Origin(below.source(), Map.of("composites", below)), Path.ROOT);
        }
        all.add(role);
        return all;
    }

    static boolean is(Address role) {
        return role.name().equals(name(role.root()));
    }

    static String name(String realm) {
        return "default-roles-" + realm.toLowerCase(Locale.ROOT);
    }

    /** A whole list takes away what Keycloak gives; that the role of a new realm had it, nothing else shows. */
    static List<Plan.Notice> notices(Plan plan) {
        List<Plan.Notice> notices = new ArrayList<>();
        for (Change change : plan.changes()) {
            if (change instanceof Change.Create create && change.address().type().equals(RealmRoleType.NAME)
                    && is(change.address()) && create.desired()
                            .value()
                            .map("composites")
                            .get("realm")
                            .orElse(Value.NULL) instanceof Value.ListOf list) {
                List<String> taken = GIVEN.stream().filter(role -> !list.items().contains(Value.text(role))).toList();
                if (!taken.isEmpty()) {
                    notices.add(new Plan.Notice.Warning(Optional.of(change.address()), "takes "
                            + String.join(", ", taken)
                            + " from everybody, which Keycloak gives: the list is whole. To add to what it gives, write {$add: […]}"));
                }
            }
        }
        return notices;
    }

    private Pieces.Member joined(Pieces.Member role, Value.MapOf more, Origin moreOrigin, Path at) {
        Value.MapOf joined = role.body() instanceof Value.MapOf map ? map : Value.EMPTY_MAP;
        Map<String, Origin> below = new HashMap<>(role.origin().below());
        for (Map.Entry<String, Value> field : more.fields().entrySet()) {
            String name = field.getKey();
            Value after = field.getValue();
            Value before = joined.get(name).orElse(after);
            if (isObject(before) && isObject(after) && !before.equals(after)) {
                Pieces.Member inside = joined(new Pieces.Member(role.name(), before, role.origin().at(name)),
                        (Value.MapOf) after, moreOrigin.at(name), at.then(name));
                joined = joined.with(name, inside.body());
                below.put(name, inside.origin());
            } else if (!inOrder(before).equals(inOrder(after))) {
                pieces.problem(at.then(name) + " of the default role is declared twice, and not alike",
                        moreOrigin.at(name), "It stands at " + role.origin().at(name).source().exact()
                                + " already. Keep one of the two.");
            } else if (!joined.has(name)) {
                joined = joined.with(name, after);
                below.put(name, moreOrigin.at(name));
            }
        }
        return new Pieces.Member(role.name(), joined, new Origin(role.origin().source(), below));
    }

    private static boolean isObject(Value value) {
        return value instanceof Value.MapOf && !Overlay.isPartial(value);
    }

    /** Lists of names have no order. */
    private static Value inOrder(Value value) {
        return TextSet.each(value, name -> name);
    }
}
