package dev.realmform.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The schema beside the classes by which the server itself reads realm documents: it knows each of their fields. */
class SchemaCoverageIT {

    private static final Pattern GETTER = Pattern.compile("(?:get|is)([A-Z]\\w*)");

    /** Other views of fields that the schema knows, aliases of some, and what no document has any more. */
    private static final Set<String> NO_FIELDS = Set.of("class", "attributesOrEmpty", "parsedClientPolicies",
            "parsedClientProfiles", "oAuth2DeviceCodeLifespan", "oAuth2DevicePollingInterval",
            "identityFederationEnabled",
            "rawAttributes", "iconUri", "scopesUma", "uri", "resourcesData", "scopesData", "resourceType");

    private static URLClassLoader server;
    private static JsonNode schema;

    @BeforeAll
    static void open() throws IOException {
        Path home = Path.of(System.getProperty("keycloak.home", "target/keycloak/keycloak-26.7.3"));
        List<URL> jars = new ArrayList<>();
        try (Stream<Path> files = Files.list(home.resolve("lib/lib/main"))) {
            for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                jars.add(jar.toUri().toURL());
            }
        }
        server = new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        schema = new ObjectMapper().readTree(Files.readString(Path.of("schema/desired-state.schema.json")));
    }

    @AfterAll
    static void close() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"RealmRepresentation, /properties", "ClientRepresentation, /$defs/client/properties",
        "ClientScopeRepresentation, /$defs/clientScope/properties",
        "ProtocolMapperRepresentation, /$defs/protocolMapper/properties",
        "RoleRepresentation, /$defs/role/properties", "GroupRepresentation, /$defs/group/properties",
        "UserRepresentation, /$defs/user/properties", "CredentialRepresentation, /$defs/credential/properties",
        "AuthenticationFlowRepresentation, /$defs/authenticationFlow/properties",
        "AuthenticationExecutionExportRepresentation, /$defs/authenticationExecution/properties",
        "RequiredActionProviderRepresentation, /$defs/requiredAction/properties",
        "IdentityProviderRepresentation, /$defs/identityProvider/properties",
        "IdentityProviderMapperRepresentation, /$defs/identityProviderMapper/properties",
        "ComponentExportRepresentation, /$defs/component/properties",
        "OrganizationDomainRepresentation, /$defs/organizationDomain/properties",
        "ClientPolicyRepresentation, /$defs/clientPolicy/properties",
        "ClientProfileRepresentation, /$defs/clientProfile/properties",
        "authorization.ResourceServerRepresentation, /$defs/authorization/properties",
        "authorization.ResourceRepresentation, /$defs/authorizationResource/properties"})
    void everyFieldOfTheServersClassIsInTheSchema(String type, String place) throws ClassNotFoundException {
        JsonNode known = schema.at(place);
        Set<String> missing = new TreeSet<>();
        int fields = 0;
        for (Method method : server.loadClass("org.keycloak.representations.idm." + type).getMethods()) {
            Matcher getter = GETTER.matcher(method.getName());
            if (getter.matches() && method.getParameterCount() == 0) {
                String field = getter.group(1).substring(0, 1).toLowerCase(java.util.Locale.ROOT)
                        + getter.group(1).substring(1);
                fields++;
                if (!known.has(field) && !NO_FIELDS.contains(field)) {
                    missing.add(field);
                }
            }
        }

        assertThat(missing).isEmpty();
        assertThat(fields).isGreaterThan(2);
    }
}
