package dev.realmform.config;

import static dev.realmform.config.Folder.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Plan;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** References to what is not there, and secrets that are none. */
class BadReferenceTest {

    @TempDir
    private Path temp;

    private Folder folder;

    @BeforeEach
    void makeFolder() {
        folder = new Folder(temp);
    }

    private List<String> problems(String text) {
        return folder.with("r.yaml", text).problems("r.yaml");
    }

    @Test
    void missingVariablesFilesAndSecretsAreNamed() {
        assertThat(problems("""
                realm: r
                realmform: {vars: {domain: x}, env: [CI_SHA], secrets: {smtp: {env: SMTP}}}
                displayName: $(var:doman)
                loginTheme: $(env:CI_SHA)
                emailTheme: $(file:theme.txt)
                smtpServer: {password: $(secret:smpt)}
                """)).containsExactly(
                said("the variable \"doman\" is not defined", "r.yaml:3:14  displayName",
                        "Define it under realmform.vars in the root file, or give --var doman=…. Similar: domain."),
                said("the variable CI_SHA is not set in the environment", "r.yaml:4:13  loginTheme",
                        "Set it, or give a default: $(env:CI_SHA:-…)."),
                said("there is no file for $(file:theme.txt)", "r.yaml:5:13  emailTheme",
                        "The path starts at the root file's folder."),
                said("the secret \"smpt\" is not defined", "r.yaml:6:24  smtpServer.password",
                        "Define it under realmform.secrets in the root file: {smpt: {env: NAME}}. Similar: smtp."));
    }

    @Test
    void whatOnlyAnImportByKeycloakItselfReplacesIsNamed() {
        folder.with("r.yaml", """
                realm: r
                displayName: ${role_admin} at ${HOST:-x}/${env.PATH_OF_IT}
                clients:
                  - {clientId: c, rootUrl: "${HOST}/a", secret: "${C_SECRET}", description: "${client_c}"}
                  - {clientId: d, secret: "a${b}${C}", name: "${LAST}"}
                identityProviderMappers:
                  - {name: m, identityProviderAlias: i, config: {template: "${ALIAS}.${CLAIM.sub}"}}
                smtpServer: {password: "${vault.smtp}"}
                """);

        assertThat(folder.load("r.yaml").notices()).extracting(Plan.Notice::text)
                .singleElement()
                .isEqualTo(
                        "taken as it stands: ${HOST} (r.yaml:2), ${PATH_OF_IT} (r.yaml:2), ${C_SECRET} (r.yaml:4), … 1 more."
                                + " Keycloak replaces such names only where it imports a file by itself. For the value of the variable"
                                + " write $(env:HOST)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{a: $(env:X:-a,b)}", "{a: '$(var:x'}"})
    void aReferenceThatIsNotClosedSaysQuoteIt(String attributes) {
        assertThat(problems("realm: r\nattributes: " + attributes + "\n")).singleElement()
                .asString()
                .startsWith("the reference is not closed: $(")
                .contains("\nr.yaml:2:")
                .endsWith("Quote the whole value: YAML ends an unquoted one at a comma, a bracket or a #."
                        + " For a plain text write $$(.");
    }

    @Test
    void whatIsNoReferenceIsNamed() {
        assertThat(problems("realm: r\ndisplayName: $(vra:x)\nloginTheme: $(random:20)\n")).containsExactly(
                said("$(vra:x) is no reference that realmform knows", "r.yaml:2:14  displayName",
                        "References are $(var:…), $(env:…), $(file:…), $(secret:…), $(ref:…), $(random:…)."
                                + " For a plain text write $$(. Similar: var."),
                said("$(random:20) is possible only where the value can be kept: in a Secret of the section"
                        + " cluster", "r.yaml:3:13  loginTheme", "Use $(secret:name)."));
    }

    @Test
    void variablesThatGoInCirclesAreNamed() {
        assertThat(problems("realm: r\nrealmform: {vars: {a: $(var:b), b: x$(var:a)}}\ndisplayName: $(var:a)\n"))
                .containsExactly(said("the variable \"a\" refers to itself: a -> b -> a",
                        "r.yaml:2:23  realmform.vars.a", "Break the circle."));
    }

    @Test
    void aMaskedSecretIsRefusedWithTheRemedy() {
        assertThat(problems("""
                realm: r
                clients: [{clientId: a, secret: "**********"}]
                federatedUsers: [{config: {secret: ["**********"]}}]
                """)).containsExactly(said("\"**********\" is the mask that an export holds, not a secret",
                "r.yaml:2:33  clients[0].secret",
                "Use $(secret:name). Or leave the live secret alone: remove the line, or say $unset: [secret] in a later"
                        + " file."));
    }

    @Test
    void aMaskThatALaterLayerCoversIsNoProblem() {
        folder.with("export.yaml", "realm: r\nclients: {a: {secret: '**********'}}\n")
                .with("over.yaml", "clients: {a: {secret: s}}\n");

        assertThat(folder.load("export.yaml", "over.yaml").resources()).hasSize(1);
    }
}
