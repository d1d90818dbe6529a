package dev.realmform.keycloak.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.json.Json;
import dev.realmform.model.Problem;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemsTest {

    private static final Request CREATE = Request.post("retail", "users");

    private static Problem translated(int status, String body) {
        return Problems.translate(CREATE, new Answer.Answered(status, Json.parse(body), Optional.empty()),
                "user/retail/ada");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"errorMessage":"User exists with same username"}             | User exists with same username
            {"error":"invalid","error_description":"Invalid flow"}       | Invalid flow
            {"error":"Role not found"}                                   | Role not found
            {"field":"username","errorMessage":"error-username-invalid-character","params":["username","x y"]} | username: error-username-invalid-character (x y)
            {"errors":[{"field":"a","errorMessage":"b"},{"field":"c","errorMessage":"d"}]} | a: b; c: d
            """)
    void theServersWordsAreFoundWhereverTheyStand(String body, String words) {
        assertThat(translated(400, body).what()).isEqualTo("Keycloak refuses to create or add this: " + words);
        assertThat(translated(400, body).where()).isEqualTo("user/retail/ada");
    }

    @Test
    void aConflictSaysThatTheLiveSideMoved() {
        assertThat(translated(409, "{\"errorMessage\":\"User exists\"}").remedy())
                .startsWith("Somebody else has made it")
                .contains("plan again", "POST /admin/realms/retail/users answered 409");
    }

    @Test
    void anInternalErrorPointsToTheServersLog() {
        assertThat(translated(500, "{\"error\":\"unknown_error\"}").remedy()).startsWith("Look into the server's log");
    }

    @Test
    void aFieldThatTheServerDoesNotKnowIsSaidToBeThat() {
        assertThat(translated(400, "{\"error\":\"Unrecognized field \\\"x\\\" (class y), not marked as ignorable\"}")
                .remedy())
                .startsWith("This server does not know the field");
    }

    @ParameterizedTest
    @CsvSource({"GET,retail,view-realm", "PUT,retail,manage-realm", "GET,retail/clients,view-clients",
        "POST,retail/clients/1/roles,manage-clients", "GET,retail/client-scopes,view-clients",
        "GET,retail/roles,view-realm",
        "PUT,retail/clients/1/authz/resource-server,"
                + "manage-authorization (manage-realm for the permissions of administrators)",
        "DELETE,retail/roles-by-id/1,manage-realm (manage-clients for the role of a client)",
        "GET,retail/roles/r/users,view-users",
        "GET,retail/users,view-users", "PUT,retail/users/1/groups/2,manage-users",
        "GET,retail/users/profile,view-realm",
        "GET,retail/groups/1/members,view-users", "POST,retail/groups,manage-users",
        "GET,retail/identity-provider/instances,view-identity-providers",
        "POST,retail/identity-provider/instances,manage-identity-providers", "GET,retail/events/config,view-events",
        "GET,retail/organizations,view-organizations (manage-realm on a server without such a role)",
        "GET,retail/authentication/flows,view-realm",
        "PUT,retail/components/1,manage-realm", "POST,retail/partial-export,manage-realm",
        "POST,retail/partialImport,manage-realm"})
    void aRefusalNamesTheRoleThatIsMissing(Method method, String path, String role) {
        Request request = new Request(method, List.of(path.split("/", -1)), new TreeMap<>(),
                Optional.empty(), true);

        Problem problem = Problems.translate(request,
                new Answer.Answered(403, Json.parse("{\"error\":\"HTTP 403 Forbidden\"}"), Optional.empty()),
                "somewhere");

        assertThat(problem.kind()).isEqualTo(Problem.Kind.FORBIDDEN);
        assertThat(problem.what()).endsWith("the role " + role + " is missing");
        assertThat(problem.remedy()).contains(role, "realm-management", "retail-realm");
    }

    @Test
    void creatingRealmsNeedsARoleOfTheMasterRealm() {
        assertThat(Problems.forbidden(Request.post()).remedy()).contains("create-realm of realm master");
    }
}
