package dev.realmform.keycloak;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** OpenLDAP's server, as Debian installs it, with its data in a folder of the test. */
record SlapdDirectory(Process process, int port) implements Directory {

    private static final Path SLAPD = Path.of("/usr/sbin/slapd");
    private static final Path SCHEMAS = Path.of("/etc/ldap/schema");

    static boolean isInstalled() {
        return Files.isExecutable(SLAPD) && Files.isDirectory(SCHEMAS);
    }

    static SlapdDirectory start(Path folder) throws IOException, InterruptedException {
        Path data = Files.createDirectories(folder.resolve("slapd"));
        Path config = Files.writeString(folder.resolve("slapd.conf"), """
                include %1$s/core.schema
                include %1$s/cosine.schema
                include %1$s/inetorgperson.schema
                modulepath /usr/lib/ldap
                moduleload back_mdb
                pidfile %2$s/slapd.pid
                database mdb
                directory %2$s
                suffix "%3$s"
                rootdn "%4$s"
                rootpw %5$s
                access to attrs=userPassword by anonymous auth
                access to * by users read
                """.formatted(SCHEMAS, data, BASE, ROOT, ROOT_PASSWORD));
        int port = freePort();
        Path log = folder.resolve("slapd.log");
        Process process = new ProcessBuilder(List.of(SLAPD.toString(), "-d", "0", "-f", config.toString(), "-h",
                "ldap://127.0.0.1:" + port)).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        SlapdDirectory directory = new SlapdDirectory(process, port);
        try {
            directory.await();
        } catch (IllegalStateException e) {
            directory.close();
            throw new IllegalStateException("slapd does not answer: " + Files.readString(log), e);
        }
        return directory;
    }

    private void await() throws InterruptedException {
        for (int i = 0; i < 200 && process.isAlive(); i++) {
            try {
                new LDAPConnection("127.0.0.1", port).close();
                return;
            } catch (LDAPException notYet) {
                Thread.sleep(50);
            }
        }
        throw new IllegalStateException("no answer on port " + port);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
