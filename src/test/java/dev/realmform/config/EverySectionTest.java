package dev.realmform.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.realmform.keycloak.RealmDocument;
import dev.realmform.model.Problem;
import dev.realmform.model.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One key that no server knows, put into each map of a document that uses every section: what becomes of it. */
class EverySectionTest {

    private static final Path DOCUMENT = Path.of("src/test/resources/unknown/every-section.yaml");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final String KEY = "frobnicate";

    @TempDir
    private Path temp;

    private Folder folder;

    @BeforeEach
    void makeFolder() {
        folder = new Folder(temp);
    }

    private interface Trial {
        void at(String path, ObjectNode map, ObjectNode document);
    }

    private static void each(Trial trial) {
        for (String path : paths()) {
            ObjectNode document = document();
            JsonNode map = path.isEmpty() ? document : document.at(path);
            trial.at(path, (ObjectNode) map, document);
        }
    }

    private static List<String> paths() {
        List<String> paths = new ArrayList<>();
        walk("", document(), paths);
        return paths;
    }

    private static void walk(String path, JsonNode node, List<String> paths) {
        if (path.equals("/realmform")) {
            return;
        }
        if (node.isObject()) {
            paths.add(path);
            node.properties()
                    .forEach(entry -> walk(path + "/" + entry.getKey().replace("~", "~0").replace("/", "~1"),
                            entry.getValue(), paths));
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            walk(path + "/" + i, node.get(i), paths);
        }
    }

    private static ObjectNode document() {
        try {
            return (ObjectNode) YAML.readTree(Files.readString(DOCUMENT));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Loader.Loaded load(ObjectNode document) {
        try {
            return folder.with("r.yaml", YAML.writeValueAsString(document))
                    .loaded(new RealmDocument(), "r.yaml");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theDocumentUsesEverySectionThatIsManaged() {
        ObjectNode document = document();
        List<String> missing = new ArrayList<>();
        Shape.schema().path("properties").properties().forEach(section -> {
            JsonNode field = section.getValue();
            String reference = field.path("$ref").asText();
            boolean holds = field.has("properties") || field.has("patternProperties")
                    || (field.has("items") && field.path("items").has("$ref"))
                    || List.of("#/$defs/textMap", "#/$defs/components").contains(reference);
            if (holds && !field.path("deprecated").asBoolean() && !field.has("x-realmform.support")
                    && !document.has(section.getKey())) {
                missing.add(section.getKey());
            }
        });

        assertThat(missing).isSubsetOf(NOT_MANAGED);
        assertThat(load(document).problems()).isEmpty();
    }

    /** Maps whose keys are of the user's choice, or of a provider that anybody may have written. */
    private static final String[] FREE = """
            /attributes
            /authenticationFlows/step-up/authenticationExecutions/2/authenticatorConfig/config
            /authenticatorConfig/there/config
            /browserSecurityHeaders
            /clientPolicies/policies/web/conditions/0/configuration
            /clientProfiles/profiles/strict/executors/0/configuration
            /clientScopes/ledger/attributes
            /clientScopes/ledger/protocolMappers/audience/config
            /clients/shop/attributes
            /clients/shop/authenticationFlowBindingOverrides
            /clients/shop/authorizationSettings/policies/approvers/config
            /clients/shop/authorizationSettings/resources/order/attributes
            /clients/shop/protocolMappers/audience/config
            /components/UserStorageProvider/corp/config
            /components/UserStorageProvider/corp/subComponents/LDAPStorageMapper/phone/config
            /identityProviderMappers/corp/roles/config
            /identityProviders/corp/config
            /localizationTexts/de
            /requiredActions/UPDATE_PASSWORD/config
            /userProfile/attributes/badge/annotations
            /userProfile/attributes/badge/validations
            /userProfile/attributes/badge/validations/length
            /userProfile/groups/work/annotations
            /users/ada/attributes
            /workflows/leave/steps/0/with
            """.strip().split("\n");

    /** Taken apart into other things: what is not known there can go nowhere. */
    private static final List<String> TAKEN_APART = List.of("/scopeMappings/0", "/clientScopeMappings/shop/0", "/roles",
            "/authenticationFlows/step-up", "/authenticationFlows/step-up/authenticationExecutions/0",
            "/authenticationFlows/step-up/authenticationExecutions/1",
            "/authenticationFlows/step-up/authenticationExecutions/2",
            "/authenticationFlows/step-up/authenticationExecutions/2/authenticatorConfig",
            "/authenticationFlows/step-up/authenticationExecutions/3", "/authenticationFlows/step-up forms",
            "/authenticationFlows/step-up forms/authenticationExecutions/0", "/authenticatorConfig/there",
            "/clientProfiles", "/clientPolicies");

    /** A blueprint is drawn, not managed, and a cluster is no part of a realm: both have tests of their own. */
    private static final List<String> NOT_MANAGED = List.of("adminPermissionsClient", "messageBundles", "osmo",
            "cluster");

    @Test
    void anUnknownKeyIsToldFromATypingErrorWhereverItStands() {
        Map<String, String> wrong = new TreeMap<>();
        Set<String> free = new TreeSet<>();
        Set<String> named = new TreeSet<>();
        each((path, map, document) -> {
            map.put(KEY, "1");
            String said = said(document);
            if (said.isEmpty()) {
                free.add(path);
            } else if (isOfAnotherKind(said)) {
                named.add(path);
            } else if (!said.contains("unknown key \"" + KEY + "\"") || !said.contains("r.yaml:")
                    || !said.contains("allow it: --allow-unknown " + KEY)) {
                wrong.put(path, said);
            }
        });

        assertThat(wrong).isEmpty();
        assertThat(free).containsExactly(FREE);
        assertThat(named).contains("/clients", "/roles/client", "/components", "/groups")
                .hasSizeGreaterThan(20);
    }

    /** Whether the map has members with names of the user's choice, which are no texts. */
    private static boolean isOfAnotherKind(String said) {
        return said.contains(KEY + " must be a ") || said.contains("the key of a group is its path");
    }

    /** What a run says about a document; empty if it is well. */
    private String said(ObjectNode document) {
        try {
            return String.join("\n", load(document).problems().stream().map(Folder::text).toList());
        } catch (dev.realmform.model.ProblemException e) {
            return String.join("\n", e.problems().stream().map(Folder::text).toList());
        }
    }

    @Test
    void aKeyWithALetterTooManySaysWhatMayBeMeant() {
        Map<String, String> wrong = new TreeMap<>();
        each((path, map, document) -> {
            List<String> names = new ArrayList<>();
            map.fieldNames().forEachRemaining(names::add);
            String name = names.getFirst();
            JsonNode value = Objects.requireNonNull(map.remove(name));
            map.set(name + "x", value);
            String said = said(document);
            if (said.contains("unknown key \"" + name + "x\"") && !said.contains("Similar: " + name)) {
                wrong.put(path, said);
            }
        });

        assertThat(wrong).isEmpty();
    }

    @Test
    void anUnknownKeyThatIsAllowedIsPartOfAResourceWhereverItStands() {
        folder.allowUnknown("*");
        List<String> lost = new ArrayList<>();
        each((path, map, document) -> {
            map.put(KEY, "passes");
            try {
                boolean kept = load(document).state()
                        .resources()
                        .values()
                        .stream()
                        .anyMatch(resource -> isIn(resource.value()) || resource.address().name().equals(KEY));
                if (!kept) {
                    lost.add(path);
                }
            } catch (dev.realmform.model.ProblemException e) {
                List<String> said = e.problems().stream().map(Problem::what).toList();
                if (said.stream().noneMatch(EverySectionTest::isOfAnotherKind)) {
                    lost.add(path + " " + said);
                }
            }
        });

        assertThat(lost).containsExactlyElementsOf(TAKEN_APART.stream()
                .map(path -> path + " [\"" + KEY + "\" is allowed, and would be lost all the same]")
                .toList());
    }

    private static boolean isIn(Value value) {
        return switch (value) {
            case Value.MapOf map -> map.has(KEY) || map.fields().values().stream().anyMatch(EverySectionTest::isIn);
            case Value.ListOf list -> list.items().stream().anyMatch(EverySectionTest::isIn);
            default -> false;
        };
    }
}
