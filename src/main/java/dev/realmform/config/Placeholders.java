package dev.realmform.config;

import dev.realmform.model.Plan;
import dev.realmform.model.Value;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names of variables in the form in which {@code kc.sh import} and a start with {@code --import-realm} replace them, and nobody else:
 * sent to the admin API, they become the value. In place of a secret, anybody could guess it.
 */
final class Placeholders {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(?:env[.:])?([A-Z][A-Z0-9_]*)(?::[^}]*)?\\}");

    /** The one field with names of this form that mean something to the server: {@code ${ALIAS}.${CLAIM.sub}}. */
    private static final String TEMPLATE = "template";

    private static final int NAMED = 3;

    /** Where each was found first. */
    private final SequencedMap<String, Place> found = new LinkedHashMap<>();

    /** Looks at a text, which is a secret if it stands in place of one. */
    void look(Node.Leaf leaf, String field, boolean secret) {
        if (!(leaf.value() instanceof Value.Text(String text)) || !text.contains("${") || field.equals(TEMPLATE)) {
            return;
        }
        Matcher variables = VARIABLE.matcher(text);
        if (secret && !variables.matches()) {
            return;
        }
        variables.reset();
        while (variables.find()) {
            found.putIfAbsent(variables.group(1), leaf.place());
        }
    }

    Optional<Plan.Notice> notice() {
        if (found.isEmpty()) {
            return Optional.empty();
        }
        String names = found.entrySet()
                .stream()
                .limit(NAMED)
                .map(one -> "${" + one.getKey() + "} (" + one.getValue().source() + ")")
                .collect(Collectors.joining(", "));
        String more = found.size() > NAMED ? ", … " + (found.size() - NAMED) + " more" : "";
        return Optional.of(new Plan.Notice.Warning(Optional.empty(), "taken as it stands: " + names + more
                + ". Keycloak replaces such names only where it imports a file by itself. For the value of the variable write"
                + " $(env:" + found.firstEntry().getKey() + ")"));
    }
}
