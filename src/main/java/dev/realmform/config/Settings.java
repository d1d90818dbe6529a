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
 * @param cluster      where the cluster is; empty if no file speaks of one
 */
public record Settings(Server server, Optional<StatePlace> state, Manage manage, Set<String> allowUnknown,
        Optional<ClusterPlace> cluster) {

    public Settings {
        allowUnknown = Set.copyOf(allowUnknown);
    }

    /** The same at another server. */
    Settings at(String url) {
        return new Settings(server.at(url), state, manage, allowUnknown, cluster);
    }

    /** The same with a cluster. */
    public Settings with(ClusterPlace place) {
        return new Settings(server, state, manage, allowUnknown, Optional.of(place));
    }
}
