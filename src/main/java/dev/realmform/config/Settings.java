package dev.realmform.config;

import dev.realmform.provider.Manage;
import java.util.Optional;
import java.util.Set;

/**
 * The section {@code realmform} with options and variables of the environment laid over it: option before variable before
 * file.
 *
 * @param state        empty for the default, {@code state/<realm>.json} below the working directory
 * @param manage       which collections are authoritative
 * @param allowUnknown keys that are no typing errors
 */
public record Settings(Server server, Optional<StatePlace> state, Manage manage, Set<String> allowUnknown) {

    public Settings {
        allowUnknown = Set.copyOf(allowUnknown);
    }

    /** The same at another server. */
    Settings at(String url) {
        return new Settings(server.at(url), state, manage, allowUnknown);
    }
}
