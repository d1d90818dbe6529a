package dev.realmform.osmo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Address;
import dev.realmform.model.Path;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OsmoBlueprintTest {

    private static final String START = "osmo:\n  domain: osmo.example.com\n";

    private static final String TEAM = START + """
              teams:
                group1:
                  pools: [group1-h100]
                  members: [ada, Grace]
            """;

    @TempDir
    java.nio.file.Path folder;

    private Drawn drawn(String text) {
        return new Drawn(folder).with("osmo.yaml", text);
    }

    @Test
    void aTeamIsARoleOnBothClientsAndAGroupWithItsMembers() {
        Drawn drawn = drawn(TEAM);

        assertThat(drawn.load().resources()).containsKeys(
                Address.parse("client-role/osmo/osmo-browser-flow/osmo-group1"),
                Address.parse("client-role/osmo/osmo-device/osmo-group1"));
        Value.MapOf roles = drawn.resource("group/osmo/OSMO group1").value().map("clientRoles");
        assertThat(roles.texts("osmo-browser-flow")).containsExactly("osmo-group1");
        assertThat(roles.texts("osmo-device")).containsExactly("osmo-group1");
        assertThat(drawn.resource("group-members/osmo/OSMO group1").value().texts("members"))
                .containsExactly("ada", "grace");
    }

    @Test
    void whoIsInATeamIsAUserTooAndOtherUsersStay() {
        Value.MapOf members = drawn(
                TEAM + "    group2: {members: {$add: [ada, lin], $remove: [joan]}}\n  users: [edsger]\n")
                .resource("group-members/osmo/User")
                .value();

        assertThat(members.map("members").texts("$add")).containsExactly("ada", "edsger", "grace", "lin");
        assertThat(members.map("members").has("$remove")).isFalse();
    }

    @Test
    void theGroupsOfOsmoHaveTheRolesOfTheSampleRealm() {
        Drawn drawn = drawn(START);

        assertThat(roles(drawn, "Admin")).isEqualTo("osmo-browser-flow=[osmo-admin, osmo-user]"
                + " osmo-device=[osmo-admin, osmo-user]");
        assertThat(roles(drawn, "User"))
                .isEqualTo("osmo-browser-flow=[dashboard-user, grafana-user, osmo-user] osmo-device=[osmo-user]");
        assertThat(roles(drawn, "Backend Operator")).isEqualTo("osmo-device=[osmo-backend]");
        assertThat(drawn.load().resources().keySet()).extracting(Address::type).doesNotContain("group-members", "user");
    }

    private static String roles(Drawn drawn, String group) {
        Value.MapOf roles = drawn.resource("group/osmo/" + group).value().map("clientRoles");
        return roles.fields()
                .keySet()
                .stream()
                .map(client -> client + "=" + roles.texts(client))
                .collect(Collectors.joining(" "));
    }

    @Test
    void aRoleThatOsmoHasOnOneClientIsGivenOnThatOneAlone() {
        Drawn drawn = drawn(START + "  teams: {ops: {roles: [osmo-ops, grafana-admin, osmo-backend]}}\n");

        assertThat(roles(drawn, "OSMO ops")).isEqualTo("osmo-browser-flow=[grafana-admin, osmo-ops]"
                + " osmo-device=[osmo-backend, osmo-ops]");
        assertThat(drawn.load().resources())
                .doesNotContainKey(Address.parse("client-role/osmo/osmo-device/grafana-admin"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                                  | group/osmo/OSMO t         | group/osmo/OSMO t
            group: T                              | group/osmo/T              | group/osmo/T
            parent: Research                      | group/osmo/Research       | group/osmo/Research/OSMO t
            parent: /A/B, group: T                | group/osmo/A/B            | group/osmo/A/B/T
            group: Q/A                            | group/osmo/"Q/A"          | group/osmo/"Q/A"
            parent: R~/D                          | group/osmo/"R/D"          | group/osmo/"R/D"/OSMO t
            """)
    void theGroupOfATeamLiesWhereItIsSaid(@org.jspecify.annotations.Nullable String fields, String parent,
            String group) {
        assertThat(drawn(START + "  teams: {t: {" + (fields == null ? "" : fields) + "}}\n").load().resources())
                .containsKeys(Address.parse(parent), Address.parse(group));
    }

    @Test
    void aDescriptionIsThatOfGroupAndRoles() {
        Drawn drawn = drawn(START + "  teams: {t: {description: Trains, parent: R, roles: [osmo-t, osmo-user]}}\n");

        assertThat(drawn.resource("group/osmo/R/OSMO t").value().text("description")).contains("Trains");
        assertThat(drawn.resource("group/osmo/R").value().has("description")).isFalse();
        assertThat(drawn.resource("client-role/osmo/osmo-device/osmo-t").value().text("description"))
                .contains("Trains");
        assertThat(drawn.resource("client-role/osmo/osmo-browser-flow/osmo-user").value().text("description"))
                .contains("A regular user of osmo who can submit and query workflows");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {providerId: oidc}  | {groups: gpu}                 | oidc-advanced-group-idp-mapper | claims     | false | [{"key":"groups","value":"gpu"}]
            {providerId: saml}  | {groups: gpu}                 | saml-advanced-group-idp-mapper | attributes | false | [{"key":"groups","value":"gpu"}]
            {providerId: oidc}  | {groups: [a.b, c], site: x+y} | oidc-advanced-group-idp-mapper | claims     | true  | [{"key":"groups","value":"a\\\\.b~c"},{"key":"site","value":"x\\\\+y"}]
            """)
    void aClaimStandsInPlaceOfMembers(String provider, String claims, String type, String field, String pattern,
            String wanted) {
        Drawn drawn = drawn("identityProviders: {corp: " + provider + "}\n" + START
                + "  teams: {robots: {parent: R, claim: {corp: " + claims + "}}}\n");
        Value.MapOf mapper = drawn.resource("identity-provider-mapper/osmo/corp/OSMO robots").value();

        assertThat(mapper.text("identityProviderMapper")).contains(type);
        assertThat(mapper.map("config").text("syncMode")).contains("FORCE");
        assertThat(mapper.map("config").text("group")).contains("/R/OSMO robots");
        assertThat(mapper.map("config").text(field)).contains(wanted.replace('~', '|'));
        assertThat(mapper.map("config").text("are." + field.replaceFirst("s$", "") + ".values.regex"))
                .contains(pattern);
        assertThat(roles(drawn, "R/OSMO robots"))
                .isEqualTo("osmo-browser-flow=[dashboard-user, grafana-user, osmo-robots, osmo-user]"
                        + " osmo-device=[osmo-robots, osmo-user]");
        assertThat(drawn.load().resources())
                .doesNotContainKey(Address.parse("group-members/osmo/R/OSMO robots"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                 | https://osmo.example.com/oauth2/callback | https://osmo.example.com/*
              redirects: wildcard| https://osmo.example.com/*               | +
            """)
    void redirectsAreExactUnlessAWildcardIsAskedFor(@org.jspecify.annotations.Nullable String more, String redirect,
            String afterLogout) {
        Drawn drawn = drawn(START + (more == null ? "" : "  " + more + "\n"));
        Value.MapOf client = drawn.resource("client/osmo/osmo-browser-flow").value();

        assertThat(client.texts("redirectUris")).containsExactly(redirect);
        assertThat(client.map("attributes").text("post.logout.redirect.uris")).contains(afterLogout);
        assertThat(drawn.resource("client/osmo/osmo-device").value().texts("redirectUris"))
                .containsExactly(redirect);
    }

    @Test
    void theClaimOfEachClientHoldsItsOwnRoles() {
        for (String client : List.of("osmo-browser-flow", "osmo-device")) {
            assertThat(drawn(START).resource("client/osmo/" + client)
                    .value()
                    .at(
                            Path.of("protocolMappers", "Create \"roles\" claim", "config",
                                    "usermodel.clientRoleMapping.clientId")))
                    .contains(Value.text(client));
        }
    }

    @Test
    void eachResourceNamesThePartOfTheSectionThatItComesFrom() {
        Drawn drawn = drawn(TEAM + "  admins: [ada]\n  people: {create: [ada]}\n");

        assertThat(told(drawn, "realm/osmo")).isEqualTo("from osmo, osmo.yaml:1");
        assertThat(told(drawn, "client/osmo/osmo-device")).isEqualTo("from osmo.domain, osmo.yaml:2");
        assertThat(told(drawn, "group/osmo/OSMO group1")).isEqualTo("from osmo.teams.group1, osmo.yaml:4");
        assertThat(told(drawn, "client-role/osmo/osmo-device/osmo-group1"))
                .isEqualTo("from osmo.teams.group1, osmo.yaml:4");
        assertThat(told(drawn, "group-members/osmo/OSMO group1"))
                .isEqualTo("from osmo.teams.group1.members, osmo.yaml:6");
        assertThat(told(drawn, "group-members/osmo/Admin")).isEqualTo("from osmo.admins, osmo.yaml:7");
        assertThat(told(drawn, "user/osmo/ada")).isEqualTo("from osmo.people.create, osmo.yaml:8");
    }

    private String told(Drawn drawn, String address) {
        return drawn.resource(address).source().told().replace(folder + "/", "");
    }

    @Test
    void thoseWhomTheSectionMakesAreInvitedIfItSaysSoUnlessTheyAreTakenOut() {
        Drawn drawn = drawn(TEAM + """
                  people: {create: [Ada, grace, lin], invite: email}
                users: {grace: {$unset: [$invite]}, lin: {$invite: {lifespan: 3600}}}
                """);

        Resource ada = drawn.resource("invitation/osmo/ada");
        assertThat(ada.value().text("client")).contains("osmo-browser-flow");
        assertThat(ada.value().texts("after")).containsExactly("/OSMO group1", "/User");
        assertThat(told(drawn, "invitation/osmo/ada")).isEqualTo("from osmo.people.invite, osmo.yaml:7");
        assertThat(drawn.load().resources()).doesNotContainKey(Address.parse("invitation/osmo/grace"));
        Value.MapOf lin = drawn.resource("invitation/osmo/lin").value();
        assertThat(lin.get("lifespan")).contains(Value.num(3600));
        assertThat(lin.text("client")).contains("osmo-browser-flow");
    }

    @Test
    void anOrdinarySectionSaysOtherwiseFieldByField() {
        Drawn drawn = drawn(TEAM + """
                ssoSessionIdleTimeout: 3600
                clients:
                  osmo-browser-flow: {redirectUris: {$add: ["http://localhost:3000/oauth2/callback"]}}
                  osmo-device: {$unset: [webOrigins]}
                groups:
                  /OSMO group1: {$members: {$remove: [ada]}, attributes: {cost: ["42"]}}
                  /User: {$unset: true}
                """);

        Resource browser = drawn.resource("client/osmo/osmo-browser-flow");
        assertThat(browser.value().texts("redirectUris")).containsExactly("http://localhost:3000/oauth2/callback",
                "https://osmo.example.com/oauth2/callback");
        assertThat(browser.value().isTrue("standardFlowEnabled")).isTrue();
        assertThat(drawn.resource("client/osmo/osmo-device").value().has("webOrigins")).isFalse();
        assertThat(drawn.resource("group-members/osmo/OSMO group1").value().texts("members")).containsExactly("grace");
        assertThat(drawn.resource("group/osmo/OSMO group1").value().map("attributes").texts("cost"))
                .containsExactly("42");
        assertThat(drawn.load().resources()).doesNotContainKey(Address.parse("group/osmo/User"));
        Resource realm = drawn.resource("realm/osmo");
        assertThat(realm.value().get("ssoSessionIdleTimeout")).contains(Value.num(3600));
        assertThat(realm.origin().at(Path.of("ssoSessionIdleTimeout")).line()).isEqualTo(7);
        assertThat(realm.origin().at(Path.of("ssoSessionIdleTimeout")).from()).isEmpty();
        assertThat(told(drawn, "client/osmo/osmo-browser-flow")).isEqualTo("from osmo.domain, osmo.yaml:2");
    }

    @Test
    void layersOfTheSectionMerge() {
        Drawn drawn = drawn(TEAM).with("more.yaml", """
                osmo:
                  domain: osmo.test
                  teams: {group1: {members: {$add: [lin]}}, group2: {}}
                """);

        assertThat(drawn.resource("group-members/osmo/OSMO group1").value().texts("members"))
                .containsExactly("ada", "grace", "lin");
        assertThat(drawn.load().resources()).containsKey(Address.parse("group/osmo/OSMO group2"));
        assertThat(drawn.resource("client/osmo/osmo-device").value().text("rootUrl")).contains("https://osmo.test");
        assertThat(told(drawn, "client/osmo/osmo-device")).isEqualTo("from osmo.domain, more.yaml:2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            osmo: {domain: o.test}                      | osmo
            osmo: {domain: o.test, realm: gpu}          | gpu
            {realm: gpu, osmo: {domain: o.test}}        | gpu
            {realm: gpu, osmo: {domain: o.test, realm: gpu}} | gpu
            """)
    void theRealmIsTheOneThatIsNamed(String text, String realm) {
        assertThat(drawn(text).load().realms()).containsExactly(realm);
    }

    @Test
    void variablesMayStandInTheSection() {
        Drawn drawn = drawn("""
                realmform: {vars: {domain: example.com, team: {members: [ada]}}}
                osmo: {domain: "osmo.$(var:domain)", teams: {t: $(var:team)}}
                """);

        assertThat(drawn.resource("client/osmo/osmo-device").value().text("rootUrl"))
                .contains("https://osmo.example.com");
        assertThat(drawn.resource("group-members/osmo/OSMO t").value().texts("members")).containsExactly("ada");
    }

    @Test
    void aTextThatLooksLikeAReferenceStaysAText() {
        assertThat(drawn(START + "  teams: {t: {description: \"$$(var:x)\"}}\n").resource("group/osmo/OSMO t")
                .value()
                .text("description")).contains("$(var:x)");
    }

    @Test
    void theServerIsAtTheHostOfKeycloakIfNothingElseSaysIt() {
        assertThat(drawn(START).load().settings().server().url()).contains("https://auth-osmo.example.com");
        assertThat(new Drawn(folder).with("b.yaml", START + "  host: sso.test:8443\n").load().settings().server().url())
                .contains("https://sso.test:8443");
        assertThat(new Drawn(folder).with("c.yaml", "realmform: {server: {url: https://x.test}}\n" + START)
                .load()
                .settings()
                .server()
                .url()).contains("https://x.test");
    }

    @Test
    void onlyTheRootFileMaySayWhereTheServerIs() {
        assertThat(drawn(START).untrusted().load().settings().server().url()).isEmpty();
        assertThat(new Drawn(folder).with("root.yaml", "realm: osmo\n")
                .with("later.yaml", START)
                .load()
                .settings()
                .server()
                .url()).isEmpty();
        assertThat(new Drawn(folder).with("root.yaml", START)
                .with("later.yaml", "osmo: {host: evil.test}\n")
                .load()
                .settings()
                .server()
                .url()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                     | osmo lacks domain                                                       | 1:1  osmo                    | Write domain: and the host of OSMO.
            {domain: "https://o.test"}             | domain cannot be the text "https://o.test"                              | 1:16  osmo.domain            | Host of OSMO, in lower case and without https://, such as osmo.example.com.
            {domain: o.test, layout: 6.2}          | layout must be a text, but is the number 6.2                            | 1:32  osmo.layout            | Write it in quotes.
            {domain: o.test, layout: "5"}          | layout cannot be "5"                                                    | 1:32  osmo.layout            | It is one of 6.2, 6.3, 6.4.
            {domain: o.test, temas: {}}            | unknown key "temas"                                                     | 1:24  osmo.temas             | Similar: teams. Correct it, or remove it.
            {domain: o.test, teams: {t: {members: ada}}} | members cannot be the text "ada"                                    | 1:45  osmo.teams.t.members   | *
            {domain: o.test, teams: {t: {pools: [a b]}}} | a member of pools cannot be the text "a b"                         | 1:44  osmo.teams.t.pools[0]  | *
            {domain: o.test, teams: {t: {member: [ada]}}} | unknown key "member"                                              | 1:36  osmo.teams.t.member    | Similar: members. Correct it, or remove it.
            {domain: o.test, teams: {t: {roles: ["a,b"]}}} | a member of roles cannot be the text "a,b"                       | 1:44  osmo.teams.t.roles[0]  | *
            {domain: o.test, teams: {ML Team: {}}} | "ML Team" cannot be a team: its role would be called "osmo-ML Team"     | 1:32  osmo.teams."ML Team"   | Use words in lower case with hyphens, such as ml-team. How the group is called, group says.
            {domain: o.test, teams: {admin: {}}}   | a team cannot be called admin: osmo-admin is a role of OSMO's own       | 1:32  osmo.teams.admin       | Give it another name. If its members are meant to have that role, write roles: [osmo-admin].
            {domain: o.test, teams: {t: {group: User}}} | the team t has the group /User, which OSMO has already             | 1:32  osmo.teams.t           | Give it another group.
            {domain: o.test, teams: {t: {parent: A//B}}} | the parent "A//B" is no path of a group                           | 1:44  osmo.teams.t.parent    | Write the name of a group at the top, or a path such as /Research/Robotics.
            {domain: o.test, teams: {t: {parent: Admin}}} | inside /Admin all members of the team would have the roles of that group | 1:44  osmo.teams.t.parent | Name another parent; who is meant to have them stands under osmo.admins.
            {domain: o.test, teams: {a: {group: G}, b: {group: G}}} | the teams a and b have one group: /G                   | 1:47  osmo.teams.b           | Give each its own, or put both together.
            {domain: o.test, teams: {t: {members: [ada], claim: {e: {g: x}}}}} | the team t has members, and a claim that decides on them | 1:36  osmo.teams.t.members | Keep one: at each login the claim takes out whom it does not speak for.
            {domain: o.test, teams: {t: {claim: {}}}} | the claim of the team t names no identity provider                   | 1:36  osmo.teams.t.claim     | Write its alias, and below it what it has to say: {entra: {groups: gpu}}.
            {domain: o.test, teams: {t: {claim: {e: {}}}}} | this asks nothing: everybody would be in t                      | 1:44  osmo.teams.t.claim.e   | Write a claim and its value: {groups: gpu}.
            {domain: $(ref:client/osmo/web.name)}    | a value that is known only once something is applied cannot stand here | 1:16  osmo.domain           | Write the value.
            {domain: o.test, teams: {t: {description: $(secret:x)}}} | the secret "x" is not defined                         | 1:49  osmo.teams.t.description | *
            """)
    void whatIsWrongIsNamedWithItsPlaceAndARemedy(String section, String what, String where, String remedy) {
        List<String> problems = drawn("osmo: " + section + "\n").problems();

        assertThat(problems).as(String.join("\n", problems)).hasSize(1);
        String[] lines = problems.getFirst().split("\n", -1);
        assertThat(lines[0]).isEqualTo(what);
        assertThat(lines[1]).isEqualTo("osmo.yaml:" + where);
        assertThat(lines[2]).isNotEmpty().satisfies(text -> assertThat(remedy).isIn(text, "*"));
    }

    @Test
    void twoNamesForTheRealmAreRefused() {
        assertThat(drawn("realm: a\nosmo: {domain: o.test, realm: b}\n").problems()).singleElement()
                .asString()
                .startsWith(
                        "this names another realm than its document\nosmo.yaml:2:31  osmo.realm\nThat one is named at ");
    }

    /** Whatever teams there are: both clients, no leftovers of the sample realm, and every reference is declared. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noSectionEverGivesHalfARoleOrWhatTheSampleRealmLeavesOpen(long seed) {
        Random random = new Random(seed);
        String teams = IntStream.range(0, 1 + random.nextInt(20))
                .mapToObj(i -> "    team-" + i + ": {"
                        + (random.nextBoolean() ? "parent: P" + random.nextInt(3) + ", " : "")
                        + (random.nextBoolean() ? "members: [u" + random.nextInt(5) + "]"
                                : "claim: {e: {g: v" + i + "}}")
                        + "}\n")
                .collect(Collectors.joining());
        Map<Address, Resource> resources = new TreeMap<>(drawn("identityProviders: {e: {providerId: oidc}}\n" + START
                + "  redirects: " + (random.nextBoolean() ? "exact" : "wildcard") + "\n  teams:\n" + teams).load()
                .resources());

        String all = resources.values()
                .stream()
                .map(resource -> resource.value().toString())
                .collect(
                        Collectors.joining());
        assertThat(all).doesNotContain("**********", "value=*]", "value=]", "default.com");
        resources.values().stream().filter(it -> it.address().type().equals("group")).forEach(group -> {
            Value.MapOf roles = group.value().map("clientRoles");
            roles.fields().keySet().forEach(client -> roles.texts(client).forEach(role -> {
                assertThat(resources).containsKey(Address.of("client-role", "osmo", client, role));
                if (role.startsWith("osmo-team")) {
                    assertThat(roles.texts("osmo-browser-flow")).contains(role);
                    assertThat(roles.texts("osmo-device")).contains(role);
                }
            }));
        });
    }
}
