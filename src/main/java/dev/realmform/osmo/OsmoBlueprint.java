package dev.realmform.osmo;

import dev.realmform.config.Blueprint;
import dev.realmform.model.Origin;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The section {@code osmo}: a host, teams and people, and what OSMO needs of Keycloak for them. */
public final class OsmoBlueprint implements Blueprint {

    static final String SECTION = "osmo";

    @Override
    public String section() {
        return SECTION;
    }

    @Override
    public String realm() {
        return "osmo";
    }

    @Override
    public Drawing draw(Value.MapOf section, Origin origin, Function<String, Optional<String>> providers) {
        Part osmo = new Part(SECTION, section, origin, SECTION);
        Complaints complaints = new Complaints();
        Sheet sheet = new Sheet(osmo.source());
        Optional<Part> domain = osmo.get("domain");
        domain.ifPresentOrElse(host -> new Site(osmo, host, isWildcard(osmo)).draw(sheet),
                () -> complaints.add(osmo, "osmo lacks domain", "Write domain: and the host of OSMO."));
        people(osmo, sheet);
        List<Team> teams = teams(osmo, complaints);
        teams.forEach(team -> draw(team, new Claims(providers), sheet));
        return new Drawing(sheet.value(), sheet.origin(), server(osmo), realm -> Pools.of(realm, teams),
                complaints.problems());
    }

    private static boolean isWildcard(Part osmo) {
        return osmo.get("redirects").filter(way -> way.text().equals("wildcard")).isPresent();
    }

    private static Optional<Address> server(Part osmo) {
        Optional<Address> host = osmo.get("host").map(named -> new Address("https://" + named.text(), named.origin()));
        return host.or(() -> osmo.get("domain")
                .map(domain -> new Address("https://auth-" + domain.text(), domain.origin())));
    }

    private static void people(Part osmo, Sheet sheet) {
        osmo.get("people").ifPresent(people -> create(people, sheet));
        osmo.get("admins").ifPresent(admins -> Members.draw(group(sheet, admins, Roles.ADMIN), admins));
        osmo.get("backends")
                .ifPresent(backends -> Members.draw(group(sheet, backends, Roles.BACKEND_OPERATOR), backends));
        osmo.get("users")
                .ifPresent(users -> users.items()
                        .forEach(user -> Members.add(group(sheet, user, Roles.USER), user)));
    }

    /** Whoever sets a password by the mail goes on to OSMO itself: its client has that address. */
    private static void create(Part people, Sheet sheet) {
        Optional<Part> mail = people.get("invite");
        for (Part person : people.get("create").map(Part::items).orElse(List.of())) {
            Sheet user = sheet.at(person.source(), "users", Members.user(person)).put("enabled", true);
            mail.ifPresent(invite -> user.at(invite.source(), "$invite").put("client", Roles.BROWSER));
        }
    }

    private static Sheet group(Sheet sheet, Part asking, String path) {
        return sheet.at(asking.source(), "groups", path);
    }

    private static List<Team> teams(Part osmo, Complaints complaints) {
        List<Team> teams = new ArrayList<>();
        Map<String, Team> byGroup = new HashMap<>();
        for (Part part : osmo.get("teams").map(Part::fields).orElse(List.of())) {
            Team team = Team.of(part, complaints);
            Team other = byGroup.putIfAbsent(team.group(), team);
            if (other != null) {
                complaints.add(part, "the teams " + other.name() + " and " + team.name() + " have one group: "
                        + team.group(), "Give each its own, or put both together.");
            }
            teams.add(team);
        }
        return teams;
    }

    /** A role for a pool alone lets nobody list pools or keep credentials: who is in a team is a user too. */
    private static void draw(Team team, Claims claims, Sheet sheet) {
        team.draw(sheet);
        team.part().get("claim").ifPresent(claim -> claims.draw(team, claim, sheet));
        team.part().get("members").filter(members -> !team.isLeftToOthers()).ifPresent(members -> {
            Members.draw(group(sheet, members, team.group()), members);
            Members.named(members).forEach(member -> Members.add(group(sheet, member, Roles.USER), member));
        });
    }
}
