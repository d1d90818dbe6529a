package dev.realmform.osmo;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A team: a group whose members may use some pools.
 *
 * @param part  where it is declared
 * @param group path of its group
 * @param roles what the group gives, on each client that has the role
 */
record Team(Part part, String group, List<Part> roles) {

    private static final String WORDS = "[a-z0-9]+(-[a-z0-9]+)*";

    /** Whoever is in one of these may do more than use pools. */
    private static final Set<String> POWERFUL = Set.of(Roles.ADMIN, Roles.BACKEND_OPERATOR);

    /** Reads a team; what is wrong with it is told. */
    static Team of(Part part, Complaints complaints) {
        String parent = part.get("parent").map(written -> parent(written, complaints)).orElse("");
        String called = part.get("group").map(Part::text).orElse("OSMO " + part.name());
        Team team = new Team(part, GroupNames.inside(parent, called), roles(part, complaints));
        team.check(complaints);
        return team;
    }

    private static String parent(Part written, Complaints complaints) {
        Optional<String> path = GroupNames.path(written.text());
        if (path.isEmpty()) {
            complaints.add(written, "the parent \"" + written.text() + "\" is no path of a group",
                    "Write the name of a group at the top, or a path such as /Research/Robotics.");
        }
        POWERFUL.stream()
                .filter(powerful -> path.filter(it -> GroupNames.isInside(it, powerful)).isPresent())
                .forEach(powerful -> complaints.add(written,
                        "inside " + powerful + " all members of the team would have the roles of that group",
                        "Name another parent; who is meant to have them stands under osmo."
                                + (powerful.equals(Roles.ADMIN) ? "admins." : "backends.")));
        return path.orElse("");
    }

    private static List<Part> roles(Part part, Complaints complaints) {
        String name = part.name();
        Optional<Part> written = part.get("roles");
        if (written.isPresent()) {
            return written.get().items();
        }
        String role = "osmo-" + name;
        if (!name.matches(WORDS)) {
            complaints.add(part, "\"" + name + "\" cannot be a team: its role would be called \"" + role + "\"",
                    "Use words in lower case with hyphens, such as ml-team. How the group is called, group says.");
        } else if (Roles.OF_OSMO.contains(role)) {
            complaints.add(part, "a team cannot be called " + name + ": " + role + " is a role of OSMO's own",
                    "Give it another name. If its members are meant to have that role, write roles: [" + role + "].");
        }
        return List.of(part.saying(role));
    }

    String name() {
        return part.name();
    }

    private void check(Complaints complaints) {
        if (Roles.GROUPS.containsKey(group)) {
            complaints.add(part, "the team " + name() + " has the group " + group + ", which OSMO has already",
                    "Give it another group.");
        }
        if (part.get("members").isPresent() && part.get("claim").isPresent()) {
            complaints.add(part.get("members").orElse(part),
                    "the team " + name() + " has members, and a claim that decides on them",
                    "Keep one: at each login the claim takes out whom it does not speak for.");
        }
        part.get("claim").ifPresent(claim -> checkClaim(claim, complaints));
    }

    /** A mapper without a claim would take everybody. */
    private void checkClaim(Part claim, Complaints complaints) {
        if (claim.fields().isEmpty()) {
            complaints.add(claim, "the claim of the team " + name() + " names no identity provider",
                    "Write its alias, and below it what it has to say: {entra: {groups: gpu}}.");
        }
        claim.fields()
                .stream()
                .filter(provider -> provider.fields().isEmpty())
                .forEach(provider -> complaints.add(provider, "this asks nothing: everybody would be in " + name(),
                        "Write a claim and its value: {groups: gpu}."));
    }

    /** Whether the members are none of our business: a claim decides, or somebody else. */
    boolean isLeftToOthers() {
        return part.get("claim").isPresent()
                || part.get("members").filter(members -> members.text().equals(Members.UNMANAGED)).isPresent();
    }

    void draw(Sheet sheet) {
        for (String path : GroupNames.downTo(group)) {
            sheet.at(part.source(), "groups", path);
        }
        Sheet drawn = sheet.at(part.source(), "groups", group);
        Optional<Part> description = part.get("description");
        description.ifPresent(text -> drawn.put("description", text.text()));
        for (Part role : roles) {
            for (String client : Roles.clients(role.text())) {
                Sheet standing = sheet.at(role.source(), "roles", "client", client, role.text());
                if (!Roles.STANDARD.getOrDefault(client, Map.of()).containsKey(role.text())) {
                    description.ifPresent(text -> standing.put("description", text.text()));
                }
                drawn.at(part.source(), "clientRoles").add(role.source(), client, role.text());
            }
        }
        if (isLeftToOthers()) {
            drawn.put(Members.KEY, Members.UNMANAGED);
            Roles.GROUPS.getOrDefault(Roles.USER, Map.of())
                    .forEach((client, more) -> more
                            .forEach(role -> drawn.at(part.source(), "clientRoles").add(part.source(), client, role)));
        }
    }
}
