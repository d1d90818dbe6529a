package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.json.Json;
import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Origin;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.Manage;
import dev.realmform.provider.Outcome;
import dev.realmform.provider.Overlay;
import dev.realmform.provider.ResourceType;
import dev.realmform.provider.Scope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** How creations that go out together end, also when the server, the network or somebody else does the unexpected. */
class BundlesTest {

    private static final String IMPORT = "POST /retail/partialImport";

    private final FakeAdmin server = new FakeAdmin();
    private final KeycloakProvider provider = new KeycloakProvider(server);

    @Test
    void rolesGoOutInOneRequestAndTheAnswerTellsTheirIds() {
        server.answers(IMPORT, 200, added("REALM_ROLE a 1", "REALM_ROLE b 2", "REALM_ROLE c 3"));

        assertThat(write(role("a"), role("b", "{\"composites\": {\"realm\": [\"a\"]}}"), role("c")))
                .containsExactly(done("1"), done("2"), done("3"));
        assertThat(server.sent()).containsExactly(IMPORT + " {\"ifResourceExists\":\"SKIP\",\"roles\":{\"realm\":["
                + "{\"name\":\"a\"},{\"composites\":{\"realm\":[\"a\"]},\"name\":\"b\"},{\"name\":\"c\"}]}}");
    }

    @Test
    void rolesOfClientsAreIdentifiedByOneRequestAClient() {
        server.answers(IMPORT, 200, added("CLIENT_ROLE pay-->a 9", "CLIENT_ROLE pay-->b 9", "CLIENT_ROLE web-->a 8"))
                .answers("GET /retail/clients?clientId=pay", 200, "[{\"id\": \"9\", \"clientId\": \"pay\"}]")
                .answers("GET /retail/clients?clientId=web", 200, "[{\"id\": \"8\", \"clientId\": \"web\"}]")
                .answers("GET /retail/clients/9/roles", 200,
                        "[{\"id\": \"1\", \"name\": \"a\"}, {\"id\": \"2\", \"name\": \"b\"}]")
                .answers("GET /retail/clients/8/roles", 200, "[{\"id\": \"3\", \"name\": \"a\"}]");

        assertThat(write(clientRole("pay", "a"), clientRole("pay", "b"), clientRole("web", "a")))
                .containsExactly(done("1"), done("2"), done("3"));
        assertThat(server.sent()).hasSize(5);
    }

    @Test
    void aWholeNewTreeIsOneRequestAndItsChildrenAreIdentifiedByOneMore() {
        knowsRole("x");
        server.answers(IMPORT, 200, added("GROUP A 1", "GROUP B 4"))
                .answers("GET /retail/groups/1/children?briefRepresentation=true&max=-1", 200,
                        "[{\"id\": \"2\", \"name\": \"b\"}, {\"id\": \"3\", \"name\": \"c\"}]");

        assertThat(write(group("{\"realmRoles\": [\"x\"]}", "A"), group("{}", "A", "b"), group("{}", "A", "c"),
                group("{}", "B"))).containsExactly(done("1"), done("2"), done("3"), done("4"));
        assertThat(server.written()).containsExactly(IMPORT + " {\"groups\":[{\"name\":\"A\",\"path\":\"/A\","
                + "\"realmRoles\":[\"x\"],\"subGroups\":[{\"name\":\"b\",\"path\":\"/A/b\"},{\"name\":\"c\","
                + "\"path\":\"/A/c\"}]},{\"name\":\"B\",\"path\":\"/B\"}],\"ifResourceExists\":\"SKIP\"}");
    }

    @Test
    void usersAreGivenWhatTheServerGivesToEachNewOne() {
        knowsTheRules("""
                {"defaultRole": {"name": "default-roles-retail"}}""");
        server.answers(IMPORT, 200, added("USER ada 1", "USER bob 2", "USER cyd 3"));

        write(user("ada", "{\"email\": \"ada@example.com\", \"groups\": [\"/G\"]}"), user("bob", "{\"enabled\": true}"),
                user("cyd", "{\"realmRoles\": {\"$remove\": [\"default-roles-retail\"]}}"));
        assertThat(server.written().getFirst()).isEqualTo(IMPORT + " {\"ifResourceExists\":\"SKIP\",\"users\":["
                + "{\"email\":\"ada@example.com\",\"groups\":[\"/G\"],\"realmRoles\":[\"default-roles-retail\"],"
                + "\"requiredActions\":[\"VERIFY_EMAIL\"],\"username\":\"ada\"},"
                + "{\"enabled\":true,\"groups\":[\"/All\"],\"realmRoles\":[\"default-roles-retail\"],"
                + "\"requiredActions\":[\"VERIFY_EMAIL\"],\"username\":\"bob\"},"
                + "{\"groups\":[\"/All\"],\"realmRoles\":[],\"requiredActions\":[\"VERIFY_EMAIL\"],"
                + "\"username\":\"cyd\"}]}");
    }

    @Test
    void usersAreNotGivenWhatTheFileSaysTheyHaveNot() {
        knowsTheRules("{\"defaultRole\": {\"name\": \"default-roles-retail\"}}");
        server.answers(IMPORT, 200, added("USER ada 1", "USER bob 2", "USER cyd 3"));

        write(user("ada", "{\"groups\": [], \"requiredActions\": []}"),
                user("bob", "{\"groups\": {\"$remove\": [\"/All\"]}}"),
                user("cyd", "{\"groups\": [\"/G\"]}"));
        assertThat(server.written().getFirst()).isEqualTo(IMPORT + " {\"ifResourceExists\":\"SKIP\",\"users\":["
                + "{\"groups\":[],\"realmRoles\":[\"default-roles-retail\"],\"requiredActions\":[],\"username\":\"ada\"},"
                + "{\"groups\":[],\"realmRoles\":[\"default-roles-retail\"],\"requiredActions\":[\"VERIFY_EMAIL\"],"
                + "\"username\":\"bob\"},"
                + "{\"groups\":[\"/G\"],\"realmRoles\":[\"default-roles-retail\"],\"requiredActions\":[\"VERIFY_EMAIL\"],"
                + "\"username\":\"cyd\"}]}");
    }

    @Test
    void whatTheServerHasToJudgeGoesSingly() {
        knowsTheRules("{\"defaultRole\": {\"name\": \"default-roles-retail\"}}");
        server.answers(IMPORT, 200, added("USER ada 1", "USER bob 2"))
                .answers("POST /retail/users", 400, "{\"errorMessage\": \"the server's word\"}");

        List<Outcome> outcomes = write(user("ada", "{}"), user("bob", "{}"), user("x y", "{}"),
                user("cyd", "{\"email\": \"not a mail\"}"), user("dan", "{\"credentials\": [{\"value\": \"x\"}]}"),
                user("eve", "{\"attributes\": {\"unknown\": [\"x\"]}}"), user("fay", "{\"firstName\": \"<b>\"}"),
                user("guy", "{\"requiredActions\": [\"INVENTED\"]}"), user("hal", "{\"federationLink\": \"x\"}"));
        assertThat(outcomes.subList(0, 2)).containsExactly(done("1"), done("2"));
        assertThat(outcomes.subList(2, 9)).allMatch(outcome -> problem(outcome).what().contains("the server's word"));
        assertThat(server.written()).hasSize(8);
    }

    @Test
    void whatSomebodyElseMadeAtTheSameTimeIsNotOurs() {
        server.answers(IMPORT, 500, "{\"errorMessage\": \"Duplicate resource error\"}")
                .answers("POST /retail/roles", 409, "{\"errorMessage\": \"Role with name exists\"}")
                .answers("GET /retail/roles/a", 200, "{\"id\": \"9\", \"name\": \"a\"}")
                .answers("GET /retail/roles/b", 200, "{\"id\": \"8\", \"name\": \"b\"}")
                .answers("GET /retail/roles/c", 200, "{\"id\": \"7\", \"name\": \"c\"}");

        assertThat(write(role("a"), role("b"), role("c")))
                .allMatch(outcome -> problem(outcome).what().contains("has appeared since the plan was made"));
    }

    @Test
    void whatARunBeforeAskedForAndComesLateIsOurs() {
        Address late = Address.of("realm-role", "retail", "a");
        server.answers("GET /retail", 404, "{}")
                .answers("POST /retail/roles", 409, "{\"errorMessage\": \"Role with name exists\"}")
                .answers("GET /retail/roles/a", 200, "{\"id\": \"9\", \"name\": \"a\"}")
                .answers("GET /retail/roles/b", 200, "{\"id\": \"8\", \"name\": \"b\"}");
        provider.read(new Scope(new TreeMap<>(), new TreeMap<>(Map.of(late, Set.of())), Manage.NOTHING, Map.of(),
                Set.of(), new Scope.Past(Set.of(), Set.of(late))));

        assertThat(write(role("a"))).containsExactly(new Outcome.Done(Optional.of("9"), true));
        assertThat(problem(write(role("b")).getFirst()).what()).contains("has appeared since the plan was made");
    }

    @Test
    void aRealmThatMakesItsUsersInAnotherWayMakesThemSingly() {
        knowsTheRules("{\"defaultRole\": {\"name\": \"d\"}, \"registrationEmailAsUsername\": true}");
        write(user("ada", "{}"), user("bob", "{}"), user("cyd", "{}"));
        assertThat(server.written()).hasSize(3).allMatch(request -> request.startsWith("POST /retail/users"));
    }

    @Test
    void aLoginThatMayNotImportWritesSinglyAndDoesNotTryAgain() {
        server.answers(IMPORT, 403, "").creates("POST /retail/roles", "x").answers("GET /retail/roles/a", 200, id("1"));

        assertThat(write(role("a"), role("b"), role("c"))).allMatch(Outcome.Done.class::isInstance);
        write(role("d"), role("e"), role("f"));
        assertThat(server.written()).hasSize(7).filteredOn(request -> request.startsWith(IMPORT)).hasSize(1);
    }

    @Test
    void whatAnImportAnswers500ForIsLookedForAndThenSentSinglyForTheRealError() {
        server.answers(IMPORT, 500, "{\"error\": \"unknown_error\"}")
                .answers("POST /retail/roles", 400, "{\"errorMessage\": \"the server's word\"}");

        assertThat(write(role("a"), role("b"), role("c")))
                .allMatch(outcome -> problem(outcome).what().contains("the server's word"));
        assertThat(server.sent()).filteredOn(request -> request.startsWith("GET /retail/roles/")).hasSize(3);
    }

    @Test
    void ofALostImportIsOursWhatIsThereAndTheRestIsSentSingly() {
        server.loses(IMPORT)
                .answers("GET /retail/roles/a", 200, id("1"))
                .answers("GET /retail/roles/b", 404, "")
                .answers("GET /retail/roles/b", 200, id("2"))
                .answers("GET /retail/roles/c", 200, id("3"))
                .creates("POST /retail/roles", "b");

        assertThat(write(role("a"), role("b"), role("c"))).containsExactly(new Outcome.Done(Optional.of("1"), true),
                done("2"), new Outcome.Done(Optional.of("3"), true));
        assertThat(server.written()).hasSize(2);
    }

    @Test
    void aLostImportThatArrivesAfterTheLookIsOursAllTheSame() {
        server.loses(IMPORT)
                .answers("GET /retail/roles/a", 404, "")
                .answers("GET /retail/roles/a", 200, id("1"))
                .answers("GET /retail/roles/b", 200, id("2"))
                .answers("GET /retail/roles/c", 200, id("3"))
                .answers("POST /retail/roles", 409, "");

        assertThat(write(role("a"), role("b"), role("c")))
                .allMatch(outcome -> outcome instanceof Outcome.Done done && done.found());
    }

    @Test
    void aLostImportThatCannotBeLookedForStaysOpen() {
        server.loses(IMPORT).breaksAfterwards();

        assertThat(write(role("a"), role("b"), role("c")))
                .allMatch(outcome -> outcome instanceof Outcome.Failed failed && failed.partly());
        assertThat(server.written()).hasSize(1);
    }

    @Test
    void anImportThatWasNeverSentFailsEachAndLeavesNothingOpen() {
        server.breaksAfterwards();

        assertThat(write(role("a"), role("b"), role("c"))).allMatch(
                outcome -> outcome instanceof Outcome.Failed failed && !failed.partly() && failed.id().isEmpty());
    }

    @Test
    void whatWasSkippedIsSomebodyElses() {
        server.answers(IMPORT, 200, added("REALM_ROLE a 1", "REALM_ROLE b 2").replaceFirst("]",
                ", {\"action\": \"SKIPPED\", \"resourceType\": \"REALM_ROLE\", \"resourceName\": \"c\", \"id\": \"3\"}]"))
                .answers("GET /retail/roles/c", 200, id("3"));

        List<Outcome> outcomes = write(role("a"), role("b"), role("c"));
        assertThat(outcomes.subList(0, 2)).containsExactly(done("1"), done("2"));
        assertThat(problem(outcomes.getLast()).kind()).isEqualTo(Problem.Kind.STALE);
        assertThat(((Outcome.Failed) outcomes.getLast()).id()).isEmpty();
    }

    @Test
    void nothingIsMadeInATreeThatSomebodyElseMade() {
        server.answers(IMPORT, 200, """
                {"results": [{"action": "SKIPPED", "resourceType": "GROUP", "resourceName": "A", "id": "1"}]}""")
                .answers("GET /retail/groups?max=-1", 200, "[{\"id\": \"1\", \"name\": \"A\"}]")
                .answers("GET /retail/groups/1/children?max=-1", 200, "[]");

        List<Outcome> outcomes = write(group("{}", "A"), group("{}", "A", "b"), group("{}", "A", "c"));
        assertThat(problem(outcomes.get(0)).kind()).isEqualTo(Problem.Kind.STALE);
        assertThat(problem(outcomes.get(1)).what()).contains("it needs group/retail/A, which failed");
        assertThat(server.written()).hasSize(1);
    }

    @Test
    void aMailAddressOfSomebodyElseIsSaidInTheServersWords() {
        knowsTheRules("{\"defaultRole\": {\"name\": \"d\"}}");
        server.answers(IMPORT, 200, added("USER ada 1", "USER bob 2").replaceFirst("]",
                ", {\"action\": \"SKIPPED\", \"resourceType\": \"USER\", \"resourceName\": \"cyd\"}]"))
                .answers("POST /retail/users", 409, "{\"errorMessage\": \"User exists with same email\"}");

        List<Outcome> outcomes = write(user("ada", "{}"), user("bob", "{}"), user("cyd", "{}"));
        assertThat(problem(outcomes.getLast()).what()).contains("User exists with same email");
    }

    @Test
    void aRoleThatIsGoneIsNotMadeUpByTheServer() {
        server.answers(IMPORT, 200, added("GROUP A 1", "GROUP B 2"))
                .creates("POST /retail/groups", "3");

        List<Outcome> outcomes = write(group("{}", "A"), group("{}", "B"), group("{\"realmRoles\": [\"gone\"]}", "C"));
        assertThat(problem(outcomes.getLast()).what()).contains("realm-role/retail/gone is not there");
        assertThat(server.written()).noneMatch(request -> request.startsWith(IMPORT) && request.contains("gone"));
    }

    @Test
    void aChildOfALiveGroupIsNotImported() {
        server.answers("GET /retail/groups?max=-1", 200, "[{\"id\": \"1\", \"name\": \"A\"}]")
                .creates("POST /retail/groups/1/children", "2");

        assertThat(write(group("{}", "A", "b"), group("{}", "A", "c"), group("{}", "A", "d")))
                .allMatch(Outcome.Done.class::isInstance);
        assertThat(server.written()).hasSize(3).noneMatch(request -> request.startsWith(IMPORT));
    }

    @Test
    void idsThatCannotBeLookedUpLeaveTheChangeOpen() {
        server.answers(IMPORT, 200, added("GROUP A 1"))
                .answers("GET /retail/groups/1/children?briefRepresentation=true&max=-1", 500, "");

        List<Outcome> outcomes = write(group("{}", "A"), group("{}", "A", "b"), group("{}", "A", "c"));
        assertThat(outcomes.getFirst()).isEqualTo(done("1"));
        assertThat(outcomes.subList(1, 3))
                .allMatch(outcome -> outcome instanceof Outcome.Failed failed && failed.partly());
    }

    private List<Outcome> write(Change... changes) {
        return provider.write(List.of(changes));
    }

    private void knowsRole(String name) {
        server.answers("GET /retail/roles/" + name, 200, id(name));
    }

    private void knowsTheRules(String realm) {
        server.answers("GET /retail", 200, realm)
                .answers("GET /retail/users/profile", 200, """
                        {"attributes": [
                          {"name": "username", "permissions": {"edit": ["admin"]}, "validations": {"length": {"min": 3}}},
                          {"name": "email", "permissions": {"edit": ["admin"]}, "required": {"roles": ["user"]},
                           "validations": {"email": {}}},
                          {"name": "firstName", "permissions": {"edit": ["admin"]}},
                          {"name": "lastName", "permissions": {"edit": ["admin"]}}]}""")
                .answers("GET /retail/default-groups", 200, "[{\"path\": \"/All\"}]")
                .answers("GET /retail/authentication/required-actions", 200, """
                        [{"alias": "VERIFY_EMAIL", "enabled": true, "defaultAction": true},
                         {"alias": "TERMS", "enabled": false, "defaultAction": true}]""");
    }

    private static String id(String id) {
        return "{\"id\": \"" + id + "\"}";
    }

    /** The answer of an import: {@code TYPE name id}. */
    private static String added(String... rows) {
        StringBuilder results = new StringBuilder();
        for (String row : rows) {
            String[] parts = row.split(" ", 3);
            results.append(results.isEmpty() ? "" : ", ")
                    .append("{\"action\": \"ADDED\", \"resourceType\": \"" + parts[0] + "\", \"resourceName\": \""
                            + parts[1] + "\", \"id\": \"" + parts[2] + "\"}");
        }
        return "{\"results\": [" + results + "]}";
    }

    private static Outcome done(String id) {
        return new Outcome.Done(Optional.of(id), false);
    }

    private static Problem problem(Outcome outcome) {
        return ((Outcome.Failed) outcome).problem();
    }

    private static Change role(String name) {
        return role(name, "{}");
    }

    private static Change role(String name, String body) {
        return create(new RealmRoleType(), Address.of("realm-role", "retail", name), body);
    }

    private static Change clientRole(String client, String name) {
        return create(new ClientRoleType(), Address.of("client-role", "retail", client, name), "{}");
    }

    private static Change group(String body, String... path) {
        return create(new GroupType(), GroupPath.address("retail", String.join("/", path)), body);
    }

    private static Change user(String name, String body) {
        return create(new UserType(), UserType.address("retail", name), body);
    }

    private static Change create(ResourceType type, Address address, String body) {
        Resource desired = Resource.desired(address, type.schema().canonical((Value.MapOf) Json.parse(body)),
                Origin.NONE);
        return new Change.Create(desired, desired.withValue(Overlay.alone(type.schema(), desired.value())));
    }
}
