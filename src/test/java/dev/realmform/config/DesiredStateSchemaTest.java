package dev.realmform.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DesiredStateSchemaTest {

    private static final Path EXAMPLES = Path.of("examples");

    /** Values of Helm charts. */
    private static final List<Path> VALUES = List.of(EXAMPLES.resolve("osmo/values"),
            EXAMPLES.resolve("cluster/values"));
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDialect(Dialect
            .builder(Dialects.getDraft202012())
            .keyword(new NonValidationKeyword("x-realmform"))
            .build());
    private static final JsonNode TEXT = read(Path.of("schema/desired-state.schema.json"));
    private static final Schema SCHEMA = REGISTRY.getSchema(TEXT);

    @Test
    void theSchemaItselfIsValid() {
        Schema meta = REGISTRY.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        assertThat(meta.validate(TEXT)).isEmpty();
        assertThat(meta.validate(yaml("{type: nonsense}"))).isNotEmpty();
    }

    @Test
    void theSchemaIsOnTheClassPath() throws IOException {
        try (var stream = DesiredStateSchemaTest.class.getResourceAsStream("/schema/desired-state.schema.json")) {
            assertThat(stream).isNotNull();
        }
    }

    @Test
    void everyFieldHasATitleAndADescription() {
        List<String> silent = new ArrayList<>();
        int[] fields = {0};
        walk(TEXT, "", (path, node) -> {
            fields[0]++;
            if (node.path("title").asText().isBlank() || node.path("description").asText().isBlank()) {
                silent.add(path);
            }
        });

        assertThat(silent).isEmpty();
        assertThat(fields[0]).isGreaterThan(300);
    }

    @Test
    void everyObjectOfASupportedSectionRefusesUnknownKeys() {
        List<String> open = new ArrayList<>();
        walk(TEXT, "", (path, node) -> {
            boolean members = node.has("properties") || node.has("patternProperties");
            if (members && !node.has("additionalProperties")) {
                open.add(path);
            }
        });

        assertThat(open).isEmpty();
    }

    @Test
    void everyReferenceInTheSchemaLeadsSomewhere() {
        List<String> refs = TEXT.findValuesAsText("$ref");

        assertThat(refs).hasSizeGreaterThan(200)
                .allSatisfy(ref -> assertThat(TEXT.at(ref.substring(1)).isObject()).isTrue());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsValidAndNamesTheSchema(Path example) throws IOException {
        String firstLine = Files.readAllLines(example).getFirst();
        String reference = firstLine.replace("# yaml-language-server: $schema=", "");

        assertThat(example.resolveSibling(reference).normalize())
                .isEqualTo(Path.of("schema/desired-state.schema.json"));
        assertThat(SCHEMA.validate(read(example))).isEmpty();
    }

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.walk(EXAMPLES)) {
            return files
                    .filter(file -> file.toString().endsWith(".yaml") && VALUES.stream().noneMatch(file::startsWith))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aRealmExportIsValid() {
        assertThat(SCHEMA.validate(read(Path.of("src/test/resources/schema/export.json")))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a list                    | {clients: [{clientId: a}], users: [{username: ada}], groups: [{name: A, path: /A}]}
            a map                     | {clients: {a: {}}, users: {ada: {}}, groups: {/A: {}, /A/B: {}}}
            roles as maps             | {roles: {realm: {r: {}}, client: {c: {x: {}}, d: [{name: y}]}}}
            null empties a field      | {displayName: null, notBefore: null, enabled: null, clients: {a: {webOrigins: null}}}
            a reference for any type  | {enabled: "$(var:on)", accessTokenLifespan: "$(env:TTL:-300)", sslRequired: "$(var:ssl)"}
            a reference for a set     | {clients: {a: {redirectUris: "$(var:uris)"}}}
            part of a set             | {clients: {a: {redirectUris: {$add: [x], $remove: [y]}}}}
            members as a list         | {groups: {/A: {$members: [ada]}}}
            members in part           | {groups: {/A: {$members: {$add: [ada]}}}}
            members by somebody else  | {groups: {/A: {$members: unmanaged}}}
            keys of ours on a client  | {clients: {a: {$was: b, $delete: false, $protect: true, $ignore: [x], $unset: [name]}}}
            a service account         | {clients: {a: {$serviceAccount: {realmRoles: [r], clientRoles: {b: [x]}, groups: [/A]}}}}
            attributes as any scalar  | {attributes: {a: x, b: 1, c: true, d: null}}
            the short form            | {realmform: 1, realm: r}
            unsupported sections      | {federatedUsers: [{x: 1}], userFederationProviders: [{a: b}], browserFlow: my flow}
            a whole collection        | {realmform: {manage: {clients: full, groups: ["/A/*"]}}}
            """)
    void isAccepted(String what, String document) {
        assertThat(SCHEMA.validate(yaml(document))).as(what).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                          | additionalProperties | {displaName: x}
            /accessTokenLifespan          | pattern              | {accessTokenLifespan: soon}
            /accessTokenLifespan          | type                 | {accessTokenLifespan: 1.5}
            /enabled                      | type                 | {enabled: 1}
            /sslRequired                  | enum                 | {sslRequired: some}
            /sslRequired                  | enum                 | {sslRequired: 5}
            /clients/a                    | additionalProperties | {clients: {a: {redirectUri: []}}}
            /clients/1                    | required             | {clients: [{clientId: a}, {name: b}]}
            /clients/a                    | type                 | {clients: {a: null}}
            /clients                      | additionalProperties | {clients: {$delete: {}}}
            /clients/0/redirectUris       | uniqueItems          | {clients: [{clientId: a, redirectUris: [x, x]}]}
            /clients/a/redirectUris       | additionalProperties | {clients: {a: {redirectUris: {add: [x]}}}}
            /clients/a/protocolMappers/m  | additionalProperties | {clients: {a: {protocolMappers: {m: {confg: {}}}}}}
            /clients/a/attributes/x       | type                 | {clients: {a: {attributes: {x: [1]}}}}
            /users/ada                    | additionalProperties | {users: {ada: {firstname: Ada}}}
            /users/ada/clientRoles/c      | pattern              | {users: {ada: {clientRoles: {c: read}}}}
            /groups                       | additionalProperties | {groups: {Payments: {}}}
            /groups/0/subGroups/0         | additionalProperties | {groups: [{name: A, subGroups: [{name: B, realmRole: []}]}]}
            /groups/~1A/$members          | pattern              | {groups: {/A: {$members: everybody}}}
            /groups/~1A/$was              | type                 | {groups: {/A: {$was: 5}}}
            /roles/realm/r/composites     | additionalProperties | {roles: {realm: {r: {composites: {realms: []}}}}}
            /roles/client/c/r/description | type                 | {roles: {client: {c: {r: {description: [x]}}}}}
            /smtpServer                   | additionalProperties | {smtpServer: {hots: x}}
            /realmform/server/login       | additionalProperties | {realmform: {server: {login: {passwrd: x}}}}
            /realmform/server/timeout     | pattern              | {realmform: {server: {timeout: soon}}}
            /realmform/server/timeout     | pattern              | {realmform: {server: {timeout: 0s}}}
            /realmform/secrets/a          | maxProperties        | {realmform: {secrets: {a: {env: A, file: b}}}}
            /realmform/state              | minProperties        | {realmform: {state: {}}}
            /realmform/manage/clients     | pattern              | {realmform: {manage: {clients: some}}}
            /realmform                    | maximum              | {realmform: 2}
            """)
    void oneMistakeGivesOneErrorAtItsPlace(@Nullable String place, String keyword, String document) {
        List<Error> errors = SCHEMA.validate(yaml(document));

        assertThat(errors).hasSize(1);
        assertThat(pointer(errors.getFirst())).isEqualTo(place == null ? "" : place);
        assertThat(errors.getFirst().getKeyword()).isEqualTo(keyword);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /properties/smtpServer/properties/password | writeOnly
            /$defs/credential/properties/value         | writeOnly
            /$defs/client/properties/secret            | writeOnly
            /$defs/client/properties/id                | readOnly
            /$defs/group/properties/access             | readOnly
            /$defs/role/properties/containerId         | readOnly
            /$defs/client/properties/redirectUris      | uniqueItems
            /$defs/user/properties/groups              | uniqueItems
            /$defs/clientRoles/patternProperties/^[^$] | uniqueItems
            """)
    void theFlagsThatCodeReadsAreThere(String pointer, String flag) {
        assertThat(TEXT.at(pointer).path(flag).asBoolean()).isTrue();
    }

    @Test
    void whatComesLaterIsMarkedAndWhatIsKeptForLaterIsRefused() {
        JsonNode mappers = TEXT.at("/properties/userFederationMappers/x-realmform");
        JsonNode teams = TEXT.at("/properties/realmform/properties/teams/x-realmform");

        assertThat(mappers.path("support").asText()).isEqualTo("later");
        assertThat(mappers.path("refuse").asBoolean()).isFalse();
        assertThat(teams.path("support").asText()).isEqualTo("later");
        assertThat(teams.path("refuse").asBoolean()).isTrue();
    }

    /** 10,000 users took 0.1 s on two slow cores; the bound only catches a schema that explodes. */
    @Test
    void tenThousandUsersAreCheckedInOneAndAHalfSeconds() {
        JsonNode document = manyUsers(10_000);
        SCHEMA.validate(document);

        Instant start = Instant.now();
        List<Error> errors = SCHEMA.validate(document);

        assertThat(errors).isEmpty();
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofMillis(1500));
    }

    private static JsonNode manyUsers(int count) {
        ObjectNode document = YAML.createObjectNode();
        ArrayNode users = document.putArray("users");
        for (int i = 0; i < count; i++) {
            ObjectNode user = users.addObject()
                    .put("username", "user-" + i)
                    .put("enabled", true)
                    .put("email", "user-" + i + "@example.com")
                    .put("firstName", "First")
                    .put("lastName", "Last");
            user.putArray("groups").add("/a").add("/b");
        }
        return document;
    }

    private interface Visitor {
        void visit(String path, JsonNode node);
    }

    /** Visits each named field of the schema: the members of every {@code properties}. */
    private static void walk(JsonNode node, String path, Visitor visitor) {
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String below = path + "/" + entry.getKey();
            if (entry.getKey().equals("properties")) {
                entry.getValue()
                        .properties()
                        .forEach(field -> visitor.visit(below + "/" + field.getKey(), field.getValue()));
            }
            walk(entry.getValue(), below, visitor);
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            walk(node.get(i), path + "/" + i, visitor);
        }
    }

    private static String pointer(Error error) {
        StringBuilder pointer = new StringBuilder();
        var location = error.getInstanceLocation();
        for (int i = 0; i < location.getNameCount(); i++) {
            pointer.append('/').append(String.valueOf(location.getElement(i)).replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }

    private static JsonNode yaml(String text) {
        try {
            return YAML.readTree(text);
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }

    private static JsonNode read(Path file) {
        try {
            return YAML.readTree(Files.readString(file));
        } catch (IOException e) {
            throw new AssertionError(file.toString(), e);
        }
    }
}
