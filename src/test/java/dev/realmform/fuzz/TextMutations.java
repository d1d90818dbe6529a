package dev.realmform.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;

/** Mutations of a file as characters, as lines and as bytes. */
final class TextMutations {

    private static final List<String> BITS = List.of("\t", ": ", "- ", "[", "]", "{", "}", "\"", "'", "&a ", "*a",
            "<<: ", "<<: *a\n", "|\n", ">\n", "---\n", "...\n", "# ", "!x ", "!!int ", "!!binary ", "null", "true", "~",
            "$(", "$$(", "$(var:x)", "$(env:X)", "$(env:X:-a,b)", "$(secret:s)", "$(file:../x)", "$(file:/etc/passwd)",
            "$(ref:a/b.c)", "$(ref:client/retail/x.secret)", "$(random:20)", "$(var:$(var:x))", "$add: [a]",
            "$remove: [a]", "$unset: true", "$unset: [enabled]", "$was: a\n", "$delete: true\n", "$ignore: [a]\n",
            "$members: unmanaged", "$like: a", "**********", "\u0000", "\u0007", "\ud83d\ude00", "\\u12", "\\",
            "1e99999", "-0", "0x", "1_000", ".inf", "? ", "%YAML 1.9\n", "%TAG ! x\n", "\r", "\r\n", "\u0085", "\u2028",
            "\ufeff", "/A/B: {}\n", "//: {}\n", "realm: ", "realmform: 1\n", "realmform: {vars: {x: $(var:x)}}\n", "@",
            "`", "%", "\u00a0");

    private static final byte[][] BYTES = {{(byte) 0xff, (byte) 0xfe}, {(byte) 0xfe, (byte) 0xff}, {(byte) 0xc3},
        {(byte) 0xed, (byte) 0xa0, (byte) 0x80}, {(byte) 0xf5, (byte) 0x80}, {0}, {27, '[', '3', '1', 'm'},
        {(byte) 0xef, (byte) 0xbb, (byte) 0xbf}, {(byte) 0xc0, (byte) 0x80}, {(byte) 0xf0, (byte) 0x9f, (byte) 0x98}};

    private TextMutations() {}

    static String characters(String text, Random random) {
        StringBuilder mutant = new StringBuilder(text);
        for (int i = 1 + random.nextInt(4); i > 0 && mutant.length() > 2; i--) {
            int at = random.nextInt(mutant.length());
            int end = Math.min(at + 1 + random.nextInt(30), mutant.length());
            switch (random.nextInt(6)) {
                case 0 -> mutant.delete(at, end);
                case 1 -> mutant.insert(at, Pick.one(BITS, random));
                case 2 -> mutant.insert(random.nextInt(mutant.length()), mutant.substring(at, end));
                case 3 -> mutant.setCharAt(at, (char) random.nextInt(0xd7ff));
                case 4 -> mutant.setLength(at + 1);
                default -> mutant.insert(mutant.lastIndexOf("\n", at) + 1,
                        " ".repeat(random.nextInt(5)) + Pick.one(BITS, random));
            }
        }
        return mutant.toString();
    }

    static String lines(String text, Random random) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        for (int i = 1 + random.nextInt(4); i > 0 && !lines.isEmpty(); i--) {
            int at = random.nextInt(lines.size());
            int to = random.nextInt(lines.size());
            switch (random.nextInt(9)) {
                case 0 -> lines.remove(at);
                case 1 -> lines.add(to, lines.get(at));
                case 2 -> lines.set(at, lines.set(to, lines.get(at)));
                case 3 -> lines.set(at, "  " + lines.get(at));
                case 4 -> lines.set(at, lines.get(at).replaceFirst("^ {1,2}", ""));
                case 5 -> lines.set(at, lines.get(at).replaceFirst("^ *", "\t"));
                case 6 -> lines.set(at, lines.get(at) + lines.get(to));
                case 7 -> lines.addAll(to, List.copyOf(lines.subList(at, Math.min(lines.size(), at + 8))));
                default -> lines.set(at,
                        lines.get(at).replaceFirst(":.*", Matcher.quoteReplacement(": " + Pick.one(BITS, random))));
            }
        }
        String end = random.nextInt(8) == 0 ? "\r\n" : random.nextInt(12) == 0 ? "\r" : "\n";
        return String.join(end, lines) + end;
    }

    static byte[] bytes(byte[] text, Random random) {
        byte[] mutant = text.clone();
        for (int i = 1 + random.nextInt(4); i > 0 && mutant.length > 0; i--) {
            int at = random.nextInt(mutant.length);
            switch (random.nextInt(6)) {
                case 0 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> mutant[at] = (byte) random.nextInt(256);
                case 2 -> mutant = inserted(mutant, at, BYTES[random.nextInt(BYTES.length)]);
                case 3 -> mutant = inserted(mutant, 0, BYTES[random.nextInt(BYTES.length)]);
                case 4 -> mutant = Arrays.copyOf(mutant, at);
                default -> mutant = random.nextInt(4) == 0
                        ? new String(mutant, StandardCharsets.UTF_8).getBytes(Pick.one(
                                List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE,
                                        StandardCharsets.ISO_8859_1),
                                random))
                        : inserted(mutant, at, Arrays.copyOf(mutant, Math.min(64, mutant.length)));
            }
        }
        return mutant;
    }

    private static byte[] inserted(byte[] into, int at, byte[] what) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(into, 0, at);
        all.writeBytes(what);
        all.write(into, at, into.length - at);
        return all.toByteArray();
    }
}
