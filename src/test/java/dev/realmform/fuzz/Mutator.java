package dev.realmform.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** Makes cases out of the examples. The same seed makes the same case. */
final class Mutator {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> originals;
    private final List<ObjectNode> trees = new ArrayList<>();

    Mutator() throws IOException {
        this.originals = originals();
        for (String text : originals) {
            JsonNode tree = YAML.readTree(text);
            if (tree instanceof ObjectNode map) {
                trees.add(map);
            }
        }
    }

    private static List<String> originals() throws IOException {
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("examples"))) {
            Path values = Path.of("examples/osmo/values");
            for (Path file : files.filter(path -> path.toString().endsWith(".yaml") && !path.startsWith(values))
                    .sorted()
                    .toList()) {
                texts.add(Files.readString(file));
            }
        }
        texts.add(Files.readString(Path.of("src/test/resources/schema/export.json")));
        return texts;
    }

    Mutant mutant(long seed) {
        Random random = new Random(seed);
        int count = random.nextInt(5) == 0 ? 2 + random.nextInt(2) : 1;
        boolean folder = count > 1 && random.nextBoolean();
        SequencedMap<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            boolean json = random.nextInt(6) == 0;
            files.put((folder ? "d/" : "") + "f" + i + (json ? ".json" : ".yaml"), file(json, random));
        }
        return new Mutant(files, folder ? List.of("d") : List.copyOf(files.keySet()));
    }

    private byte[] file(boolean json, Random random) {
        String original = Pick.one(originals, random);
        return switch (random.nextInt(10)) {
            case 0, 1 -> utf8(TextMutations.characters(json ? text(Pick.one(trees, random), true) : original, random));
            case 2, 3 -> utf8(TextMutations.lines(json ? text(Pick.one(trees, random), true) : original, random));
            case 4 -> TextMutations.bytes(utf8(json ? text(Pick.one(trees, random), true) : original), random);
            case 5 -> utf8(random.nextInt(3) == 0 ? Bombs.one(random) : severalDocuments(random));
            case 6, 7 -> utf8(text(gently(random), json));
            default -> utf8(text(mutated(random), json));
        };
    }

    private String severalDocuments(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = 2 + random.nextInt(3); i > 0; i--) {
            text.append("---\n")
                    .append(random.nextBoolean() ? Pick.one(originals, random) : text(mutated(random), false));
        }
        return text.toString();
    }

    private ObjectNode mutated(Random random) {
        ObjectNode tree = Pick.one(trees, random).deepCopy();
        TreeMutations.mutate(tree, random);
        return tree;
    }

    private ObjectNode gently(Random random) {
        ObjectNode tree = Pick.one(trees, random).deepCopy();
        TreeMutations.mutateGently(tree, random);
        return tree;
    }

    private static String text(ObjectNode tree, boolean json) {
        try {
            return json ? JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree)
                    : YAML.writeValueAsString(tree).replaceFirst("^---\n", "");
        } catch (IOException e) {
            throw new IllegalStateException("a tree that cannot be written", e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
