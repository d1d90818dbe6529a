package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.json.Json;
import dev.realmform.model.Origin;
import dev.realmform.model.Plan;
import dev.realmform.model.Resource;
import dev.realmform.model.Source;
import dev.realmform.model.Value;
import dev.realmform.provider.Expansion;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What exports of a 26.7.3 server say in other ways than a person would write. */
class ExportDocumentTest {

    private static final String EXPORTED_WORKFLOW = """
            {"realm": "r", "components": {"org.keycloak.models.workflow.WorkflowProvider": [
              {"id": "1", "providerId": "default", "subComponents": {"org.keycloak.models.workflow.WorkflowStepProvider": [
                {"id": "2", "providerId": "disable-user", "subComponents": {}, "config": {"after": ["20d"], "priority": ["10"]}},
                {"id": "3", "providerId": "set-user-attribute", "subComponents": {},
                 "config": {"marks": ["b", "a"], "priority": ["2"]}},
                {"id": "4", "providerId": "notify-user", "config": {"subject": ["Soon"], "after": ["10d"], "priority": ["1"]}}]},
               "config": {"schedule.batch-size": ["5"], "schedule.after": ["1d"], "name": ["leave"], "supports": ["USERS"],
                "cancel-in-progress": ["user-created"], "restart-in-progress": ["true"], "conditions": ["has-role('idle')"],
                "enabled": ["false"], "on": ["user-created"]}}]}}""";

    private static final String WRITTEN_WORKFLOW = """
            {"realm": "r", "workflows": {"leave": {"on": "user-created", "if": "has-role('idle')", "enabled": false,
              "concurrency": {"cancel-in-progress": "user-created", "restart-in-progress": true},
              "schedule": {"after": "1d", "batch-size": 5},
              "steps": [{"uses": "notify-user", "after": "10d", "with": {"subject": "Soon"}},
                {"uses": "set-user-attribute", "with": {"marks": ["a", "b"]}}, {"uses": "disable-user", "after": "20d"}]}}}""";

    @Test
    void aWorkflowOfAFullExportIsTheSameAsAWrittenOne() {
        List<Resource> exported = of(WorkflowType.NAME, EXPORTED_WORKFLOW);

        assertThat(exported).extracting(Resource::address).hasToString("[workflow/r/leave]");
        assertThat(exported.getFirst().value()).isEqualTo(of(WorkflowType.NAME, WRITTEN_WORKFLOW).getFirst().value());
        assertThat(of(ComponentType.NAME, EXPORTED_WORKFLOW)).isEmpty();
    }

    @Test
    void ofAWorkflowAPartialExportHoldsNothing() {
        Expansion expansion = expand("""
                {"realm": "r", "components": {"org.keycloak.models.workflow.WorkflowProvider": [
                  {"id": "1", "providerId": "default", "subComponents": {}, "config": {}}]}}""");

        assertThat(expansion.problems()).isEmpty();
        assertThat(expansion.notices()).extracting(Plan.Notice::text)
                .containsExactly("left aside, since a partial export holds none of their settings: workflows (1)");
    }

    @Test
    void whoIsInAGroupOfAnOrganizationIsSaidByItsMembers() {
        List<Resource> members = of(OrganizationGroupMembersType.NAME, """
                {"realm": "r", "organizations": [{"name": "Acme", "alias": "acme",
                  "members": [{"username": "ada", "membershipType": "UNMANAGED", "groups": ["g1", "g2"]},
                    {"username": "Lin", "membershipType": "UNMANAGED", "groups": ["g1"]},
                    {"username": "zoe", "membershipType": "MANAGED", "groups": ["g2"]}],
                  "groups": [{"id": "g1", "name": "Sales", "subGroups": [{"id": "g2", "name": "Inner"}]},
                    {"id": "g3", "name": "Told", "$members": ["lin"]}]}]}""");

        assertThat(members)
                .extracting(member -> member.address() + " " + Json.compact(member.value(), Json.Secrets.HIDE))
                .containsExactlyInAnyOrder(
                        "organization-group-members/r/acme/Sales {\"members\":[\"ada\",\"lin\"]}",
                        "organization-group-members/r/acme/Sales/Inner {\"members\":{\"$add\":[\"ada\"]}}",
                        "organization-group-members/r/acme/Told {\"members\":[\"lin\"]}");
    }

    @Test
    void consentsAreLeftToTheUsers() {
        Expansion expansion = expand(
                """
                {"realm": "r", "users": [{"username": "ada", "clientConsents": [{"clientId": "shop"}, {"clientId": "web"}]}]}""");

        assertThat(expansion.notices()).extracting(Plan.Notice::text)
                .containsExactly("left aside, since only users themselves give it: consent (2)");
    }

    private static List<Resource> of(String type, String document) {
        Expansion expansion = expand(document);
        assertThat(expansion.problems()).isEmpty();
        return expansion.resources().stream().filter(one -> one.address().type().equals(type)).toList();
    }

    private static Expansion expand(String document) {
        return new RealmDocument().expand((Value.MapOf) Json.parse(document),
                Origin.of(new Source("export.json", 1, 1)));
    }
}
