package dev.realmform.config;

import dev.realmform.model.Secret;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The secrets that the root file names, and the variables that hold them.
 *
 * <p>A secret that is not there is a hole, not an error: jobs for merge requests have none. With {@code --untrusted} none is
 * even looked up.
 */
final class Secrets {

    private final Map<String, Place> names = new LinkedHashMap<>();
    private final Map<String, String> variables = new LinkedHashMap<>();
    private final Map<String, String> files = new LinkedHashMap<>();
    private final Map<String, String> environment;
    private final FileBox box;
    private final boolean untrusted;

    Secrets(Node.Fields section, Map<String, String> environment, FileBox box, boolean untrusted) {
        this.environment = environment;
        this.box = box;
        this.untrusted = untrusted;
        section.entries().forEach((name, entry) -> {
            names.put(name, entry.key());
            if (entry.node() instanceof Node.Fields source) {
                text(source, "env").ifPresent(variable -> variables.put(name, variable));
                text(source, "file").ifPresent(file -> files.put(name, file));
            }
        });
    }

    private static java.util.Optional<String> text(Node.Fields source, String field) {
        return source.leaf(field).flatMap(Node.Leaf::text);
    }

    boolean has(String name) {
        return names.containsKey(name);
    }

    Set<String> names() {
        return names.keySet();
    }

    /** Whether a variable of the environment holds a secret: one of these, or a credential of the login. */
    boolean isVariable(String variable) {
        return variables.containsValue(variable) || Login.VARIABLES.contains(variable);
    }

    boolean isFile(String file) {
        return files.containsValue(file);
    }

    Secret get(String name, String reference) {
        if (untrusted) {
            return Secret.notGiven(reference);
        }
        String variable = variables.get(name);
        if (variable != null) {
            String value = environment.getOrDefault(variable, "");
            return value.isEmpty() ? Secret.notGiven(reference) : Secret.of(value, reference);
        }
        String file = files.get(name);
        return file != null && box.anywhere(file) instanceof FileBox.Text(String text) && !text.isEmpty()
                ? Secret.of(text, reference)
                : Secret.notGiven(reference);
    }

    /** The names of all variables that hold secrets. */
    Set<String> variables() {
        return new TreeSet<>(variables.values());
    }
}
