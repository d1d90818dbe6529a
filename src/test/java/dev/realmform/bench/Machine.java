package dev.realmform.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What it was measured on, in one line. */
final class Machine {

    private Machine() {}

    static String description(String keycloak) {
        return Runtime.getRuntime().availableProcessors() + " × " + first("/proc/cpuinfo", "model name\\s*:\\s*(.+)")
                + ", " + gigabytes(first("/proc/meminfo", "MemTotal:\\s*(\\d+) kB")) + ", "
                + System.getProperty("os.name") + "; JDK " + System.getProperty("java.runtime.version") + "; "
                + keycloak + " on H2, -Xmx2g, C1 and C2, on the same machine";
    }

    private static String gigabytes(String kilobytes) {
        return kilobytes.matches("\\d+") ? Math.round(Long.parseLong(kilobytes) / 1024.0 / 1024.0) + " GB"
                : "memory unknown";
    }

    private static String first(String file, String pattern) {
        try {
            Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(Path.of(file)));
            return matcher.find() ? matcher.group(1).strip() : "unknown";
        } catch (IOException notLinux) {
            return "unknown";
        }
    }
}
