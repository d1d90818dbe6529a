package dev.realmform.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/** A program {@code helm} that does what a test wants it to, and remembers with what it was run. */
public final class FakeHelm {

    /** A small chart's output, with a Service, a workload that runs Keycloak, and a Secret. */
    public static final String OBJECTS = """
            ---
            # Source: keycloak/templates/objects.yaml
            apiVersion: v1
            kind: Service
            metadata:
              name: keycloak
              labels: {app.kubernetes.io/managed-by: Helm}
              annotations:
            spec: {ports: [{port: 80}]}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: keycloak, namespace: sso, labels: {app.kubernetes.io/managed-by: Helm}}
            spec:
              serviceName: keycloak
              template:
                spec: {containers: [{name: server, image: "docker.io/bitnamilegacy/keycloak:26.1.1"}]}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: keycloak}
            data: {admin-password: %s}
            """;

    private final Path folder;

    /** One that is found in this folder, and prints its standard input's file {@code out} there. */
    public FakeHelm(Path folder) {
        this.folder = folder;
        version("v3.19.4+g7cfb6e4").renders("").does("cat '" + folder.resolve("out") + "'");
    }

    /** What it prints as the chart's objects. */
    public FakeHelm renders(String objects) {
        return write("out", objects);
    }

    public FakeHelm version(String version) {
        return write("version", version + "\n");
    }

    /** What it does in place of rendering: lines of a shell, with the input in the file {@code input} of its folder. */
    public FakeHelm does(String lines) {
        write("helm", """
                #!/bin/sh
                cd '%s' || exit 9
                if [ "$1" = version ]; then
                  cat version
                  exit 0
                fi
                pwd >>folders
                printf '%%s\\n' "$@" >>arguments
                env >>environment
                cat >input
                %s
                """.formatted(folder, lines));
        try {
            Files.setPosixFilePermissions(folder.resolve("helm"), PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** The arguments of all its runs, in their order. */
    public List<String> arguments() {
        return Files.exists(folder.resolve("arguments")) ? read("arguments").lines().toList() : List.of();
    }

    /** What it last found on its standard input. */
    public String input() {
        return read("input");
    }

    /** The variables that it saw. */
    public String seen() {
        return read("environment");
    }

    public Path program() {
        return folder.resolve("helm");
    }

    /** The variables with which it is found. */
    public Map<String, String> environment() {
        return Map.of("PATH", folder + ":/usr/bin:/bin", "KEYCLOAK_PASSWORD", "canary-login");
    }

    private FakeHelm write(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String read(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
