package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.json.Json;
import dev.realmform.model.Address;
import dev.realmform.model.Directives;
import dev.realmform.model.Origin;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Source;
import dev.realmform.model.Value;
import dev.realmform.provider.Expansion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RealmDocumentTest {

    @Test
    void aDocumentIsCutIntoItsRealmClientsAndRoles() {
        assertThat(expand("""
                {"realm": "retail", "enabled": true, "clients": {"pay": {"name": "Pay"}},
                 "roles": {"realm": {"basic": {}}, "client": {"pay": {"read": {"description": "Reads"}}}}}""")
                .resources())
                .extracting(resource -> resource.address().toString())
                .containsExactly("client/retail/pay", "client-role/retail/pay/read", "realm/retail",
                        "realm-role/retail/basic");
    }

    @Test
    void listsAndMapsOfNamedMembersMeanTheSame() {
        Expansion lists = expand("""
                {"realm": "retail", "clients": [{"clientId": "pay", "redirectUris": ["b", "", "a", "b"],
                   "protocolMappers": [{"name": "m", "config": {"x": "1"}}]}],
                 "roles": {"realm": [{"name": "basic"}], "client": {"pay": [{"name": "read"}]}}}""");
        Expansion maps = expand("""
                {"realm": "retail", "clients": {"pay": {"redirectUris": ["a", "b"],
                   "protocolMappers": {"m": {"config": {"x": 1}}}}},
                 "roles": {"realm": {"basic": null}, "client": {"pay": {"read": {}}}}}""");

        assertThat(lists).isEqualTo(maps);
    }

    @Test
    void whatTheServerComputesIsLeftAsideWithOneNote() {
        Expansion expansion = expand("""
                {"realm": "retail", "id": "1", "clients": [{"clientId": "pay", "id": "2", "access": {"view": true},
                   "protocolMappers": [{"name": "m", "id": "3"}], "attributes": {"client.secret.creation.time": "5"}}],
                 "roles": {"realm": [{"name": "basic", "id": "4", "containerId": "1"}]}}""");

        assertThat(expansion.notices()).containsExactly(new Plan.Notice.General(
                "left aside, since the server computes it: id (4), access (1), client.secret.creation.time (1), "
                        + "containerId (1)"));
        assertThat(expansion.resources()).noneMatch(resource -> resource.value().has("id"));
        assertThat(expansion.resources().getFirst().value().map("attributes").fields()).isEmpty();
    }

    /** A PUT leaves them as they are: declared, they would be in each plan. */
    @Test
    void whatTheServerKeepsOfARotatedSecretIsLeftAside() {
        Expansion expansion = expand("""
                {"realm": "retail", "clients": [{"clientId": "pay", "attributes": {"client.secret.expiration.time": "5",
                   "client.secret.rotated": "**********", "client.secret.rotated.creation.time": "4",
                   "client.secret.rotated.expiration.time": "6", "own.secret.time": "7"}}]}""");

        assertThat(expansion.problems()).isEmpty();
        assertThat(expansion.resources()).filteredOn(resource -> resource.address().type().equals(ClientType.NAME))
                .singleElement()
                .satisfies(client -> assertThat(client.value().map("attributes").fields())
                        .containsOnlyKeys("own.secret.time"));
    }

    @Test
    void sectionsThatAreNotManagedAreNamedWithTheirCount() {
        assertThat(expand("""
                {"realm": "retail", "userFederationMappers": [{"name": "a"}, {"name": "b"}], "applications": ["c"],
                 "userFederationProviders": []}""").notices())
                .containsExactly(new Plan.Notice.General("not managed: applications (1), userFederationMappers (2)"));
    }

    @Test
    void attributesThatTheServerShowsAsFieldsAloneAreLeftAside() {
        Expansion expansion = expand("""
                {"realm": "retail", "attributes": {"failureFactor": "30", "_browser_header.xFrameOptions": "DENY",
                   "webAuthnPolicyRpIdPasswordless": "", "client-policies.profiles": "{}", "mine": "1"}}""");

        assertThat(expansion.resources().getFirst().value().map("attributes").fields().keySet())
                .containsExactly("mine");
        assertThat(expansion.notices().toString()).contains("failureFactor (1)", "_browser_header.xFrameOptions (1)");
    }

    @Test
    void theFormerNameOfTheTermsIsTheNameOfToday() {
        assertThat(expand("""
                {"realm": "retail", "requiredActions": [{"alias": "terms_and_conditions",
                   "providerId": "terms_and_conditions", "enabled": false}],
                 "users": {"ada": {"requiredActions": ["terms_and_conditions"]}}}""").resources())
                .extracting(resource -> resource.address() + " " + resource.value().text("providerId").orElse("")
                        + resource.value().texts("requiredActions"))
                .contains("required-action/retail/TERMS_AND_CONDITIONS TERMS_AND_CONDITIONS[]",
                        "user/retail/ada [TERMS_AND_CONDITIONS]");
    }

    @Test
    void aFlowOfKeycloaksOwnThatIsNoMoreIsLeftAside() {
        Expansion expansion = expand(
                """
                {"realm": "retail", "authenticationFlows": [{"alias": "http challenge", "topLevel": true, "builtIn": true,
                   "authenticationExecutions": [{"authenticator": "no-cookie-redirect", "requirement": "REQUIRED"}]}]}""");

        assertThat(expansion.resources()).noneMatch(resource -> resource.address().type().equals("flow"));
        assertThat(expansion.notices().toString())
                .contains("left aside, since only older versions of Keycloak have it: flow http challenge");
    }

    @Test
    void aClientHasAScopeOnce() {
        assertThat(expandWithProblems("""
                {"realm": "retail", "clients": {"pay": {"defaultClientScopes": ["a", "b"],
                   "optionalClientScopes": ["b", "c"]}}}""").problems())
                .extracting(Problem::what)
                .containsExactly("the scope b is both a default and an optional one of the client pay");
    }

    @Test
    void aPasswordIsSaidOrHashed() {
        assertThat(expandWithProblems("""
                {"realm": "retail", "users": {
                   "ada": {"credentials": [{"type": "password", "value": "x"}, {"type": "otp"}]},
                   "bo": {"credentials": [{"type": "password", "hashedSaltedValue": "x"}, {"type": "password"}]}}}""")
                .problems()).extracting(Problem::what)
                .containsExactly("a password of the user bo is neither said nor hashed");
    }

    @Test
    void whatOlderVersionsSaidOfAPermissionIsLeftAside() {
        assertThat(expand("""
                {"realm": "retail", "clients": {"shop": {"authorizationSettings": {"policies": [{"name": "p",
                   "type": "resource", "config": {"default": "true", "defaultResourceType": "t"}}]}}}}""").resources())
                .filteredOn(resource -> resource.address().type().equals("authorization-policy"))
                .singleElement()
                .extracting(resource -> resource.value().map("config").fields().keySet().toString())
                .isEqualTo("[defaultResourceType]");
    }

    @Test
    void aUserWithTwoSpellingsIsTwiceTheSame() {
        assertThat(expandWithProblems("""
                {"realm": "retail", "users": {"ADA": {}, "ada": {}}}""").problems()).singleElement()
                .extracting(Problem::remedy)
                .asString()
                .startsWith("It stands at ");
    }

    @Test
    void keysOfOursBecomeDirectives() {
        Resource client = expand("""
                {"realm": "retail", "clients": {"pay": {"$was": "payments", "$protect": true, "name": "Pay",
                   "$ignore": ["redirectUris", "attributes.\\"a.b\\""],
                   "protocolMappers": {"m": {"$ignore": ["config.x"]}}}}}""").resources().getFirst();

        assertThat(client.directives())
                .isEqualTo(new Directives(Optional.of(Address.of("client", "retail", "payments")),
                        false, Optional.of(true),
                        Set.of(Path.of("redirectUris"), Path.of("attributes", "a.b"),
                                Path.of("protocolMappers", "m", "config", "x"))));
        assertThat(client.value().fields().keySet()).containsExactly("name", "protocolMappers");
    }

    @Test
    void aMapperThatIsDeletedOrRenamedIsDeclaredEmptyUnderItsOldName() {
        Resource client = expand("""
                {"realm": "retail", "clients": {"pay": {"protocolMappers": {"gone": {"$delete": true},
                   "new": {"$was": "old", "protocol": "saml"}}}}}""").resources().getFirst();

        assertThat(client.value().map("protocolMappers").fields()).isEqualTo(Map.of("gone", Value.NULL, "old",
                Value.NULL, "new", Value.EMPTY_MAP.with("protocol", Value.text("saml"))));
    }

    @Test
    void keysThatComeLaterOrMeanNothingAreErrorsWithTheirPlace() {
        Origin origin = new Origin(new Source("a.yaml", 1, 1), Map.of("clients", new Origin(new Source("a.yaml", 2, 1),
                Map.of("pay", new Origin(new Source("a.yaml", 3, 3), Map.of("$secretTo",
                        Origin.of(new Source("a.yaml", 4, 5))))))));
        Expansion expansion = new RealmDocument().expand((Value.MapOf) Json.parse("""
                {"realm": "retail", "clients": {"pay": {"$secretTo": {}, "$unheard": 1}}}"""), origin);

        assertThat(expansion.problems()).extracting(Problem::where).containsExactly("a.yaml:4:5", "a.yaml:3:3");
        assertThat(expansion.problems().getFirst().what()).contains("$secretTo comes later");
    }

    @Test
    void theClientThatHoldsTheAdminRolesIsLeftToKeycloak() {
        Expansion expansion = expand("""
                {"realm": "retail", "clients": {"realm-management": {"name": "x"}},
                 "roles": {"client": {"realm-management": {"view-users": {"description": "x"}}}}}""");

        assertThat(expansion.resources()).extracting(resource -> resource.address().type()).containsExactly("realm");
        assertThat(expansion.notices()).containsExactly(new Plan.Notice.General(
                "left to Keycloak, which lets nobody change its admin client and roles: realm-management (2)"));
    }

    @Test
    void soAreTheRolesOfMasterThatHoldTheAdminRoles() {
        String roles = """
                {"realm": "%s", "roles": {"realm": {"admin": {"composites": {"realm": ["create-realm"]}}, "create-realm": {}}}}""";

        assertThat(expand(roles.formatted("master")).resources()).extracting(resource -> resource.address().type())
                .containsExactly("realm");
        assertThat(expand(roles.formatted("master")).notices()).containsExactly(new Plan.Notice.General(
                "left to Keycloak, which lets nobody change its admin client and roles: admin (1), create-realm (1)"));
        assertThat(expand(roles.formatted("retail")).resources()).hasSize(3);
    }

    @Test
    void aBlankFlowIsNone() {
        Expansion expansion = expand("""
                {"realm": "retail", "clients": {"shop": {"authenticationFlowBindingOverrides": {
                 "browser": "  ", "direct_grant": "", "docker": "own"}}}}""");

        assertThat(expansion.resources()).filteredOn(resource -> resource.address().type().equals("client"))
                .singleElement()
                .extracting(resource -> resource.value().map("authenticationFlowBindingOverrides"))
                .isEqualTo(Value.EMPTY_MAP.with("docker", Value.text("own")));
    }

    @Test
    void whatIsLeftToKeycloakCannotBeDeleted() {
        assertThat(expandWithProblems("""
                {"realm": "master", "roles": {"realm": {"admin": {"$delete": true}}}}""").problems()).singleElement()
                .extracting(Problem::what)
                .isEqualTo("realm-role/master/admin cannot be deleted: Keycloak lets nobody change it");
    }

    @Test
    void whatOlderFilesSayOfProtectedResourcesIsUnderstood() {
        Expansion expansion = expand(
                """
                {"realm": "retail", "clients": {"shop": {"authorizationSettings": {"resources": {
                 "One": {"uri": "/a", "owner": {"name": "service-account-shop"}}, "Both": {"uri": "/a", "uris": ["/b"]}, "None": {"uri": ""}}}}}}""");

        assertThat(expansion.resources())
                .filteredOn(resource -> resource.address().type().equals("authorization-resource"))
                .extracting(resource -> resource.address().name() + " " + resource.value().fields())
                .containsExactlyInAnyOrder("One {uris=" + Value.texts(List.of("/a")) + "}",
                        "Both {uris=" + Value.texts(List.of("/b")) + "}", "None {}");
    }

    @Test
    void organizationsInARealmThatSwitchesThemOffAreAnError() {
        String document = "{\"realm\": \"retail\", %s\"organizations\": [{\"alias\": \"acme\", \"name\": \"Acme\"}]}";

        assertThat(expandWithProblems(document.formatted("\"organizationsEnabled\": false, ")).problems())
                .extracting(Problem::what)
                .singleElement()
                .asString()
                .startsWith("the organization acme is declared, and organizationsEnabled is false at ");
        expand(document.formatted(""));
        expand("{\"realm\": \"retail\", \"organizationsEnabled\": false, \"organizations\": []}");
    }

    @Test
    void aMailPasswordThatIsSwitchedOffIsAnError() {
        String document = "{\"realm\": \"retail\", \"smtpServer\": {%s\"host\": \"h\", \"password\": \"p\"}}";

        for (String off : List.of("\"auth\": false, ", "\"auth\": \"false\", ", "\"auth\": \"\", ")) {
            assertThat(expandWithProblems(document.formatted(off)).problems()).extracting(Problem::what)
                    .containsExactly("smtpServer has password and no auth: true, and the server drops the login then");
        }
        expand(document.formatted("\"auth\": true, "));
        expand(document.formatted("\"auth\": \"true\", "));
        expand(document.formatted(""));
    }

    @Test
    void aFlowThatDoesNotSayWhetherItIsAtTheTopStaysThereUnlessAStepRefersToIt() {
        assertThat(expand("""
                {"realm": "retail", "authenticationFlows": [
                 {"alias": "mine", "topLevel": null, "authenticationExecutions": [{"flowAlias": "inner"}]},
                 {"alias": "inner", "topLevel": null, "authenticationExecutions": []}]}""").resources())
                .extracting(resource -> resource.address().toString())
                .contains("flow/retail/mine")
                .doesNotContain("flow/retail/inner");
    }

    @Test
    void aDocumentWithoutARealmIsAnError() {
        assertThat(expandWithProblems("{\"enabled\": true}").problems()).singleElement()
                .extracting(Problem::what)
                .isEqualTo("the document names no realm");
    }

    @Test
    void clientRolesNeedAClientThatIsDeclaredOrBuiltIn() {
        assertThat(expandWithProblems(
                """
                {"realm": "retail", "clients": {"pay": {}}, "roles": {"client": {"pay": [], "account": [], "typo": []}}}""")
                .problems())
                .singleElement()
                .extracting(Problem::what)
                .asString()
                .contains("typo");
    }

    @Test
    void referencesNameTheFieldThatHoldsThem() {
        Resource role = expand("""
                {"realm": "retail", "roles": {"realm": {"approver": {"composites": {"realm": {"$add": ["basic"]},
                   "client": {"pay": ["read"]}}}}}}""").resources().getLast();

        assertThat(new RealmRoleType().references(role))
                .extracting(reference -> reference.to() + " at " + reference.at())
                .containsExactlyInAnyOrder("realm/retail at ", "realm-role/retail/basic at composites.realm",
                        "client/retail/pay at composites.client.pay",
                        "client-role/retail/pay/read at composites.client.pay");
    }

    private static Expansion expand(String json) {
        Expansion expansion = expandWithProblems(json);
        assertThat(expansion.problems()).isEmpty();
        return expansion;
    }

    private static Expansion expandWithProblems(String json) {
        return new RealmDocument().expand((Value.MapOf) Json.parse(json), Origin.NONE);
    }
}
