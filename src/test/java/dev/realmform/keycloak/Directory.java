package dev.realmform.keycloak;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldif.LDIFException;

/** An LDAP server with a few people in it, on this machine alone, with an account that reads them. */
interface Directory extends AutoCloseable {

    String BASE = "dc=example,dc=org";
    String PEOPLE = "ou=people," + BASE;
    String READER = "cn=reader," + BASE;
    String ROOT = "cn=root," + BASE;
    String ROOT_PASSWORD = "root-password";

    int port();

    default String url() {
        return "ldap://127.0.0.1:" + port();
    }

    /** Puts the reader and three people in. */
    default void fill(String readerPassword) throws LDAPException, LDIFException {
        try (LDAPConnection root = new LDAPConnection("127.0.0.1", port(), ROOT, ROOT_PASSWORD)) {
            root.add("dn: " + BASE, "objectClass: top", "objectClass: dcObject", "objectClass: organization",
                    "dc: example", "o: Example");
            root.add("dn: " + PEOPLE, "objectClass: organizationalUnit", "ou: people");
            root.add("dn: " + READER, "objectClass: organizationalRole", "objectClass: simpleSecurityObject",
                    "cn: reader", "userPassword: " + readerPassword);
            for (String name : new String[]{"ada", "grace", "alan"}) {
                root.add("dn: uid=" + name + "," + PEOPLE, "objectClass: inetOrgPerson", "uid: " + name, "cn: " + name,
                        "sn: Lovelace", "mail: " + name + "@example.org", "telephoneNumber: 5550100",
                        "userPassword: " + name + "-password");
            }
        }
    }

    /** Gives the reader another password. */
    default void rotate(String readerPassword) throws LDAPException {
        try (LDAPConnection root = new LDAPConnection("127.0.0.1", port(), ROOT, ROOT_PASSWORD)) {
            root.modify(READER, new Modification(ModificationType.REPLACE, "userPassword", readerPassword));
        }
    }

    @Override
    void close();
}
