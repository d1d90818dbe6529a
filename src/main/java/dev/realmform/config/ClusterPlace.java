package dev.realmform.config;

import java.util.Optional;

/**
 * Which cluster the files are about, and how it is found.
 *
 * @param kubeconfig what an option or the root file says; empty for what the environment says
 * @param context    what an option chooses; empty for the kubeconfig's own
 * @param expected   which context the files say it has to be; they check, and never choose
 * @param trusted    whether the files may say where a login is sent to
 */
public record ClusterPlace(Optional<String> kubeconfig, Optional<String> context, Optional<String> expected,
        boolean trusted) {}
