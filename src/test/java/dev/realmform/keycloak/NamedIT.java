package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.SinceKeycloak;
import dev.realmform.testing.TestRealm;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What Keycloak takes although what it names does not exist: a plan refuses that, and takes what names each other. */
@ExtendWith(RealKeycloak.class)
class NamedIT {

    private static final String NAMED = """
            {"clients": {"shop": {"protocolMappers": {"till": {"protocolMapper": "oidc-audience-mapper",
                "config": {"included.client.audience": "till"}}}},
              "till": {"protocolMappers": {"shop": {"protocolMapper": "oidc-audience-mapper",
                "config": {"included.client.audience": "shop"}},
               "clerk": {"protocolMapper": "oidc-hardcoded-role-mapper", "config": {"role": "till.clerk"}}}}},
             "roles": {"client": {"till": {"clerk": {}}}, "realm": {"boss": {}}},
             "groups": [{"name": "Staff", "path": "/Staff"}],
             "clientScopes": {"ledger": {}},
             "identityProviders": {"corp": {"providerId": "github", "config": {"clientId": "realm"},
               "postBrokerLoginFlowAlias": "own"}},
             "authenticationFlows": {"own": {"authenticationExecutions": [
               {"authenticator": "identity-provider-redirector", "requirement": "ALTERNATIVE",
                "authenticatorConfig": {"alias": "r", "config": {"defaultProvider": "corp"}}}]}},
             "clientPolicies": {"policies": {"p": {"conditions": [
               {"condition": "client-scopes", "configuration": {"scopes": ["ledger"], "type": "Optional"}},
               {"condition": "client-updater-source-roles", "configuration": {"roles": ["till.clerk", "boss"]}}]}}},
             "userProfile": {"attributes": {"desk": {"selector": {"scopes": ["ledger"]},
               "permissions": {"view": ["admin"], "edit": ["admin"]}}}},
             "users": {"ada": {"requiredActions": ["CONFIGURE_TOTP"]}},
             "workflows": {"leave": {"on": "user-created", "if": "has-role(till/clerk) and is-member-of(/Staff)",
               "steps": [{"uses": "grant-role", "with": {"role": "till/clerk"}}]}}}""";

    private TestRealm realm;
    private LiveRealm live;

    @BeforeEach
    void open(KeycloakServer server, TestRealm own) {
        realm = own;
        live = new LiveRealm(server, own.name());
    }

    @AfterEach
    void close() {
        live.close();
    }

    @Test
    @SinceKeycloak(value = "26.6", what = "workflows")
    void whatNamesEachOtherIsMadeInOneRun() {
        assertThat(live.apply(NAMED)).contains("create client/R/shop", "create client/R/till", "create flow/R/own",
                "create identity-provider/R/corp", "create workflow/R/leave");

        assertThat(live.plan(NAMED)).isEmpty();
    }

    @Test
    @SinceKeycloak(value = "26.6", what = "workflows")
    void whatIsNeitherDeclaredNorLiveIsNamedWithItsPlace() {
        String wrong = NAMED.replace("\"included.client.audience\": \"till\"", "\"included.client.audience\": \"tlil\"")
                .replace("[\"ledger\"]", "[\"legder\"]")
                .replace("\"till.clerk\", \"boss\"", "\"till.clrk\", \"bos\"")
                .replace("is-member-of(/Staff)", "is-member-of(/Stuff)")
                .replace("CONFIGURE_TOTP", "CONFIGURE_TOPT");

        assertThat(refused(wrong)).containsExactlyInAnyOrder(
                "client/R/tlil | protocolMappers.till.config.\"included.client.audience\" | client/R/till",
                "client-scope/R/legder | conditions.0.configuration.scopes | client-scope/R/ledger",
                "client-role/R/till/clrk | conditions.1.configuration.roles | client-role/R/till/clerk",
                "realm-role/R/bos | conditions.1.configuration.roles | realm-role/R/boss",
                "client-scope/R/legder | attributes.desk.selector.scopes | client-scope/R/ledger",
                "required-action/R/CONFIGURE_TOPT | requiredActions | ",
                "group/R/Stuff | if | group/R/Staff");
    }

    private List<String> refused(String document) {
        return live.refused(document)
                .stream()
                .map(problem -> problem.what().replaceFirst(" is neither declared nor live.*", "") + " | "
                        + problem.where().replaceFirst("^test.json:1:1  ", "") + " | "
                        + problem.remedy()
                                .replaceFirst("^.*take the reference out\\.( Similar: )?", "")
                                .replaceFirst("\\.$", ""))
                .map(text -> text.replace("/" + realm.name(), "/R"))
                .toList();
    }
}
