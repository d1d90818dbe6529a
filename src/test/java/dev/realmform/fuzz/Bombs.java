package dev.realmform.fuzz;

import java.util.List;
import java.util.Random;

/** Small files that grow, and large ones that are merely large. */
final class Bombs {

    private Bombs() {}

    static String one(Random random) {
        int size = 1 + random.nextInt(2000);
        String realm = random.nextBoolean() ? "realm: r\n" : "";
        return realm + switch (random.nextInt(14)) {
            case 0 -> "displayName: " + "x".repeat(size * 1000) + "\n";
            case 1 -> "x".repeat(size * 100) + ": 1\n";
            case 2 -> "attributes: " + "[".repeat(size) + "]".repeat(random.nextBoolean() ? size : 0) + "\n";
            case 3 -> "attributes: " + "{a: ".repeat(size) + "1" + "}".repeat(random.nextBoolean() ? size : 0) + "\n";
            case 4 -> laughs(2 + random.nextInt(12), 2 + random.nextInt(10), random.nextBoolean() ? "[%s]" : "{%s}");
            case 5 -> variables(2 + random.nextInt(30));
            case 6 -> "---\nrealm: r\n".repeat(size);
            case 7 -> "clients:\n" + clients(size);
            case 8 -> "accessTokenLifespan: " + "9".repeat(size) + "\n";
            case 9 -> "accessTokenLifespan: 1e" + "9".repeat(1 + size % 20) + "\n";
            case 10 -> "a: &a\n  <<: *a\n" + "b: &b {<<: [*a, *a]}\n".repeat(size % 5);
            case 11 -> "groups: {\"" + "/a".repeat(size) + "\": {}}\n";
            case 12 -> "displayName: " + "$(var:x".repeat(size) + ")".repeat(random.nextBoolean() ? size : 0) + "\n";
            default -> "users:\n" + "  - {username: ada, attributes: {a: [b]}}\n".repeat(size);
        };
    }

    private static String clients(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append("  c")
                    .append(i)
                    .append(": {redirectUris: [\"https://c")
                    .append(i)
                    .append("/*\"], enabld: yes}\n");
        }
        return text.toString();
    }

    private static String laughs(int levels, int width, String shape) {
        StringBuilder text = new StringBuilder("attributes:\n  l0: &l0 ha\n");
        for (int i = 1; i < levels; i++) {
            String below = "*l" + (i - 1);
            List<String> members = shape.startsWith("[")
                    ? java.util.Collections.nCopies(width, below)
                    : java.util.stream.IntStream.range(0, width).mapToObj(n -> "k" + n + ": " + below).toList();
            text.append("  l")
                    .append(i)
                    .append(": &l")
                    .append(i)
                    .append(' ')
                    .append(shape.formatted(String.join(", ", members)))
                    .append('\n');
        }
        return text.toString();
    }

    private static String variables(int count) {
        StringBuilder text = new StringBuilder("realmform:\n  vars:\n    v0: \"ha\"\n");
        for (int i = 1; i < count; i++) {
            text.append("    v")
                    .append(i)
                    .append(": \"$(var:v")
                    .append(i - 1)
                    .append(")$(var:v")
                    .append(i - 1)
                    .append(")\"\n");
        }
        return text + "displayName: $(var:v" + (count - 1) + ")\n";
    }
}
