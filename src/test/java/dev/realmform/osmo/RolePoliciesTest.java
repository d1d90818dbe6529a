package dev.realmform.osmo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realmform.json.Json;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Value;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OSMO's own roles for the teams. */
class RolePoliciesTest {

    private static final String TEAMS = """
            osmo:
              domain: osmo.example.com
              teams:
                group1: {pools: [group1-h100-gpu, group1-a100]}
                ml: {description: Trains models, pools: [train], roles: [osmo-ml, osmo-shared]}
                lab: {pools: [lab-a], roles: [osmo-shared, osmo-admin]}
            """;

    @TempDir
    Path folder;

    private RolePolicies policies(String text, Layout layout) {
        return RolePolicies.of(new Installed(folder).by(text), layout);
    }

    private static List<String> pools(Value.MapOf role) {
        return role.list("policies")
                .stream()
                .flatMap(policy -> ((Value.MapOf) policy).texts("resources").stream())
                .filter(resource -> resource.startsWith("pool/"))
                .collect(Collectors.toList());
    }

    private Value.MapOf role(String name, String text, Layout layout) {
        return policies(text, layout).asList()
                .items()
                .stream()
                .map(role -> (Value.MapOf) role)
                .filter(role -> role.text("name").filter(name::equals).isPresent())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aRoleReachesThePoolsOfItsTeamsByNameAndIsKeptInStepWithKeycloak() {
        assertThat(role("osmo-group1", TEAMS, Layout.V6_2)).isEqualTo(Json
                .parse("""
                {"name": "osmo-group1", "description": "Pools of group1", "immutable": false, "sync_mode": "force",
                 "external_roles": ["osmo-group1"], "policies": [
                  {"effect": "Allow", "actions": ["workflow:*"], "resources": ["pool/group1-a100", "pool/group1-h100-gpu"]},
                  {"effect": "Allow", "actions": ["pool:List", "profile:Read", "profile:Update"], "resources": ["*"]}]}"""));
        assertThat(role("osmo-ml", TEAMS, Layout.V6_2).text("description")).contains("Trains models");
        assertThat(pools(role("osmo-shared", TEAMS, Layout.V6_2))).containsExactly("pool/lab-a", "pool/train");
    }

    @Test
    void rolesThatOsmoHasItselfAreNeverAmongThem() {
        assertThat(policies(TEAMS, Layout.V6_2).roles()).containsOnlyKeys("osmo-group1", "osmo-ml", "osmo-shared");
        RolePolicies own = policies(
                "osmo: {domain: o.test, teams: {t: {pools: [p], roles: [osmo-user, grafana-user]}}}",
                Layout.V6_2);
        assertThat(own.roles()).isEmpty();
        assertThat(own.remarks()).singleElement().asString().contains("The team t");
    }

    @Test
    void aPrefixIsUsedWhereNoPoolIsNamedAndOsmoUnderstandsIt() {
        String text = "osmo: {domain: o.test, teams: {team1: {}}}";

        assertThat(pools(role("osmo-team1", text, Layout.V6_3))).containsExactly("pool/team1-*");
        assertThat(pools(role("osmo-group1", TEAMS, Layout.V6_4))).hasSize(2).noneMatch(pool -> pool.contains("*"));
        assertThatThrownBy(() -> policies(text, Layout.V6_2)).isInstanceOfSatisfying(ProblemException.class,
                e -> assertThat(e.problems()).singleElement().satisfies(problem -> {
                    assertThat(problem.what()).contains("team1 names no pools");
                    assertThat(problem.where()).contains("osmo.yaml:1:").endsWith("osmo.teams.team1");
                    assertThat(problem.remedy()).contains("pool/team1-* means nothing");
                }));
    }

    @Test
    void asValuesTheyAreNotSynchronised() {
        Value.MapOf roles = policies(TEAMS, Layout.V6_3).asValues().map("services").map("configs").map("roles");

        assertThat(roles.fields()).containsOnlyKeys("osmo-group1", "osmo-ml", "osmo-shared");
        assertThat(roles.map("osmo-ml").fields()).containsOnlyKeys("description", "external_roles", "immutable",
                "policies");
    }

    private List<RolePolicies.Step> against(String live) {
        List<Value.MapOf> roles = ((Value.ListOf) Json.parse("[" + live + "]")).items()
                .stream()
                .map(role -> (Value.MapOf) role)
                .toList();
        return policies("osmo: {domain: o.test, teams: {a: {pools: [x, y]}}}", Layout.V6_2).against(roles);
    }

    private static final String LIVE = """
            {"name": "osmo-a", "description": "Pools of a", "immutable": false, "sync_mode": "force", "created_by": "x",
             "external_roles": ["osmo-a"], "policies": [
              {"actions": ["profile:Update", "pool:List", "profile:Read"], "resources": ["*"]},
              {"effect": "Allow", "actions": ["workflow:*"], "resources": ["pool/y", "pool/x"]}]}""";

    @Test
    void whatDiffersIsChangedAndNothingElse() {
        assertThat(against("")).containsOnlyOnce(new RolePolicies.Make("osmo-a",
                policies("osmo: {domain: o.test, teams: {a: {pools: [x, y]}}}", Layout.V6_2).roles()
                        .firstEntry()
                        .getValue()));
        assertThat(against(LIVE)).isEmpty();
        assertThat(against(LIVE + ", {\"name\": \"osmo-other\"}")).isEmpty();
        assertThat(against(LIVE.replace("\"sync_mode\": \"force\", ", ""))).singleElement()
                .isInstanceOf(RolePolicies.Change.class);
        assertThat(against(LIVE.replace("pool/y", "pool/z"))).singleElement().isInstanceOf(RolePolicies.Change.class);
        assertThat(against(LIVE.replace("\"effect\": \"Allow\"", "\"effect\": \"Deny\""))).hasSize(1);
        assertThat(against(LIVE.replace("[\"osmo-a\"]", "[]"))).hasSize(1);
    }

    @Test
    void anImmutableRoleIsLeftAlone() {
        String immutable = LIVE.replace("\"immutable\": false", "\"immutable\": true");

        assertThat(against(immutable)).isEmpty();
        assertThat(against(immutable.replace("pool/y", "pool/z"))).containsExactly(new RolePolicies.Refused("osmo-a"));
    }
}
