package dev.realmform.cli;

import dev.realmform.cli.demo.KeycloakDistribution;
import dev.realmform.model.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Where the demo has its Keycloak from: a folder that is named, or Maven Central, once. */
record DemoDistribution(Path checkout, Consumer<String> progress) {

    private static final String KEYCLOAK = "keycloak-26.7.3";
    private static final String MARKER = "org.keycloak-keycloak-quarkus-dist-zip-26.7.3.marker";

    /** The distribution, unpacked. */
    KeycloakDistribution get() throws IOException, InterruptedException {
        Path jdk = Path.of(System.getProperty("java.home"));
        Optional<Path> named = Optional.ofNullable(System.getProperty("keycloak.home")).map(Path::of);
        if (named.isPresent()) {
            return new KeycloakDistribution(named.get(), jdk);
        }
        Path folder = checkout.resolve("target/keycloak");
        KeycloakDistribution distribution = new KeycloakDistribution(folder.resolve(KEYCLOAK), jdk);
        // The marker is Maven's last word: without it, unpacking was cut off.
        if (!distribution.isUnpacked() || !Files.exists(folder.resolve(MARKER))) {
            fetch();
        }
        return distribution;
    }

    /** By the address and through the proxy that Maven is set up with. */
    private void fetch() throws IOException, InterruptedException {
        progress.accept("fetching " + KEYCLOAK + " from Maven Central (once, about 160 MB)");
        Process maven = new ProcessBuilder(checkout.resolve("mvnw").toString(), "-q", "-B", "-ntp",
                "dependency:unpack@keycloak")
                .directory(checkout.toFile())
                .redirectErrorStream(true)
                .start();
        Thread stop = new Thread(() -> stop(maven), "stop-maven");
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            maven.getOutputStream().close();
            String said = new String(maven.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (maven.waitFor() != 0) {
                throw Problem.failed("fetching " + KEYCLOAK + " failed\n" + said.strip(), "",
                        "It needs a way to Maven Central: directly, through a proxy or by a mirror, as your Maven"
                                + " settings.xml says. Then try again.")
                        .asException();
            }
        } finally {
            stop(maven);
            forget(stop);
        }
    }

    private static void stop(Process maven) {
        maven.descendants().forEach(ProcessHandle::destroy);
        maven.destroy();
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyShuttingDown) {
            // Then the hook has run.
        }
    }
}
