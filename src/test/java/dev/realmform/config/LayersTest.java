package dev.realmform.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayersTest {

    @TempDir
    private Path temp;

    private Folder folder;

    @BeforeEach
    void makeFolder() {
        folder = new Folder(temp);
    }

    /** Each text is a file with an {@code -f} of its own. */
    private Resource layers(String... texts) {
        String[] names = new String[texts.length];
        for (int i = 0; i < texts.length; i++) {
            names[i] = "l" + i + ".yaml";
            folder.with(names[i], (i == 0 ? "realm: r\n" : "") + texts[i] + "\n");
        }
        return folder.realm(names);
    }

    private Value.MapOf client(String... texts) {
        String[] clients = java.util.Arrays.stream(texts)
                .map(text -> "clients: {a: " + text + "}")
                .toArray(
                        String[]::new);
        return layers(clients).value().map("clients").map("a");
    }

    @Test
    void theLaterLayerWinsFieldByField() {
        Resource realm = layers("displayName: one\nenabled: true", "displayName: two");

        assertThat(realm.value().text("displayName")).contains("two");
        assertThat(realm.value().isTrue("enabled")).isTrue();
    }

    @Test
    void theSourceOfAFieldIsThatOfTheValueThatWon() {
        Resource realm = layers("displayName: one\nclients: {a: {name: x}}",
                "clients:\n  a:\n    name: y\n    description: z\n");

        assertThat(realm.origin().at(dev.realmform.model.Path.of("displayName"))).hasToString("l0.yaml:2");
        assertThat(realm.origin().at(dev.realmform.model.Path.of("clients", "a"))).hasToString("l0.yaml:3");
        assertThat(realm.origin().at(dev.realmform.model.Path.of("clients", "a", "name"))).hasToString("l1.yaml:3");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {redirectUris: [x, y]}           | {redirectUris: [z]}                         | {redirectUris: [z]}
            {redirectUris: [x, y]}           | {redirectUris: {$add: [z]}}                 | {redirectUris: [x, y, z]}
            {redirectUris: [x, y]}           | {redirectUris: {$add: [z], $remove: [x]}}   | {redirectUris: [y, z]}
            {redirectUris: {$add: [x]}}      | {redirectUris: {$add: [z], $remove: [y]}}   | {redirectUris: {$add: [x, z], $remove: [y]}}
            {redirectUris: {$add: [x, y]}}   | {redirectUris: {$remove: [x]}}              | {redirectUris: {$add: [y], $remove: [x]}}
            {redirectUris: {$remove: [x]}}   | {redirectUris: {$add: [x]}}                 | {redirectUris: {$add: [x]}}
            {redirectUris: {$add: [x]}}      | {redirectUris: [z]}                         | {redirectUris: [z]}
            {redirectUris: null}             | {redirectUris: {$add: [x]}}                 | {redirectUris: [x]}
            {name: a}                        | {redirectUris: {$add: [x]}}                 | {name: a, redirectUris: {$add: [x]}}
            {attributes: {a: "1", b: "1"}}   | {attributes: {b: "2", c: "2"}}              | {attributes: {a: "1", b: "2", c: "2"}}
            {attributes: {a: "1"}}           | {attributes: null}                          | {attributes: null}
            {attributes: null}               | {attributes: {a: "1"}}                      | {attributes: {a: "1"}}
            {name: a, description: b}        | {name: null}                                | {name: null, description: b}
            {name: a, description: b}        | {$unset: [name]}                            | {description: b}
            {name: a, description: b}        | {$unset: true, baseUrl: c}                  | {baseUrl: c}
            {attributes: {a: "1", b: "1"}}   | {attributes: {$unset: [a]}}                 | {attributes: {b: "1"}}
            {attributes: {a: "1"}}           | {attributes: {$unset: true, b: "2"}}        | {attributes: {b: "2"}}
            {protocolMappers: [{name: m, protocol: saml}]} | {protocolMappers: {m: {protocolMapper: x}}} | {protocolMappers: {m: {protocol: saml, protocolMapper: x}}}
            {$serviceAccount: {realmRoles: [a]}} | {$serviceAccount: {realmRoles: {$add: [b]}}} | {$serviceAccount: {realmRoles: [a, b]}}
            """)
    void twoLayersMerge(String lower, String upper, String merged) {
        assertThat(client(lower, upper)).isEqualTo(client(merged));
    }

    @Test
    void threeLayersMergeInTheirOrder() {
        assertThat(client("{redirectUris: [a, b]}", "{redirectUris: {$remove: [a]}}", "{redirectUris: {$add: [a]}}")
                .texts("redirectUris")).containsExactly("b", "a");
    }

    @Test
    void aMemberThatIsTakenBackIsGone() {
        Resource realm = layers("clients: {a: {name: x}, b: {}}", "clients: {a: {$unset: true}}");

        assertThat(realm.value().map("clients").fields()).containsOnlyKeys("b");
    }

    @Test
    void whatNoEarlierLayerDeclaresCannotBeTakenBack() {
        folder.with("l0.yaml", "realm: r\nenabled: true\n").with("l1.yaml", "$unset: [enabld]\n");

        assertThat(folder.problems("l0.yaml", "l1.yaml")).containsExactly(
                "$unset takes back what an earlier layer declares, and none declares enabld\n"
                        + "l1.yaml:1:10  $unset[0]\nRemove it, or correct the name. Similar: enabled.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            $unset: enabled           | [enabled]
            $unset: {enabled: true}   | [name]
            $unset: false             | [name]
            """)
    void takingBackTakesNamesOrTheWhole(String text, String remedy) {
        folder.with("l0.yaml", "realm: r\nenabled: true\n").with("l1.yaml", text + "\n---\n" + text + "\n");

        assertThat(folder.problems("l0.yaml", "l1.yaml")).containsExactly(
                "$unset takes a list of names, or true for the whole block\nl1.yaml:1:9  $unset\nWrite $unset: "
                        + remedy + ".");
    }

    @Test
    void listsAndMapsOfNamedMembersAreTheSame() {
        assertThat(layers("clients: [{clientId: a, name: x}]").value()).isEqualTo(
                layers("clients: {a: {name: x}}").value());
        assertThat(layers("groups: [{name: A, subGroups: [{name: B, path: /x}]}]").value().map("groups")).isEqualTo(
                layers("groups: {/A: {subGroups: {B: {path: /x}}}}").value().map("groups"));
    }

    @Test
    void groupsByPathHangTogether() {
        Value.MapOf groups = layers("groups: {/A/B/C: {}, /A: {description: x}, /D~/E: {}}").value().map("groups");

        assertThat(groups.fields()).containsOnlyKeys("A", "D/E");
        assertThat(groups.map("A").text("description")).contains("x");
        assertThat(groups.map("A").has("$implied")).isFalse();
        assertThat(groups.map("A").map("subGroups").map("B").isTrue("$implied")).isTrue();
        assertThat(groups.map("A").map("subGroups").map("B").map("subGroups").map("C")).isEqualTo(Value.EMPTY_MAP);
    }

    @Test
    void aGroupThatOneLayerMentionsAndAnotherDeclaresIsDeclared() {
        assertThat(layers("groups: {/A/B: {}}", "groups: {/A: {}}").value().map("groups").map("A").has("$implied"))
                .isFalse();
        assertThat(layers("groups: {/A: {}}", "groups: {/A/B: {}}").value().map("groups").map("A").has("$implied"))
                .isFalse();
        assertThat(layers("groups: {/A/B: {}}", "groups: {/A/C: {}}").value().map("groups").map("A").isTrue("$implied"))
                .isTrue();
    }

    @Test
    void membersMayBeWrittenLong() {
        assertThat(layers("groups: {/A: {$members: [{user: ada}, lin]}}").value()
                .map("groups")
                .map("A")
                .texts("$members")).containsExactly("ada", "lin");
    }

    @Test
    void someoneElsesMembersAndOursAtOnceAreRefused() {
        folder.with("l0.yaml", "realm: r\ngroups: {/A: {$members: unmanaged}}\n")
                .with("l1.yaml", "groups: {/A: {$members: {$add: [ada]}}}\n");

        assertThat(folder.problems("l0.yaml", "l1.yaml")).containsExactly(
                "this changes a set in part, and what stands at l0.yaml:2 is no list\n"
                        + "l1.yaml:1:25  groups./A.$members\nGive the whole list in one of the two places.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"l0.yaml", "d"})
    void aSetInPartCannotAddAndRemoveTheSame(String first) {
        String both = "clients: {a: {redirectUris: {$add: [x, y], $remove: [y]}}}\n";
        folder.with("l0.yaml", "realm: r\nclients: {a: {redirectUris: [x]}}\n")
                .with("d/a.yaml", "realm: r\nclients: {a: {redirectUris: {$add: [z]}}}\n")
                .with("l1.yaml", both);

        assertThat(folder.problems(first, "l1.yaml")).containsExactly(
                "this is removed and added at once\nl1.yaml:1:54  clients.a.redirectUris.$remove[0]\n"
                        + "It is added at l1.yaml:1. Keep one of the two.");
        folder.with("d/b.yaml", both);
        assertThat(folder.problems("d")).hasSize(1);
    }

    @Test
    void groupsAreTakenBackByTheirPaths() {
        String lower = "groups: {/A: {}, /A/B: {}, /A/C: {realmRoles: []}, /D: {}}";
        assertThat(layers(lower, "groups: {$unset: [/A/B, /D]}").value())
                .isEqualTo(
                        layers("groups: {/A: {}, /A/C: {realmRoles: []}}", "enabled: true").value().without("enabled"));
        assertThat(layers(lower, "groups: {/A/B: {$unset: true}, /D: {$unset: true}}").value())
                .isEqualTo(layers(lower, "groups: {$unset: [/A/B, /D]}").value());
        assertThat(layers(lower, "groups: {$unset: [/A]}").value().map("groups").fields()).containsOnlyKeys("D");
        folder.with("l0.yaml", "realm: r\n" + lower + "\n").with("l1.yaml", "groups: {$unset: [A/B, /A/X]}\n");
        assertThat(folder.problems("l0.yaml", "l1.yaml")).satisfiesExactly(
                bare -> assertThat(bare).contains("the key of a group is its path", "l1.yaml:1:19", "\"/A/B\""),
                unknown -> assertThat(unknown).contains("none declares this", "l1.yaml:1:24"));
    }

    @Test
    void filesOfOneFolderSayOneThingTogether() {
        folder.with("d/a.yaml", "realm: r\nclients: {a: {redirectUris: [x], attributes: {k: v}}}\n")
                .with("d/b.yaml", "clients: {a: {redirectUris: {$add: [y]}, attributes: {l: w}}, b: {}}\n")
                .with("d/c.yaml", "clients: {a: {attributes: {k: v}}}\n---\ngroups: {/A: {}}\n");
        Value.MapOf realm = folder.realm("d").value();

        assertThat(realm.map("clients").map("a").texts("redirectUris")).containsExactly("x", "y");
        assertThat(realm.map("clients").map("a").map("attributes").fields()).containsOnlyKeys("k", "l");
        assertThat(realm.map("groups").has("A")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            enabled: true                             | enabled: false                                | enabled
            clients: {a: {redirectUris: [x]}}         | clients: {a: {redirectUris: [y]}}             | clients.a.redirectUris
            clients: {a: {redirectUris: {$add: [x]}}} | clients: {a: {redirectUris: {$remove: [x]}}}  | clients.a.redirectUris.$remove[0]
            attributes: {a: null}                     | attributes: {a: x}                            | attributes.a
            attributes: {a: b}                        | attributes: [a]                               | attributes
            """)
    void filesOfOneFolderThatContradictEachOtherAreRefused(String one, String other, String path) {
        folder.with("d/a.yaml", "realm: r\n" + one + "\n").with("d/b.yaml", other + "\n");

        assertThat(folder.problems("d")).singleElement()
                .asString()
                .startsWith("two values for " + path + " contradict each other\nd/b.yaml:1:")
                .contains("The other one is at d/a.yaml:2.");
    }

    @Test
    void aKeyWithoutMembersTakesNothingBack() {
        folder.with("l0.yaml", "realm: r\nclients:\n  a: {protocolMappers: {m: {protocolMapper: x}}}\n")
                .with("l1.yaml", "clients:\n#  a: {enabled: false}\n")
                .with("l2.yaml", "clients:\n  a: {protocolMappers: }\n")
                .with("l3.yaml", "$unset: [clients]\nenabled: true\n");

        assertThat(folder.problems("l0.yaml", "l1.yaml")).containsExactly(
                "clients is empty, which would take back all that stands at l0.yaml:3\nl1.yaml:1:9  clients\n"
                        + "Remove the line, or name it under $unset if that is meant.");
        assertThat(folder.problems("l0.yaml", "l2.yaml")).singleElement()
                .asString()
                .startsWith("clients.a.protocolMappers is empty");
        assertThat(folder.realm("l0.yaml", "l3.yaml").value().has("clients")).isFalse();
    }

    @Test
    void aSetInAnotherOrderIsNoContradiction() {
        folder.with("d/a.yaml", "realm: r\nclients: {a: {redirectUris: [x, y]}}\n")
                .with("d/b.yaml", "clients: {a: {redirectUris: [y, x]}}\n");

        assertThat(folder.load("d").resources()).hasSize(1);
    }

    @Test
    void documentsOfSeveralRealmsGoApart() {
        folder.with("l0.yaml", "realm: a\ndisplayName: A\n---\nrealm: b\ndisplayName: B\n")
                .with("l1.yaml", "realm: b\ndisplayName: BB\n");
        DesiredState state = folder.load("l0.yaml", "l1.yaml");

        assertThat(state.realms()).containsExactly("a", "b");
        assertThat(state.resources().values()).extracting(resource -> resource.value().text("displayName").orElse(""))
                .containsExactly("A", "BB");
    }

    @Test
    void aDocumentWithoutARealmNeedsToBeTheOnlyChoice() {
        folder.with("l0.yaml", "realm: a\nenabled: true\n---\nrealm: b\nenabled: true\n")
                .with("l1.yaml", "displayName: x\n")
                .with("l2.yaml", "realm: c\nenabled: true\n");

        assertThat(folder.problems("l0.yaml", "l1.yaml")).containsExactly(
                "this document names no realm, and there are several: a, b\nl1.yaml:1:1\nAdd realm: name to it.");
        assertThat(folder.problems("l1.yaml")).containsExactly(
                "no document names the realm\nl1.yaml:1:1\nAdd realm: name.");
        assertThat(folder.load("l2.yaml", "l1.yaml").realms()).containsExactly("c");
    }

    @Test
    void whatIsNotManagedIsCountedOverAllLayers() {
        folder.with("l0.yaml", """
                realm: r
                userFederationMappers: [{name: a}, {name: b}]
                userFederationProviders: []
                clients: {x: {registeredNodes: {a: 1}}, y: {registeredNodes: {}}}
                """).with("l1.yaml", "userFederationMappers: [{name: b}, {name: c}]\n");

        assertThat(folder.load("l0.yaml", "l1.yaml").notices()).extracting(notice -> notice.text())
                .isEqualTo(List.of(
                        "not managed: clients.registeredNodes (1), userFederationMappers (3)"));
    }

    @Test
    void mappersOfOneNameLieInTheProvidersThatTheyName() {
        Resource realm = layers("""
                identityProviderMappers:
                - {name: team, identityProviderAlias: a, config: {claim: team}}
                - {name: team, identityProviderAlias: b, config: {claim: group}}""",
                "identityProviderMappers: {b: {team: {config: {syncMode: FORCE}}, mail: {}}}");

        assertThat(realm.value().map("identityProviderMappers")).isEqualTo(folder.with("same.yaml", """
                realm: s
                identityProviderMappers:
                  a: {team: {config: {claim: team}}}
                  b: [{name: team, config: {claim: group, syncMode: FORCE}}, {name: mail}]
                """).realm("same.yaml").value().map("identityProviderMappers"));
    }

    @Test
    void aMapperOfAListNamesItsProvider() {
        folder.with("l0.yaml", "realm: r\nidentityProviderMappers:\n- {name: team}\n- team\n");

        assertThat(folder.problems("l0.yaml")).containsExactly(
                "identityProviderAlias is missing: it says what this member lies in\nl0.yaml:3:3  identityProviderMappers[0]\nAdd it.",
                "a member of this list is a map with identityProviderAlias\nl0.yaml:4:3  identityProviderMappers[1]\n"
                        + "Write - identityProviderAlias: team.");
    }
}
