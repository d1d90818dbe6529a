package dev.realmform.keycloak;

/** Federations against a directory in memory. */
class LdapIT extends LdapCases {

    @Override
    Directory start() throws Exception {
        return MemoryDirectory.start();
    }
}
