package dev.realmform.bench;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What the command line of the benchmark asks for. */
record Options(List<RealmKind> kinds, int rounds, boolean write, Path keycloak) {

    static final String USAGE = """
            usage: bin/bench [--sizes small,medium,large,wide] [--rounds N] [--write] [--keycloak DIR]

              --sizes     which realms (all)
              --rounds    how often each is measured; the best one counts (3)
              --write     also put the figures into docs/performance.md
              --keycloak  an unpacked Keycloak (target/keycloak/keycloak-26.7.3)
            """;

    Options {
        kinds = List.copyOf(kinds);
        if (rounds < 1) {
            throw new IllegalArgumentException("--rounds has to be 1 or more");
        }
    }

    static Options of(List<String> arguments) {
        Options options = new Options(RealmKind.ALL, 3, false, Path.of("target/keycloak/keycloak-26.7.3"));
        Deque<String> left = new ArrayDeque<>(arguments);
        while (!left.isEmpty()) {
            options = options.with(left.remove(), left);
        }
        return options;
    }

    private Options with(String option, Deque<String> left) {
        return switch (option) {
            case "--sizes" -> new Options(List.of(value(option, left).split(",")).stream().map(Options::kind).toList(),
                    rounds, write, keycloak);
            case "--rounds" -> new Options(kinds, number(value(option, left)), write, keycloak);
            case "--write" -> new Options(kinds, rounds, true, keycloak);
            case "--keycloak" -> new Options(kinds, rounds, write, Path.of(value(option, left)));
            default -> throw new IllegalArgumentException("no such option: " + option);
        };
    }

    private static String value(String option, Deque<String> left) {
        if (left.isEmpty()) {
            throw new IllegalArgumentException(option + " wants a value");
        }
        return left.remove();
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--rounds wants a number, not " + text, e);
        }
    }

    private static RealmKind kind(String name) {
        return RealmKind.ALL.stream()
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such size: " + name + "; there are "
                        + String.join(", ", RealmKind.ALL.stream().map(RealmKind::name).toList())));
    }
}
