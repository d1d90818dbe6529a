package dev.realmform.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * PostgreSQL, as Debian installs it, on a free port of loopback with its data in a folder of its own. It does not run as root;
 * for whom is root it runs as the account that Debian's package made.
 */
public final class PostgresServer {

    public static final String SUPERUSER = "postgres";
    public static final String SUPERUSER_PASSWORD = "super 'secret'";

    /** Needs no password. */
    public static final String TRUSTED = "trusted";

    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final String ACCOUNT = "postgres";

    private final Path folder;
    private final Path bin;
    private final int port;
    private final Process process;

    private PostgresServer(Path folder, Path bin, int port) throws IOException, InterruptedException {
        this.folder = folder;
        this.bin = bin;
        this.port = port;
        Path data = folder.resolve("data");
        Path password = own(Files.writeString(folder.resolve("password"), SUPERUSER_PASSWORD));
        run(List.of(bin.resolve("initdb").toString(), "-D", data.toString(), "-U", SUPERUSER, "-A", "scram-sha-256",
                "--pwfile=" + password, "-E", "SQL_ASCII", "--locale=C", "--no-sync"));
        Files.writeString(data.resolve("pg_hba.conf"), "host all " + TRUSTED + " 127.0.0.1/32 trust\n"
                + "host all all 127.0.0.1/32 scram-sha-256\n");
        certify(data);
        process = new ProcessBuilder(asAccount(List.of(bin.resolve("postgres").toString(), "-D", data.toString(), "-p",
                String.valueOf(port), "-k", folder.toString(), "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off",
                "-c", "log_statement=ddl", "-c", "ssl=on"))).redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start();
    }

    private static Optional<Path> installed() {
        if (!Files.isDirectory(VERSIONS)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(VERSIONS)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.comparing(Path::toString));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static boolean isInstalled() {
        return installed().isPresent();
    }

    public static PostgresServer start() throws IOException, InterruptedException {
        Path folder = own(Files.createTempDirectory("realmform-postgres"));
        PostgresServer server = new PostgresServer(folder, installed().orElseThrow(), freePort());
        try {
            server.await();
        } catch (IllegalStateException e) {
            String log = server.logged();
            server.close();
            throw new IllegalStateException("PostgreSQL does not answer: " + log, e);
        }
        return server;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name", "").equals("root");
    }

    private static List<String> asAccount(List<String> command) {
        List<String> whole = new ArrayList<>(
                isRoot() ? List.of("setpriv", "--reuid", ACCOUNT, "--regid", ACCOUNT, "--clear-groups") : List.of());
        whole.addAll(command);
        return whole;
    }

    private static Path own(Path path) throws IOException {
        if (isRoot()) {
            Files.setOwner(path, path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(ACCOUNT));
        }
        return path;
    }

    private void certify(Path data) throws IOException, InterruptedException {
        run(List.of("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=database",
                "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", data.resolve("server.key").toString(), "-out",
                data.resolve("server.crt").toString()));
        Files.setPosixFilePermissions(data.resolve("server.key"), PosixFilePermissions.fromString("rw-------"));
    }

    private void run(List<String> command) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Process started = new ProcessBuilder(asAccount(command)).directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!started.waitFor(60, TimeUnit.SECONDS) || started.exitValue() != 0) {
            started.destroyForcibly();
            throw new IllegalStateException(command.getFirst() + ": " + Files.readString(output));
        }
    }

    private void await() throws IOException, InterruptedException {
        for (int i = 0; i < 200 && process.isAlive(); i++) {
            if (sql(SUPERUSER, SUPERUSER_PASSWORD, "postgres", "select 1").ok()) {
                return;
            }
            Thread.sleep(50);
        }
        throw new IllegalStateException("no answer on port " + port);
    }

    public int port() {
        return port;
    }

    public Path certificate() {
        return folder.resolve("data/server.crt");
    }

    private Path log() {
        return folder.resolve("log");
    }

    public String logged() throws IOException {
        return Files.readString(log());
    }

    /** What a program said. */
    public record Said(int code, String text) {
        public boolean ok() {
            return code == 0;
        }
    }

    /** Runs a statement as somebody; tables come without headings. */
    public Said sql(String user, String password, String database, String statement)
            throws IOException, InterruptedException {
        return command(List.of("psql", "-X", "-q", "-w", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", statement),
                Map.of("PGHOST", "127.0.0.1", "PGPORT", String.valueOf(port), "PGUSER", user, "PGPASSWORD", password,
                        "PGDATABASE", database));
    }

    /** As the administrator of the whole server. */
    public String sql(String statement) throws IOException, InterruptedException {
        Said said = sql(SUPERUSER, SUPERUSER_PASSWORD, "postgres", statement);
        if (!said.ok()) {
            throw new IllegalStateException(statement + ": " + said.text());
        }
        return said.text().strip();
    }

    /** Runs a program that finds the programs of PostgreSQL, with nothing else in its environment. */
    public Said command(List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("PATH", bin + ":/usr/bin:/bin");
        Process started = builder.start();
        started.getOutputStream().close();
        String text = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(started.waitFor(), text);
    }

    public void close() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
