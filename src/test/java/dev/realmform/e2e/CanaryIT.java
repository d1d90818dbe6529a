package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.RealKeycloak.RealmName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A secret in each place that can hold one, looked for in everything that comes out. */
@ExtendWith(RealKeycloak.class)
class CanaryIT {

    /** In every secret of these tests; digits that no id and no hash holds in this order by chance. */
    private static final String CANARY = "canary7q3x9z5w";

    /** Files that the test wrote, with secrets in them; nothing else may hold one. */
    private static final List<String> OURS = List.of("realm.yaml", "literal.yaml", "smtp.txt");

    private static final String FILE = """
            realmform:
              server:
                login: {clientId: $(var:login), clientSecret: $(secret:login)}
              vars: {login: none}
              secrets:
                login: {env: LOGIN_SECRET}
                client: {env: CLIENT_SECRET}
                smtp: {file: smtp.txt}
                password: {env: USER_SECRET}
                mapper: {env: MAPPER_SECRET}
                plain: {env: PLAIN_SECRET}
            realm: %s
            enabled: true
            smtpServer: {host: mail.example.com, from: a@example.com, user: mailer, password: $(secret:smtp), auth: "true"}
            attributes: {backend.password: $(secret:plain), anything: "a $(secret:plain) b"}
            clientScopes:
              ledger:
                attributes: {own.secret: $(secret:mapper), anything: $(secret:plain)}
                protocolMappers:
                  fixed:
                    protocolMapper: oidc-hardcoded-claim-mapper
                    config: {claim.name: x, claim.value: $(secret:plain), own.password: $(secret:mapper)}
            identityProviders:
              entra:
                providerId: oidc
                config: {authorizationUrl: "https://x/a", tokenUrl: "https://x/t", clientId: x, clientSecret: $(secret:client),
                  own.password: $(secret:mapper)}
            identityProviderMappers:
              entra:
                fixed:
                  identityProviderMapper: hardcoded-attribute-idp-mapper
                  config: {attribute: a, attribute.value: $(secret:plain)}
            clients:
              shop:
                secret: $(secret:client)
                attributes: {api.secret: $(secret:mapper), anything: $(secret:plain)}
                protocolMappers:
                  audience:
                    protocol: openid-connect
                    protocolMapper: oidc-audience-mapper
                    config: {included.client.audience: shop, webhook.credential: $(secret:mapper)}
            authenticationFlows:
              own:
                authenticationExecutions:
                  - authenticator: identity-provider-redirector
                    requirement: ALTERNATIVE
                    authenticatorConfig: {alias: own, config: {api.secret: $(secret:plain), anything: $(secret:plain)}}
            requiredActions: {UPDATE_PASSWORD: {config: {api.password: $(secret:plain), anything: $(secret:plain)}}}
            roles:
              realm: {staff: {description: Works here, attributes: {password: ["$(secret:plain)"]}}}
            groups:
              /Staff: {attributes: {private-key: ["$(secret:plain)"]}}
            components:
              UserStorageProvider:
                corp:
                  providerId: ldap
                  config: {vendor: other, connectionUrl: "ldap://127.0.0.1:9", usersDn: "ou=x", authType: simple, bindDn: cn=x,
                    bindCredential: [$(secret:mapper)], editMode: READ_ONLY, usernameLDAPAttribute: uid, rdnLDAPAttribute: uid,
                    uuidLDAPAttribute: entryUUID, userObjectClasses: person, customUserSearchFilter: "(cn=$(secret:plain))"}
                  subComponents:
                    LDAPStorageMapper:
                      fixed: {providerId: hardcoded-ldap-attribute-mapper, config: {ldap.attribute.name: userPassword,
                        ldap.attribute.value: [$(secret:plain)]}}
            users:
              ada: {enabled: true, credentials: [{type: password, value: $(secret:password), temporary: false}]}
            """;

    /** The same places, written out. */
    private static final String LITERAL = """
            realm: %1$s
            enabled: true
            smtpServer: {host: mail.example.com, from: a@example.com, user: mailer, password: %2$s-l1, auth: "true"}
            attributes: {backend.password: %2$s-l2}
            clients:
              shop:
                secret: %2$s-l3
                attributes: {api.secret: %2$s-l4}
                protocolMappers:
                  audience:
                    protocol: openid-connect
                    protocolMapper: oidc-audience-mapper
                    config: {included.client.audience: shop, webhook.credential: %2$s-l5}
            roles:
              realm: {staff: {description: Works here, attributes: {password: [%2$s-l6]}}}
            groups:
              /Staff: {attributes: {private-key: [%2$s-l7]}}
            components:
              UserStorageProvider:
                corp:
                  providerId: ldap
                  config: {vendor: other, connectionUrl: "ldap://127.0.0.1:9", usersDn: "ou=x", authType: simple, bindDn: cn=x,
                    bindCredential: [%2$s-l10], editMode: READ_ONLY, usernameLDAPAttribute: uid, rdnLDAPAttribute: uid,
                    uuidLDAPAttribute: entryUUID, userObjectClasses: person}
            users:
              ada: {enabled: true, credentials: [{type: password, value: %2$s-l8, temporary: false}]}
            identityProviders:
            - {alias: entra, providerId: oidc, config: {authorizationUrl: "https://x/a", tokenUrl: "https://x/t", clientId: x,
                clientSecret: %2$s-l9}}
            """;

    @TempDir
    Path folder;

    private final List<CommandLineRun> runs = new ArrayList<>();
    private Workbench bench;

    @BeforeEach
    void place(KeycloakServer server) {
        bench = Workbench.at(server, folder);
    }

    @Test
    void noSecretComesOutOfAnyCommand(RealmName realm, AdminApi admin) throws IOException {
        bench.write("realm.yaml", FILE.formatted(realm));
        try (ServiceAccount login = ServiceAccount.in(admin, "master", "login-" + realm, CANARY + "-login")) {
            login.withRealmRole("admin");
            bench = bench.without("KEYCLOAK_USERNAME", "KEYCLOAK_PASSWORD").with("LOGIN_SECRET", login.secret());
            secrets("first");
            run(0, "apply", "-f", "realm.yaml", "--var", "login=" + login.clientId(), "--auto-approve");
            secrets("second");
            walk("-f", "realm.yaml", "--var", "login=" + login.clientId());
            bench.write("realm.yaml", FILE.formatted(realm).replaceAll("(?s)clients:.*", ""));
            foreignSecret(realm, admin);
            walk("-f", "realm.yaml", "--var", "login=" + login.clientId());
            run(0, "destroy", "-f", "realm.yaml", "--var", "login=" + login.clientId(), "--auto-approve", "--verbose");
        }
        nothingLeaked();
    }

    @Test
    void noSecretThatIsWrittenOutInAFileComesOutOfAnyCommand(RealmName realm) throws IOException {
        bench.write("literal.yaml", LITERAL.formatted(realm, CANARY));
        run(0, "apply", "-f", "literal.yaml", "--auto-approve", "--verbose");
        bench.write("literal.yaml", LITERAL.formatted(realm, CANARY + "-again"));
        walk("-f", "literal.yaml");
        run(1, "apply", "plan.out", "--auto-approve", "--verbose");
        run(0, "destroy", "-f", "literal.yaml", "--auto-approve", "--json");
        nothingLeaked();
    }

    @Test
    void noLoginComesOut(RealmName realm, AdminApi admin, KeycloakServer server) throws IOException {
        bench.write("plain.yaml", "realm: " + realm + "\n");
        String token = admin.newToken();
        admin.post("master/users", "{\"username\": \"" + realm + "\", \"enabled\": true, \"credentials\": "
                + "[{\"type\": \"password\", \"value\": \"" + CANARY + "-pw\"}]}");
        Workbench nobody = bench.without("KEYCLOAK_USERNAME", "KEYCLOAK_PASSWORD");
        Workbench user = nobody.with("KEYCLOAK_USERNAME", realm.value()).with("KEYCLOAK_PASSWORD", CANARY + "-pw");
        for (String verbose : List.of("--verbose", "--full")) {
            bench = nobody.with("KEYCLOAK_TOKEN", token);
            run(0, "plan", "-f", "plain.yaml", "--out", "token.plan", verbose);
            bench = user;
            run(0, "plan", "-f", "plain.yaml", verbose);
            bench = user.with("KEYCLOAK_PASSWORD", CANARY + "-wrong");
            run(3, "plan", "-f", "plain.yaml", verbose);
            bench = nobody.with("KEYCLOAK_CLIENT_ID", "account").with("KEYCLOAK_CLIENT_SECRET", CANARY + "-cs");
            run(3, "plan", "-f", "plain.yaml", verbose);
            bench = nobody.with("KEYCLOAK_CLIENT_ID", "account").with("KEYCLOAK_ASSERTION", CANARY + "-as");
            run(3, "plan", "-f", "plain.yaml", verbose);
            bench = nobody.with("KEYCLOAK_TOKEN", CANARY + "-token");
            run(3, "plan", "-f", "plain.yaml", verbose);
            bench = Workbench.at(server, folder)
                    .with("KEYCLOAK_URL", server.url().toString().replace("//", "//me:" + CANARY + "-url@"));
            run(0, "plan", "-f", "plain.yaml", "--out", "url.plan", verbose);
            run(0, "show", "url.plan", verbose);
            bench = bench.with("KEYCLOAK_URL", "http://me:" + CANARY + "-url@127.0.0.1:1");
            run(3, "plan", "-f", "plain.yaml", verbose);
            bench = bench.with("KEYCLOAK_URL", "http://" + CANARY + " nonsense");
            run(1, "plan", "-f", "plain.yaml", verbose);
        }
        admin.delete("master/users/" + admin.get("master/users?exact=true&username=" + realm)
                .get(0)
                .path("id")
                .asText());
        nothingLeaked();
        assertThat(everything()).noneMatch(text -> text.contains(token));
    }

    @Test
    void aVariableOutsideASecretPlaceIsRefusedAndNotShown(RealmName realm) throws IOException {
        bench = bench.with("PIPELINE_TOKEN", CANARY + "-env");
        bench.write("plain.yaml", "realm: " + realm + "\ndisplayName: $(env:PIPELINE_TOKEN)\n");
        for (String command : List.of("validate", "plan", "apply")) {
            run(1, command, "-f", "plain.yaml", "--verbose");
            assertThat(runs.getLast().err()).contains("PIPELINE_TOKEN", "plain.yaml:2");
        }
        nothingLeaked();
    }

    @Test
    void aServerThatEchoesWhatItWasSentIsQuotedWithoutTheSecret(RealmName realm, KeycloakServer server)
            throws IOException {
        bench.write("realm.yaml", FILE.formatted(realm));
        Relay.Manner echo = new Relay.Manner() {
            @Override
            public Optional<Relay.Reply> instead(Relay.Call call) {
                return call.writes() && call.body().contains(CANARY)
                        ? Optional.of(Relay.Reply.json(400, "{\"errorMessage\": \"Bad value in "
                                + call.body().replace("\\", "").replace("\"", "'") + "\"}"))
                        : Optional.empty();
            }
        };
        secrets("echo");
        try (Relay relay = Relay.before(server.url(), echo)) {
            bench = bench.with("KEYCLOAK_URL", relay.url()).with("KEYCLOAK_CLIENT_ID", "admin-cli");
            bench.write("realm.yaml", withoutLogin(realm));
            for (String option : List.of("--verbose", "--json")) {
                run(1, "apply", "-f", "realm.yaml", "--auto-approve", option);
                assertThat(runs.getLast().all()).contains("Bad value in");
            }
        }
        nothingLeaked();
    }

    @Test
    void theCommandLineOfTheProcessHoldsNoSecret(RealmName realm) throws IOException {
        bench.write("realm.yaml", withoutLogin(realm));
        secrets("process");
        Process child = ChildProcess.start(bench, "plan", "-f", "realm.yaml", "--verbose");
        String commandLine = Files.readString(Path.of("/proc", String.valueOf(child.pid()), "cmdline"));
        CommandLineRun ended = ChildProcess.ended(child, "plan").ended(0);
        assertThat(commandLine).contains("realm.yaml").doesNotContain(CANARY);
        runs.add(ended);
        nothingLeaked();
    }

    private static String withoutLogin(RealmName realm) {
        return FILE.formatted(realm).replaceAll("login: [{]clientId.*", "timeout: 30s");
    }

    private void secrets(String generation) {
        for (String name : List.of("CLIENT_SECRET", "USER_SECRET", "MAPPER_SECRET", "PLAIN_SECRET")) {
            bench = bench.with(name, CANARY + "-" + generation + "-" + name);
        }
        bench.write("smtp.txt", CANARY + "-" + generation + "-smtp");
    }

    /** What somebody else keeps on an object that is about to be deleted. */
    private static void foreignSecret(RealmName realm, AdminApi admin) {
        var client = (com.fasterxml.jackson.databind.node.ObjectNode) admin.get(realm + "/clients?clientId=shop")
                .get(0);
        client.withObject("/attributes").put("their.password", CANARY + "-foreign");
        admin.put(realm + "/clients/" + client.path("id").asText(), client.toString());
    }

    /** Every command, with --verbose, which says the most; those that show values also without. */
    private void walk(String... files) {
        run(0, with(files, "validate", "--verbose"));
        run(0, with(files, "plan"));
        run(0, with(files, "plan", "--full", "--verbose"));
        run(0, with(files, "plan", "--json", "--verbose"));
        run(0, with(files, "plan", "--out", "plan.out", "--verbose"));
        run(0, "show", "plan.out");
        run(0, "show", "plan.out", "--full", "--verbose");
        run(0, with(files, "apply", "--auto-approve", "--verbose", "--max-destroy=20"));
        run(0, with(files, "apply", "--auto-approve", "--json"));
        run(0, with(files, "drift", "--verbose"));
        String state = bench.folder().resolve("state").toFile().list((dir, name) -> name.endsWith(".json"))[0];
        run(0, "state", "list", "--state", "state/" + state, "--verbose");
        run(0, "state", "show", "realm/" + state.replace(".json", ""), "--state", "state/" + state, "--verbose");
    }

    private static String[] with(String[] files, String... command) {
        return Stream.concat(Stream.of(command), Stream.of(files)).toArray(String[]::new);
    }

    private void run(int code, String... arguments) {
        runs.add(bench.run(arguments).ended(code));
    }

    private void nothingLeaked() throws IOException {
        String encoded = Base64.getEncoder()
                .withoutPadding()
                .encodeToString(CANARY.substring(0, 12)
                        .getBytes(
                                StandardCharsets.UTF_8));
        assertThat(runs).isNotEmpty();
        assertThat(everything()).noneMatch(text -> text.contains(CANARY)).noneMatch(text -> text.contains(encoded));
    }

    /** What was printed, and each file that was left behind, by name. */
    private List<String> everything() throws IOException {
        List<String> texts = new ArrayList<>();
        runs.forEach(run -> texts.add(run.toString()));
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!OURS.contains(folder.relativize(file).toString())) {
                    texts.add(file + ":\n" + Files.readString(file));
                }
            }
        }
        return texts;
    }
}
