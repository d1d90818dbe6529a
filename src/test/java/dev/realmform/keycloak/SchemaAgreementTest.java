package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.realmform.provider.Field;
import java.io.File;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published schema and the resource types say the same of each field. */
class SchemaAgreementTest {

    /** What is no field of the value: the names, which are in the address, and what becomes resources of its own. */
    private static final Set<String> APART = Set.of("realm", "clientId", "name", "username", "path",
            "serviceAccountClientId", "alias", "identityProviderAlias",
            "realmform", "clients", "clientScopes", "roles", "groups", "users", "subGroups", "defaultRole",
            "defaultRoles", "scopeMappings", "clientScopeMappings", "localizationTexts", "messageBundles",
            "clientProfiles", "clientPolicies", "defaultGroups",
            "defaultDefaultClientScopes",
            "defaultOptionalClientScopes", "identityProviders", "identityProviderMappers", "authorizationSettings",
            "adminPermissionsClient", "authenticationFlows",
            "authenticatorConfig", "requiredActions", "browserFlow", "registrationFlow", "directGrantFlow",
            "resetCredentialsFlow", "clientAuthenticationFlow", "dockerAuthenticationFlow", "firstBrokerLoginFlow",
            "components", "subComponents", "subType", "userProfile", "organizations", "workflows", "members",
            "expect");

    @ParameterizedTest
    @CsvSource({"realm,", "client,client", "client-scope,clientScope", "client-profile,clientProfile",
        "client-policy,clientPolicy", "client-role,role", "realm-role,role",
        "group,group", "user,user", "identity-provider,identityProvider",
        "identity-provider-mapper,identityProviderMapper", "flow,authenticationFlow",
        "required-action,requiredAction", "organization,organization", "organization-group,group", "workflow,workflow",
        "authorization,authorization", "authorization-scope,authorizationScope",
        "authorization-resource,authorizationResource", "authorization-policy,authorizationPolicy",
        "component,component", "sub-component,component"})
    void flagsInTheSchemaAreFactsOfTheType(String type, String definition) throws IOException {
        JsonNode schema = new ObjectMapper().readTree(new File("schema/desired-state.schema.json"));
        JsonNode properties = (definition == null ? schema : schema.path("$defs").path(definition)).path("properties");
        Field root = KeycloakProvider.TYPES.stream()
                .filter(one -> one.name().equals(type))
                .findFirst()
                .orElseThrow()
                .schema()
                .root();

        Map<String, Set<String>> published = new TreeMap<>();
        Map<String, Set<String>> known = new TreeMap<>();
        properties.properties().forEach(property -> {
            String name = property.getKey();
            JsonNode flags = property.getValue();
            boolean member = type.equals(AuthorizationType.NAME) && AuthorizationType.MEMBERS.contains(name);
            boolean apart = member
                    || (APART.contains(name) && !(type.equals("user") && name.equals("groups"))
                            && !(type.equals("organization") && name.equals("identityProviders")));
            if (!name.startsWith("$") && !apart
                    && !flags.at("/x-realmform/support").asText().equals("later")) {
                published.put(name, published(flags));
                known.put(name, known(root.at(name)));
            }
        });

        assertThat(known).isEqualTo(published);
    }

    private static Set<String> published(JsonNode flags) {
        Set<String> set = new TreeSet<>();
        for (String flag : Set.of("uniqueItems", "readOnly", "writeOnly")) {
            if (flags.path(flag).asBoolean()) {
                set.add(flag);
            }
        }
        return set;
    }

    private static Set<String> known(Field field) {
        Set<String> set = new TreeSet<>();
        if (field.kind() == Field.Kind.SET) {
            set.add("uniqueItems");
        }
        if (field.is(Field.Trait.COMPUTED)) {
            set.add("readOnly");
        }
        if (field.isSecret()) {
            set.add("writeOnly");
        }
        return set;
    }
}
