package dev.realmform.osmo;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Who belongs to a group: all of it as a list, a part with {@code $add} and {@code $remove}, or nobody's business. */
final class Members {

    static final String KEY = "$members";
    static final String UNMANAGED = "unmanaged";

    private static final String ADD = "$add";
    private static final String REMOVE = "$remove";
    private static final String MAY_WAIT = "$membersMayWait";

    private Members() {}

    /** A user name as Keycloak keeps it. */
    static String user(Part member) {
        return member.text().toLowerCase(Locale.ROOT);
    }

    /** Those whom a list names, or whom a part of one adds. */
    static List<Part> named(Part members) {
        if (members.text().equals(UNMANAGED)) {
            return List.of();
        }
        boolean inPart = members.get(ADD).isPresent() || members.get(REMOVE).isPresent();
        return inPart ? members.get(ADD).map(Part::items).orElse(List.of()) : members.items();
    }

    /** Says who belongs to a group; whoever is not in the realm yet is waited for. */
    static void draw(Sheet group, Part members) {
        Optional<Part> removed = members.get(REMOVE);
        if (members.text().equals(UNMANAGED)) {
            group.put(KEY, UNMANAGED);
            return;
        }
        if (members.get(ADD).isEmpty() && removed.isEmpty()) {
            group.set(KEY);
            members.items().forEach(member -> group.add(member.source(), KEY, user(member)));
        } else {
            removed.ifPresent(out -> out.items()
                    .forEach(member -> group.at(members.source(), KEY).add(member.source(), REMOVE, user(member))));
            named(members).forEach(member -> add(group, member));
        }
        group.put(MAY_WAIT, true);
    }

    /** One more who belongs to a group, whoever else does. */
    static void add(Sheet group, Part member) {
        group.at(member.source(), KEY).add(member.source(), ADD, user(member));
        group.put(MAY_WAIT, true);
    }
}
