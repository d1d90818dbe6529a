package dev.realmform.osmo;

import dev.realmform.config.Blueprint;
import dev.realmform.model.Address;
import dev.realmform.model.Entitlement;
import dev.realmform.model.Proof.Check;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One installation of OSMO, as the section says it: what has to be true of its realm for its people to work. */
public final class Requirements {

    private final String realm;
    private final Part section;
    private final SequencedMap<Address, Team> teams = new LinkedHashMap<>();

    private Requirements(String realm, Part section) {
        this.realm = realm;
        this.section = section;
        Complaints told = new Complaints();
        for (Part part : section.get("teams").map(Part::fields).orElse(List.of())) {
            Team team = Team.of(part, told);
            teams.put(group(team.group()), team);
        }
    }

    /** By a section that a realm was drawn from without a complaint. */
    public static Requirements of(String realm, Blueprint.Section section) {
        return new Requirements(realm,
                new Part(OsmoBlueprint.SECTION, section.value(), section.origin(), OsmoBlueprint.SECTION));
    }

    private Address group(String path) {
        List<String> key = new ArrayList<>(List.of(realm));
        key.addAll(GroupNames.names(path));
        return new Address("group", key);
    }

    public String realm() {
        return realm;
    }

    /** Both clients, the web UI's first. */
    public static List<String> clients() {
        return Roles.CLIENTS;
    }

    /** Who has to issue the realm's tokens, by the section. */
    public String issuer() {
        String host = section.get("host")
                .map(Part::text)
                .orElseGet(() -> "auth-" + section.get("domain").map(Part::text).orElse(""));
        return Endpoints.at(host, realm).issuer();
    }

    /** The part of the section that the issuer follows from, and where it stands. */
    String issuerSource() {
        Part part = section.get("host").or(() -> section.get("domain")).orElse(section);
        return part.path() + ", " + part.source();
    }

    /** Which OSMO; empty if the section does not say. */
    public Optional<String> layout() {
        return section.get("layout").map(Part::text);
    }

    /** What a group is called: by its team, or by the part of the section that names its members. */
    public String label(Address group) {
        Team team = teams.get(group);
        if (team != null) {
            return "team " + team.name();
        }
        Map<Address, String> special = Map.of(group(Roles.ADMIN), "admins", group(Roles.USER), "users",
                group(Roles.BACKEND_OPERATOR), "backends");
        return special.getOrDefault(group,
                "group " + group.key().stream().skip(1).collect(Collectors.joining("/", "/", "")));
    }

    /**
     * What members are to have: by the files, and by teams, whose roles count on both clients whatever an ordinary section
     * says. Teams come first.
     */
    public List<Entitlement> entitlements(List<Entitlement> declared) {
        Map<Address, Entitlement> others = new HashMap<>();
        declared.forEach(one -> others.put(one.group(), one));
        List<Entitlement> all = new ArrayList<>();
        teams.forEach((group, team) -> {
            Entitlement said = others.remove(group);
            all.add((said == null
                    ? new Entitlement(group, members(team), new TreeSet<>(), team.part().source())
                    : said).and(roles(team)));
        });
        declared.stream().filter(one -> others.containsKey(one.group())).forEach(all::add);
        return all;
    }

    private SortedSet<Address> members(Team team) {
        SortedSet<Address> users = new TreeSet<>();
        team.part()
                .get("members")
                .ifPresent(members -> Members.named(members)
                        .forEach(user -> users.add(Address.of("user", realm, Members.user(user)))));
        return users;
    }

    private SortedSet<Address> roles(Team team) {
        SortedSet<Address> roles = new TreeSet<>();
        team.roles()
                .forEach(role -> Roles.clients(role.text())
                        .forEach(client -> roles.add(Address.of("client-role", realm, client, role.text()))));
        return roles;
    }

    /** Teams of whose members the file says nothing. */
    public List<Check> leftToOthers() {
        List<Check> notes = new ArrayList<>();
        for (Team team : teams.values()) {
            Optional<Part> claim = team.part().get("claim");
            String providers = claim.map(Part::fields)
                    .orElse(List.of())
                    .stream()
                    .map(Part::name)
                    .collect(Collectors.joining(", "));
            claim.ifPresent(decides -> notes.add(Check.note("team " + team.name(),
                    "who is in it, " + providers + " says at each login")));
            if (claim.isEmpty() && (team.isLeftToOthers() || team.part().get("members").isEmpty())) {
                notes.add(Check.note("team " + team.name(), "the file does not say who is in it"));
            }
        }
        return notes;
    }

    /** The pools of the teams whose roles somebody has. */
    SortedSet<String> pools(List<String> roles) {
        SortedSet<String> pools = new TreeSet<>();
        teams.values()
                .stream()
                .filter(team -> team.roles().stream().anyMatch(role -> roles.contains(role.text())))
                .forEach(team -> team.part()
                        .get("pools")
                        .ifPresent(named -> named.items().forEach(pool -> pools.add(pool.text()))));
        return pools;
    }
}
