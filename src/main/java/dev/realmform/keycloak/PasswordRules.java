package dev.realmform.keycloak;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What a realm's policy asks of a password, as far as one that is made at random could miss it.
 *
 * @param length  how many characters it gets
 * @param classes by kind of character how many there are at least
 * @param pattern that it has to match, if one is asked for
 */
record PasswordRules(int length, Map<String, Integer> classes, List<Pattern> pattern) {

    /** Long enough for any policy that nobody has thought of; and short enough to be typed once. */
    private static final int USUAL = 20;

    /** Without what looks like something else, and without what a shell, a spreadsheet or CSV would read in its own way. */
    private static final Map<String, String> CHARACTERS = characters();

    /** A pattern that not one of so many meets is not for us. */
    private static final int TRIES = 1000;

    private static Map<String, String> characters() {
        Map<String, String> characters = new LinkedHashMap<>();
        characters.put("lowerCase", "abcdefghijkmnpqrstuvwxyz");
        characters.put("upperCase", "ABCDEFGHJKLMNPQRSTUVWXYZ");
        characters.put("digits", "23456789");
        characters.put("specialChars", "!#%*.:?_");
        return characters;
    }

    /** Reads a policy as a realm holds it: {@code length(8) and digits(1)}. */
    static PasswordRules of(String policy) {
        Map<String, Integer> classes = new LinkedHashMap<>();
        CHARACTERS.keySet().forEach(kind -> classes.put(kind, 1));
        List<Pattern> patterns = new ArrayList<>();
        int least = USUAL;
        int most = Integer.MAX_VALUE;
        for (String rule : policy.split(" and ", -1)) {
            String name = rule.replaceFirst("\\(.*", "").strip();
            String value = rule.contains("(") ? rule.substring(rule.indexOf('(') + 1, end(rule)) : "";
            switch (name) {
                case "length" -> least = Math.max(least, number(value, 0));
                case "maxLength" -> most = number(value, most);
                case "regexPattern" -> pattern(value).ifPresent(patterns::add);
                default -> classes.computeIfPresent(name, (kind, atLeast) -> Math.max(atLeast, number(value, 0)));
            }
        }
        int needed = classes.values().stream().mapToInt(Integer::intValue).sum();
        return new PasswordRules(Math.max(needed, Math.min(least, most)), classes, patterns);
    }

    private static int end(String rule) {
        int last = rule.lastIndexOf(')');
        return last > rule.indexOf('(') ? last : rule.length();
    }

    private static int number(String text, int otherwise) {
        return text.matches("\\d{1,4}") ? Integer.parseInt(text) : otherwise;
    }

    private static Optional<Pattern> pattern(String text) {
        try {
            return Optional.of(Pattern.compile(text));
        } catch (PatternSyntaxException e) {
            // The server takes no password then, whatever it is; and says so.
            return Optional.empty();
        }
    }

    /** A password; empty if none is found that meets the pattern. */
    Optional<String> make(RandomGenerator random) {
        for (int i = 0; i < TRIES; i++) {
            String password = one(random);
            if (pattern.stream().allMatch(asked -> asked.matcher(password).matches())) {
                return Optional.of(password);
            }
        }
        return Optional.empty();
    }

    private String one(RandomGenerator random) {
        List<Character> drawn = new ArrayList<>();
        CHARACTERS.forEach((kind, characters) -> {
            for (int i = 0; i < classes.getOrDefault(kind, 0); i++) {
                drawn.add(draw(characters, random));
            }
        });
        String all = String.join("", CHARACTERS.values());
        while (drawn.size() < length) {
            drawn.add(draw(all, random));
        }
        StringBuilder password = new StringBuilder();
        while (!drawn.isEmpty()) {
            password.append(drawn.remove(random.nextInt(drawn.size())));
        }
        return password.toString();
    }

    private static char draw(String characters, RandomGenerator random) {
        return characters.charAt(random.nextInt(characters.length()));
    }
}
