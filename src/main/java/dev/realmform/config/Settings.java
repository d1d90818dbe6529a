package dev.realmform.config;

import dev.realmform.provider.Manage;
import java.util.Optional;
import java.util.Set;

/**
 * The section {@code realmform} with options and variables of the environment laid over it: option before variable before
 * file.
 *
 * @param stateFile    as written, relative to the working directory; empty for the default, {@code state/<realm>.json}
 * @param manage       which collections are authoritative
 * @param allowUnknown keys that are no typing errors
 */
public record Settings(Server server, Optional<String> stateFile, Manage manage, Set<String> allowUnknown) {

    public Settings {
        allowUnknown = Set.copyOf(allowUnknown);
    }
}
