package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.cli.demo.RealmExport;
import dev.realmform.keycloak.TypeNames;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.EveryType;
import dev.realmform.testing.RealKeycloak;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A realm that has something of every resource type, made by the admin API alone, is exported and deleted; from its exports it
 * is applied to the server, which has nothing of it, and is the same again. With {@code -Devery.type=FOLDER} the exports are
 * left there.
 */
@ExtendWith(RealKeycloak.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Isolated("It stops the server to export the realm.")
class EveryTypeIT {

    private static final String REALM = "every-type";

    /** Nobody answers there: nothing of the realm needs the people of a directory. */
    private static final String DIRECTORY = "ldap://127.0.0.1:9";

    /** What no export holds: who belongs to a group is said by users there. */
    private static final String MEMBERS = """
            realm: every-type
            groups: {/Sales/North: {$members: [lin]}}
            """;

    private static final List<String> MASKED = List.of("SMTP", "SHOP", "SIGNED", "CORP", "GITHUB", "GOOGLE", "ACME",
            "PLAIN", "BIND");

    /** What a partial export masks. */
    private static final String SECRETS = """
            realm: every-type
            smtpServer: {password: $(env:SMTP)}
            clients:
              shop: {secret: $(env:SHOP)}
              signed: {secret: $(env:SIGNED)}
              api: {$unset: [secret]}
              keyed: {$unset: [secret]}
              workload: {$unset: [secret]}
              https://seal.example.com/saml: {$unset: [secret]}
            identityProviders:
              corp: {config: {clientSecret: $(env:CORP)}}
              github: {config: {clientSecret: $(env:GITHUB)}}
              google: {config: {clientSecret: $(env:GOOGLE)}}
              acme-login: {config: {clientSecret: $(env:ACME)}}
              plain: {config: {clientSecret: $(env:PLAIN)}}
            components:
              org.keycloak.storage.UserStorageProvider: {directory: {config: {bindCredential: $(env:BIND)}}}
            """;

    /**
     * Next to nothing of each object: whatever else it holds is none of this file's business. Not of the client spa, which the
     * realm's client policies would make stricter at each change.
     */
    private static final String TOUCHED = """
            realm: every-type
            displayName: touched
            attributes: {own: touched}
            localizationTexts: {fr: {greeting: touched}}
            userProfile: {attributes: {badge: {displayName: touched}}}
            clientScopes: {ledger: {description: touched}, seals: {description: touched}, dynamic: {description: touched}}
            roles:
              realm:
                clerk: {description: touched}
                head clerk: {description: touched}
                default-roles-every-type: {description: touched}
              client: {shop: {seller: {description: touched}, manager: {description: touched}}}
            groups:
              /Sales: {description: touched}
              /Sales/North: {description: touched}
              /Sales/South~/West: {description: touched}
            users: {ada: {lastName: touched}, lin: {lastName: touched}, grace: {lastName: touched}}
            requiredActions: {TERMS_AND_CONDITIONS: {name: touched}}
            authenticationFlows:
              own browser: {description: touched}
              own clients: {description: touched}
            authenticatorConfig: {own redirector: {config: {defaultProvider: touched}}}
            identityProviders:
              corp: {displayName: touched}
              partner: {displayName: touched}
              github: {displayName: touched}
              plain: {displayName: touched}
              acme-login: {displayName: touched}
            clients:
              shop:
                name: touched
                authorizationSettings:
                  resources: {Orders: {displayName: touched}}
                  policies: {clerks: {type: role, description: touched}}
              api: {name: touched}
              signed: {name: touched}
              keyed: {name: touched}
              workload: {name: touched}
              https://seal.example.com/saml: {name: touched}
            clientProfiles: {profiles: {strict: {description: touched}}}
            clientPolicies: {policies: {outside: {description: touched}}}
            organizations: {acme: {description: touched}, partner: {description: touched}}
            """;

    /** What differs between any two realms that are made the same way. */
    private static final Pattern MADE_ANEW = Pattern.compile("/secret = |/secretData/");

    /** What a partial export lacks, and the admin API lists. */
    private static final List<String> LISTS = List.of("users", "organizations", "workflows");

    private static final List<String> EXPORTS = List.of("whole.json", "partial.json", "users.json",
            "organizations.json",
            "workflows.json");

    private static final List<String> WHOLE = List.of("-f", "whole.json", "-f", "members.yaml");
    private static final List<String> PARTIAL = List.of("-f", "partial.json", "-f", "users.json", "-f",
            "organizations.json",
            "-f", "workflows.json",
            "-f", "secrets.yaml");

    /** What is otherwise in the end, and why. */
    private static final List<String> OTHERWISE = List.of(
            // Only users themselves give it.
            "- /users/grace/clientConsents/",
            // Was deleted, comes with each new realm, and an export does not say that it is not there.
            "+ /requiredActions/webauthn-register/",
            // The server's values for what it was not told.
            "+ /attributes/scimApiEnabled = false", "+ /clients/api/attributes/backchannel.logout.",
            "+ /clients/keyed/attributes/backchannel.logout.", "+ /clients/signed/attributes/backchannel.logout.",
            "+ /clients/spa/attributes/backchannel.logout.", "+ /clients/workload/attributes/backchannel.logout.",
            "+ /users/service-account-keyed/attributes/department/ = sales",
            "+ /users/service-account-shop/attributes/department/ = sales",
            "+ /users/service-account-signed/attributes/department/ = sales",
            "+ /users/service-account-workload/attributes/department/ = sales");

    private final KeycloakServer server;
    private final AdminApi admin;

    @TempDir
    static Path exports;

    @TempDir
    Path folder;

    private Workbench bench;

    EveryTypeIT(KeycloakServer server, AdminApi admin) {
        this.server = server;
        this.admin = admin;
        this.bench = Workbench.at(server, Path.of("."));
    }

    @BeforeAll
    void make() throws IOException, InterruptedException {
        gone();
        EveryType.make(admin, REALM, DIRECTORY);
        RealmExport.write(server, RealKeycloak.distribution(), REALM, exports.resolve("whole.json"));
        String partial = admin.send("POST", REALM + "/partial-export?exportClients=true&exportGroupsAndRoles=true", "")
                .body();
        Files.writeString(exports.resolve("partial.json"), partial);
        for (String list : LISTS) {
            Files.writeString(exports.resolve(list + ".json"), listed(list).toString());
        }
        gone();
        keep();
    }

    private ObjectNode listed(String list) {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("realm", REALM);
        document.set(list, admin.get(REALM + "/" + list + "?max=100&briefRepresentation=false"));
        return document;
    }

    private void keep() throws IOException {
        String kept = System.getProperty("every.type", "");
        if (!kept.isEmpty()) {
            for (String export : EXPORTS) {
                Files.createDirectories(Path.of(kept));
                Files.copy(exports.resolve(export), Path.of(kept).resolve(export),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    @BeforeEach
    void begin() throws IOException {
        gone();
        bench = Workbench.at(server, folder);
        for (String name : MASKED) {
            bench = bench.with(name, canary(name));
        }
        for (String export : EXPORTS) {
            bench.write(export, Files.readString(exports.resolve(export)));
        }
        bench.write("members.yaml", MEMBERS);
        bench.write("secrets.yaml", SECRETS);
    }

    private static String canary(String name) {
        return name.toLowerCase(Locale.ROOT) + "-canary";
    }

    @AfterAll
    void gone() {
        if (admin.find(REALM).isPresent()) {
            admin.delete(REALM);
        }
    }

    @Test
    void aWholeExportMakesTheSameRealmAgainAndADestroyLeavesNothingBehind() throws IOException, InterruptedException {
        appliesWhollyAndIsThenInStep(WHOLE);

        Path again = exports.resolve("again.json");
        RealmExport.write(server, RealKeycloak.distribution(), REALM, again);
        assertThat(ExportText.differences(json(exports.resolve("whole.json")), json(again)))
                .filteredOn(line -> OTHERWISE.stream().noneMatch(line::startsWith))
                .isEmpty();

        bench.run(line("destroy", WHOLE, "--auto-approve")).ended(0);
        assertThat(admin.find(REALM)).isEmpty();
    }

    @Test
    void aPartialExportWithTheUsersMakesARealmThatIsInStep() {
        appliesWhollyAndIsThenInStep(PARTIAL);

        assertThat(admin.get(REALM + "/clients?clientId=shop").get(0).path("secret").asText()).isEqualTo("shop-canary");
    }

    @Test
    void aTouchOfEachObjectChangesNothingElseOfTheRealm() throws IOException, InterruptedException {
        EveryType.make(admin, REALM, DIRECTORY);
        bench.write("touched.yaml", TOUCHED);

        bench.run("apply", "-f", "touched.yaml", "--auto-approve").ended(0);

        Path after = exports.resolve("touched.json");
        RealmExport.write(server, RealKeycloak.distribution(), REALM, after);
        List<String> differences = ExportText.differences(json(exports.resolve("whole.json")), json(after));
        List<String> touched = differences.stream().filter(line -> line.endsWith(" = touched")).toList();
        assertThat(touched).hasSizeGreaterThan(30);
        assertThat(differences).filteredOn(line -> !touched.contains(line) && !MADE_ANEW.matcher(line).find())
                .allMatch(line -> touched.contains("+" + line.substring(1, line.indexOf(" = ")) + " = touched"));
        bench.run("plan", "-f", "touched.yaml").foundNothingToDo();
    }

    @Test
    void everyTypeIsInThePlan() {
        CommandLineRun plan = bench.run(line("plan", WHOLE, "--json")).ended(0);

        SortedSet<String> types = new TreeSet<>();
        AdminApi.json(plan.out()).path("resource_changes").forEach(change -> types.add(change.path("type").asText()));
        SortedSet<String> all = new TreeSet<>(TypeNames.all());
        assertThat(all.remove("invitation")).as("a mail is nothing that a realm holds").isTrue();
        assertThat(types).containsExactlyElementsOf(all);
    }

    private void appliesWhollyAndIsThenInStep(List<String> files) {
        String plan = bench.run(line("plan", files)).ended(0).all();
        assertThat(plan).doesNotContain("not managed");
        assertThat(bench.run(line("plan", files, "--full")).ended(0).all()).doesNotContain("-canary");

        bench.run(line("apply", files, "--auto-approve")).ended(0);

        assertThat(bench.run(line("plan", files)).foundNothingToDo().all()).doesNotContain("not managed");
        bench.run(line("drift", files)).ended(0).printed("No drift.");
        assertThat(bench.read("state/" + REALM + ".json")).doesNotContain("-canary");
    }

    private static String[] line(String command, List<String> files, String... more) {
        List<String> line = new ArrayList<>(List.of(command));
        line.addAll(files);
        line.addAll(List.of(more));
        return line.toArray(String[]::new);
    }

    private static JsonNode json(Path file) throws IOException {
        return AdminApi.json(Files.readString(file));
    }
}
