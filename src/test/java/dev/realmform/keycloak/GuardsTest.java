package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Origin;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The fake login: service account of the client realmform in the realm retail, with roles. */
class GuardsTest {

    @Test
    void theMasterRealmIsNeitherDeletedNorDisabled() {
        assertThat(refusals(delete("realm", "master"))).singleElement().asString().contains("realm/master");
        assertThat(refusals(turnOff("enabled", "realm", "master"))).singleElement()
                .asString()
                .contains("disable realm/master");
    }

    @Test
    void itsBuiltInsAndTheAdminRoleStay() {
        assertThat(refusals(delete("client", "master", "retail-realm"))).hasSize(1);
        assertThat(refusals(turnOff("enabled", "client", "master", "security-admin-console"))).hasSize(1);
        assertThat(refusals(delete("realm-role", "master", "admin"))).hasSize(1);
        assertThat(refusals(delete("client", "master", "own"))).isEmpty();
    }

    @Test
    void builtInsOfOtherRealmsAreNeverDeletedButMayBeDisabled() {
        assertThat(refusals(delete("client", "shop", "account"))).hasSize(1);
        assertThat(refusals(delete("realm-role", "shop", "default-roles-shop"))).hasSize(1);
        assertThat(refusals(delete("client-role", "shop", "realm-management", "view-users"))).hasSize(1);
        assertThat(refusals(turnOff("enabled", "client", "shop", "account"))).isEmpty();
    }

    @Test
    void onesOwnLoginIsNotCutOff() {
        assertThat(refusals(delete("client", "retail", "realmform")))
                .containsExactly("this would remove the client you are logged in with");
        assertThat(refusals(turnOff("enabled", "client", "retail", "realmform")))
                .containsExactly("this would disable the client you are logged in with");
        assertThat(refusals(turnOff("serviceAccountsEnabled", "client", "retail", "realmform"))).hasSize(1);
        assertThat(refusals(delete("realm-role", "retail", "operator")))
                .containsExactly("this would remove the role you are logged in with");
        assertThat(refusals(delete("client-role", "retail", "pay", "read")))
                .containsExactly("this would remove the role you are logged in with");
        assertThat(refusals(delete("user", "retail", "service-account-realmform")))
                .containsExactly("this would remove the user you are logged in as");
        assertThat(refusals(delete("realm", "retail")))
                .containsExactly("this would remove the realm you are logged in to");
    }

    @Test
    void theSameNamesInAnotherRealmAreNotOnesOwn() {
        assertThat(refusals(delete("client", "shop", "realmform"), delete("realm-role", "shop", "operator"),
                delete("realm", "shop"))).isEmpty();
    }

    @Test
    void otherChangesOfOnesOwnClientAreFine() {
        assertThat(refusals(turnOff("consentRequired", "client", "retail", "realmform"))).isEmpty();
    }

    private static List<String> refusals(Change... changes) {
        try (KeycloakProvider provider = new KeycloakProvider(new FakeAdmin())) {
            List<Problem> problems = provider.review(new Plan(List.of(changes), new TreeMap<>(), 0, List.of()));
            assertThat(problems).allMatch(problem -> problem.kind() == Problem.Kind.REFUSED);
            return problems.stream().map(Problem::what).toList();
        }
    }

    private static Change delete(String type, String... key) {
        return new Change.Delete(Resource.live(Address.of(type, key), Value.EMPTY_MAP),
                Change.Delete.DeleteReason.ASKED, Optional.empty());
    }

    private static Change turnOff(String field, String type, String... key) {
        Address address = Address.of(type, key);
        Resource live = Resource.live(address, Value.EMPTY_MAP.with(field, Value.bool(true)));
        Resource off = Resource.desired(address, Value.EMPTY_MAP.with(field, Value.bool(false)), Origin.NONE);
        return new Change.Update(live, off, off, List.of(), Optional.empty());
    }
}
