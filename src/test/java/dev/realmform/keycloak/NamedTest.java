package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.json.Json;
import dev.realmform.model.Address;
import dev.realmform.model.Origin;
import dev.realmform.model.Reference;
import dev.realmform.model.Resource;
import dev.realmform.model.Source;
import dev.realmform.model.Value;
import dev.realmform.provider.Expansion;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each section names of others: it has to be declared or live. */
class NamedTest {

    private static List<Resource> cut(String json) {
        Value.MapOf document = ((Value.MapOf) Json.parse(json)).with("realm", Value.text("r"));
        Expansion expansion = new RealmDocument().expand(document, Origin.of(new Source("r.yaml", 1, 1)));
        assertThat(expansion.problems()).isEmpty();
        return expansion.resources();
    }

    private static Set<Reference> named(String json, String type) {
        Resource resource = cut(json).stream()
                .filter(it -> it.address().type().equals(type))
                .findFirst()
                .orElseThrow();
        return KeycloakProvider.resourceType(type).named(resource);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            client | {"clients":{"a":{"defaultClientScopes":["s"]}}} | client-scope/r/s | defaultClientScopes
            client | {"clients":{"a":{"authenticationFlowBindingOverrides":{"browser":"f"}}}} | flow/r/f | authenticationFlowBindingOverrides.browser
            client | {"clients":{"a":{"protocolMappers":{"m":{"protocolMapper":"oidc-audience-mapper","config":{"included.client.audience":"b"}}}}}} | client/r/b | protocolMappers.m.config."included.client.audience"
            client | {"clients":{"a":{"protocolMappers":{"m":{"protocolMapper":"saml-audience-mapper","config":{"included.client.audience":"b"}}}}}} | client/r/b | protocolMappers.m.config."included.client.audience"
            client | {"clients":{"a":{"protocolMappers":{"m":{"protocolMapper":"oidc-usermodel-client-role-mapper","config":{"usermodel.clientRoleMapping.clientId":"b"}}}}}} | client/r/b | protocolMappers.m.config."usermodel.clientRoleMapping.clientId"
            client | {"clients":{"a":{"protocolMappers":{"m":{"protocolMapper":"oidc-hardcoded-role-mapper","config":{"role":"b.x"}}}}}} | client-role/r/b/x or realm-role/r/b.x | protocolMappers.m.config.role
            client-scope | {"clientScopes":{"a":{"protocolMappers":{"m":{"protocolMapper":"oidc-role-name-mapper","config":{"role":"x"}}}}}} | realm-role/r/x | protocolMappers.m.config.role
            flow | {"authenticationFlows":{"f":{"authenticationExecutions":{"s":{"authenticatorFlow":true,"authenticationExecutions":{"conditional-user-role":{"authenticatorConfig":{"alias":"c","config":{"condUserRole":"x"}}}}}}}}} | realm-role/r/x | authenticationExecutions.s.authenticationExecutions.conditional-user-role.authenticatorConfig.config.condUserRole
            flow | {"authenticationFlows":{"f":{"authenticationExecutions":{"conditional-client-scope":{"authenticatorConfig":{"alias":"c","config":{"client_scope":"s"}}}}}}} | client-scope/r/s | authenticationExecutions.conditional-client-scope.authenticatorConfig.config.client_scope
            flow | {"authenticationFlows":{"f":{"authenticationExecutions":{"identity-provider-redirector":{"authenticatorConfig":{"alias":"c","config":{"defaultProvider":"i"}}}}}}} | identity-provider/r/i | authenticationExecutions.identity-provider-redirector.authenticatorConfig.config.defaultProvider
            client-policy | {"clientPolicies":{"policies":{"p":{"profiles":["x"]}}}} | client-profile/r/x | profiles
            client-policy | {"clientPolicies":{"policies":{"p":{"conditions":[{"condition":"client-scopes","configuration":{"scopes":["s"]}}]}}}} | client-scope/r/s | conditions.0.configuration.scopes
            client-policy | {"clientPolicies":{"policies":{"p":{"conditions":[{"condition":"client-updater-source-roles","configuration":{"roles":["x"]}}]}}}} | realm-role/r/x | conditions.0.configuration.roles
            client-policy | {"clientPolicies":{"policies":{"p":{"conditions":[{"condition":"client-updater-source-groups","configuration":{"groups":["/A"]}}]}}}} | group/r/A | conditions.0.configuration.groups
            client-policy | {"clientPolicies":{"policies":{"p":{"conditions":[{"condition":"identity-provider-alias","configuration":{"identity_provider_aliases":["i"]}}]}}}} | identity-provider/r/i | conditions.0.configuration.identity_provider_aliases
            client-profile | {"clientProfiles":{"profiles":{"p":{"executors":[{"executor":"auth-flow-enforcer","configuration":{"auth-flow-alias":"f"}}]}}}} | flow/r/f | executors.0.configuration.auth-flow-alias
            identity-provider | {"identityProviders":{"i":{"firstBrokerLoginFlowAlias":"f"}}} | flow/r/f | firstBrokerLoginFlowAlias
            identity-provider | {"identityProviders":{"i":{"postBrokerLoginFlowAlias":"f"}}} | flow/r/f | postBrokerLoginFlowAlias
            identity-provider-mapper | {"identityProviderMappers":{"i":{"m":{"config":{"group":"/A/B"}}}}} | group/r/A/B or group/r/"A/B" | config.group
            identity-provider-mapper | {"identityProviderMappers":{"i":{"m":{"config":{"role":"x"}}}}} | realm-role/r/x | config.role
            component | {"components":{"ClientRegistrationPolicy":[{"name":"n","subType":"anonymous","providerId":"allowed-client-templates","config":{"allowed-client-scopes":["s"]}}]}} | client-scope/r/s | config.allowed-client-scopes
            user-profile | {"userProfile":{"attributes":{"a":{"selector":{"scopes":["s"]}}}}} | client-scope/r/s | attributes.a.selector.scopes
            user-profile | {"userProfile":{"attributes":{"a":{"required":{"scopes":["s"]}}}}} | client-scope/r/s | attributes.a.required.scopes
            user | {"users":{"ada":{"requiredActions":["own-action"]}}} | required-action/r/own-action | requiredActions
            user | {"users":{"ada":{"groups":["/A"]}}} | group/r/A | groups
            organization | {"organizations":{"o":{"identityProviders":["i"]}}} | identity-provider/r/i | identityProviders
            workflow | {"workflows":{"w":{"steps":[{"uses":"grant-role","with":{"role":"b/x"}}]}}} | client-role/r/b/x | steps.0.with.role
            workflow | {"workflows":{"w":{"steps":[{"uses":"join-group","with":{"group":["/A","/B"]}}]}}} | group/r/A, group/r/B | steps.0.with.group
            workflow | {"workflows":{"w":{"if":"has-role(b/x) and (not is-member-of(/A))"}}} | client-role/r/b/x, group/r/A | if
            workflow | {"workflows":{"w":{"on":"user-authenticated(b) or user-federated-identity-added(i)"}}} | client/r/b, identity-provider/r/i | on
            realm-bindings | {"browserFlow":"f"} | flow/r/f | browserFlow
            realm-bindings | {"defaultGroups":["/A"]} | group/r/A | defaultGroups
            realm-bindings | {"defaultDefaultClientScopes":["s"]} | client-scope/r/s | defaultDefaultClientScopes
            realm-role | {"roles":{"realm":{"a":{"composites":{"client":{"b":["x"]}}}}}} | client/r/b, client-role/r/b/x | composites.client.b
            scope-mappings | {"scopeMappings":[{"client":"a","roles":["x"]}]} | realm-role/r/x | realmRoles
            """)
    void aSectionNamesWhatItRefersTo(String type, String json, String to, String at) {
        Set<Reference> named = named(json, type);

        assertThat(named).filteredOn(reference -> reference.at().toString().equals(at))
                .extracting(NamedTest::text)
                .containsExactlyInAnyOrder(to.split(", "));
    }

    private static String text(Reference reference) {
        return reference.or().isEmpty() ? reference.to().toString()
                : reference.to() + " or "
                        + reference.or().stream().map(Address::toString).sorted().collect(Collectors.joining(" or "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            client | {"clients":{"a":{"protocolMappers":{"m":{"protocolMapper":"saml-hardcode-role-mapper","config":{"role":"any text"}}}}}}
            client | {"clients":{"a":{"protocolMappers":{"m":{"protocolMapper":"own-mapper","config":{"role":"x","included.client.audience":"b"}}}}}}
            client | {"clients":{"a":{"protocolMappers":{"m":{"protocolMapper":"oidc-audience-mapper","config":{"included.custom.audience":"b","included.client.audience":""}}}}}}
            client-policy | {"clientPolicies":{"policies":{"p":{"conditions":[{"condition":"client-roles","configuration":{"roles":["x"]}}]}}}}
            client-policy | {"clientPolicies":{"policies":{"p":{"conditions":[{"condition":"client-updater-source-groups","configuration":{"groups":["A"]}}]}}}}
            client-policy | {"clientPolicies":{"policies":{"p":{"conditions":[{"condition":"client-scopes","configuration":{"scopes":["openid"]}}]}}}}
            user | {"users":{"ada":{"requiredActions":["UPDATE_PASSWORD"]}}}
            workflow | {"workflows":{"w":{"on":"user-created or user-role-granted(x)"}}}
            """)
    void aTextThatMayMeanAnythingNamesNothing(String type, String json) {
        assertThat(named(json, type)).extracting(reference -> reference.to().type()).containsOnly("realm");
    }

    /** Two clients may name each other in audiences, a flow and an identity provider too: that makes no circle. */
    @Test
    void whatIsOnlyNamedMakesNoOrder() {
        Resource client = cut("""
                {"clients": {"a": {"protocolMappers": {"m": {"protocolMapper": "oidc-audience-mapper",
                  "config": {"included.client.audience": "b"}}}}}}""").stream()
                .filter(it -> it.address().type().equals(ClientType.NAME))
                .findFirst()
                .orElseThrow();

        assertThat(new ClientType().references(client)).extracting(Reference::to)
                .doesNotContain(ClientType.address("r", "b"));
    }
}
