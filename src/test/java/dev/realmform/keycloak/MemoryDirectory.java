package dev.realmform.keycloak;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.LDAPException;
import java.net.InetAddress;

/** A directory in memory: the LDAP server of the UnboundID SDK. */
record MemoryDirectory(InMemoryDirectoryServer server) implements Directory {

    static MemoryDirectory start() throws LDAPException {
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(BASE);
        config.addAdditionalBindCredentials(ROOT, ROOT_PASSWORD);
        config.setListenerConfigs(new InMemoryListenerConfig("ldap", InetAddress.getLoopbackAddress(), 0, null, null,
                null));
        InMemoryDirectoryServer server = new InMemoryDirectoryServer(config);
        server.startListening();
        return new MemoryDirectory(server);
    }

    @Override
    public int port() {
        return server.getListenPort();
    }

    @Override
    public void close() {
        server.shutDown(true);
    }
}
