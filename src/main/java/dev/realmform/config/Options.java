package dev.realmform.config;

import java.util.Map;
import java.util.Set;

/**
 * What the command line says about loading.
 *
 * @param vars         {@code --var name=value}: goes before {@code realmform.vars}
 * @param settings     settings by their path below {@code realmform}, such as {@code server.url} or {@code state.file}: go
 *                     before variables of the environment and the file
 * @param untrusted    {@code --untrusted}: the files come from somebody who may not decide where this run connects, what it
 *                     reads from its environment, or where its state is
 * @param allowEmpty   accept a desired state without resources
 * @param allowUnknown keys that are no typing errors, beside {@code realmform.allowUnknown}; {@code *} for all that look like none
 * @param allowEnv     variables that may be used outside secret positions, beside {@code realmform.env}
 */
public record Options(Map<String, String> vars, Map<String, String> settings, boolean untrusted, boolean allowEmpty,
        Set<String> allowUnknown, Set<String> allowEnv) {

    public static final Options NONE = new Options(Map.of(), Map.of(), false, false, Set.of(), Set.of());

    public Options {
        vars = Map.copyOf(vars);
        settings = Map.copyOf(settings);
        allowUnknown = Set.copyOf(allowUnknown);
        allowEnv = Set.copyOf(allowEnv);
    }
}
