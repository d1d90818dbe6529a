package dev.realmform.keycloak;

import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Federations against OpenLDAP, where it is installed; .ci/run installs it if it may. */
@EnabledIf(value = "dev.realmform.keycloak.SlapdDirectory#isInstalled",
        disabledReason = "slapd is not installed: apt-get install slapd")
class SlapdIT extends LdapCases {

    @TempDir
    Path folder;

    @Override
    Directory start() throws Exception {
        return SlapdDirectory.start(folder);
    }
}
