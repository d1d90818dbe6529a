package dev.realmform.cli;

import dev.realmform.config.StatePlace;
import dev.realmform.kubernetes.ClusterAccess;
import dev.realmform.kubernetes.state.ClusterPlace;
import dev.realmform.kubernetes.state.ClusterStateStore;
import dev.realmform.model.Problem;
import dev.realmform.state.StateStore;
import java.util.Optional;
import java.util.regex.Pattern;

/** The way to a state in a cluster. Apart, so that only who has such a state loads the cluster's client. */
final class StateCluster {

    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?");

    private StateCluster() {}

    static StateStore store(Shell shell, StatePlace.Kubernetes place) {
        if (!NAMESPACE.matcher(place.namespace()).matches() || !NAME.matcher(place.name()).matches()) {
            throw Problem.invalid("the place of the state is no name in a cluster: " + place.option(), "",
                    "Write kubernetes:NAMESPACE/NAME, or kubernetes:NAMESPACE/NAME@CONTEXT: lower-case letters, digits"
                            + " and hyphens.")
                    .asException();
        }
        return new ClusterStateStore(new ClusterAccess(Optional.empty(), place.context(), shell.environment()).open(),
                new ClusterPlace(place.namespace(), place.name()), States.CODEC, () -> States.lineage(shell),
                shell.folder(), shell.clock());
    }
}
