package dev.realmform.osmo;

import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The roles of OSMO itself that stand behind the teams' roles in Keycloak: from 6.2 on their policies alone say which pools a
 * role reaches, whatever it is called.
 *
 * @param roles  as OSMO's {@code config} takes them, by name
 * @param remarks what the reader should know
 */
public record RolePolicies(SortedMap<String, Value.MapOf> roles, List<String> remarks) {

    private static final String POOLS = "pools";

    public RolePolicies {
        roles = Collections.unmodifiableSortedMap(new TreeMap<>(roles));
        remarks = List.copyOf(remarks);
    }

    /** What a role of a team reaches. */
    private record Reach(SortedSet<String> resources, SortedSet<String> teams, List<String> descriptions) {
        Reach() {
            this(new TreeSet<>(), new TreeSet<>(), new ArrayList<>());
        }
    }

    /**
     * Works them out.
     *
     * @throws ProblemException if a team names no pools and the layout knows no prefixes
     */
    public static RolePolicies of(Installation osmo, Layout layout) {
        SortedMap<String, Reach> reaches = new TreeMap<>();
        List<String> remarks = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        Complaints ignored = new Complaints();
        for (Part part : osmo.teams()) {
            Team team = Team.of(part, ignored);
            List<Part> own = team.roles().stream().filter(role -> !isOfOsmo(role.text())).toList();
            if (own.isEmpty()) {
                remarks.add("The team " + team.name() + " has roles of OSMO alone, which are left as they are: "
                        + "its pools come from them, not from here.");
                continue;
            }
            SortedSet<String> resources = resources(part, layout, problems);
            for (Part role : own) {
                Reach reach = reaches.computeIfAbsent(role.text(), name -> new Reach());
                reach.resources().addAll(resources);
                reach.teams().add(team.name());
                part.get("description").map(Part::text).ifPresent(reach.descriptions()::add);
            }
        }
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        SortedMap<String, Value.MapOf> roles = new TreeMap<>();
        reaches.forEach((name, reach) -> roles.put(name, role(name, reach)));
        return new RolePolicies(roles, remarks);
    }

    /** Whether OSMO, or its dashboards, have the role already. */
    static boolean isOfOsmo(String role) {
        return Roles.OF_OSMO.contains(role)
                || Roles.STANDARD.values().stream().anyMatch(roles -> roles.containsKey(role));
    }

    private static SortedSet<String> resources(Part team, Layout layout, List<Problem> problems) {
        SortedSet<String> resources = new TreeSet<>();
        team.get(POOLS).ifPresent(pools -> pools.items().forEach(pool -> resources.add("pool/" + pool.text())));
        if (resources.isEmpty() && layout.hasGateway()) {
            // With the hyphen: team1* would reach team10's pools too.
            resources.add("pool/" + team.name() + "-*");
        } else if (resources.isEmpty()) {
            problems.add(Problem.invalid("the team " + team.name() + " names no pools, so its role would reach none",
                    team.where(), "Name them: pools: [" + team.name() + "-h100]. OSMO " + layout
                            + " matches pools by their whole name; pool/" + team.name() + "-* means nothing to it."));
        }
        return resources;
    }

    private static Value.MapOf role(String name, Reach reach) {
        String description = reach.descriptions().isEmpty()
                ? "Pools of " + String.join(", ", reach.teams())
                : String.join("; ", reach.descriptions());
        return Value.EMPTY_MAP.with("name", Value.text(name))
                .with("description", Value.text(description))
                .with("policies", new Value.ListOf(List.of(
                        policy(List.of("workflow:*"), reach.resources()),
                        policy(List.of("pool:List", "profile:Read", "profile:Update"), List.of("*")))))
                .with("immutable", Value.bool(false))
                .with("sync_mode", Value.text("force"))
                .with("external_roles", Value.texts(List.of(name)));
    }

    private static Value policy(Iterable<String> actions, Iterable<String> resources) {
        return new Value.MapOf(Map.of("effect", Value.text("Allow"), "actions", Value.texts(actions), "resources",
                Value.texts(resources)));
    }

    /** As {@code osmo config update ROLE --file} takes them. */
    public Value.ListOf asList() {
        return new Value.ListOf(List.copyOf(roles.values()));
    }

    /**
     * As values of the chart, for an OSMO that takes its configuration from there ({@code services.configs.enabled}, from 6.3
     * on). Roles are those of the token then; nothing is synchronised.
     */
    public Value.MapOf asValues() {
        Value.MapOf byName = Value.EMPTY_MAP;
        for (Map.Entry<String, Value.MapOf> role : roles.entrySet()) {
            byName = byName.with(role.getKey(), role.getValue().without("name", "sync_mode"));
        }
        return Value.EMPTY_MAP.with("services", Value.EMPTY_MAP.with("configs", Value.EMPTY_MAP.with("roles", byName)));
    }

    /** What a role needs. */
    public sealed interface Step {

        String role();
    }

    /** It is not there. */
    public record Make(String role, Value.MapOf wanted) implements Step {}

    /** It is there and otherwise; both as far as we say something. */
    public record Change(String role, Value.MapOf live, Value.MapOf wanted) implements Step {}

    /** OSMO lets nobody change it. */
    public record Refused(String role) implements Step {}

    /** What has to be done to the roles that an OSMO has; nothing for those that are right. */
    public List<Step> against(List<Value.MapOf> live) {
        Map<String, Value.MapOf> byName = new TreeMap<>();
        live.forEach(role -> role.text("name").ifPresent(name -> byName.put(name, role)));
        List<Step> steps = new ArrayList<>();
        roles.forEach(
                (name, wanted) -> step(name, wanted, Optional.ofNullable(byName.get(name))).ifPresent(steps::add));
        return steps;
    }

    private static Optional<Step> step(String name, Value.MapOf wanted, Optional<Value.MapOf> live) {
        if (live.isEmpty()) {
            return Optional.of(new Make(name, wanted));
        }
        Value.MapOf said = canonical(wanted);
        Value.MapOf there = canonical(live.get());
        if (said.equals(there)) {
            return Optional.empty();
        }
        return Optional.of(live.get().isTrue("immutable") ? new Refused(name) : new Change(name, there, said));
    }

    /** As far as it means something: in which order actions stand, and what OSMO adds by itself, does not. */
    private static Value.MapOf canonical(Value.MapOf role) {
        List<Value> policies = role.list("policies")
                .stream()
                .filter(Value.MapOf.class::isInstance)
                .map(policy -> policy((Value.MapOf) policy))
                .sorted(Comparator.comparing(Value::toString))
                .toList();
        return Value.EMPTY_MAP.with("description", role.get("description").orElse(Value.text("")))
                .with("policies", new Value.ListOf(policies))
                .with("sync_mode", Value.text(role.text("sync_mode").orElse("import")))
                .with("external_roles", sorted(role, "external_roles"));
    }

    private static Value policy(Value.MapOf policy) {
        return new Value.MapOf(Map.of("effect", policy.get("effect").orElse(Value.text("Allow")), "actions",
                sorted(policy, "actions"), "resources", sorted(policy, "resources")));
    }

    private static Value sorted(Value.MapOf map, String field) {
        return new Value.ListOf(
                map.list(field).stream().sorted(Comparator.comparing(Value::toString)).distinct().toList());
    }
}
