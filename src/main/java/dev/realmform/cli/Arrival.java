package dev.realmform.cli;

import dev.realmform.apply.Interrupt;
import dev.realmform.keycloak.admin.Admin;
import dev.realmform.kubernetes.KubernetesProvider;
import dev.realmform.model.Address;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.provider.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Whether the Keycloak of a run is there, or yet to be made by this run in the cluster. It is yet to come if the files have the
 * cluster run one, the state holds nothing of any, and none answers.
 */
final class Arrival {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    /** From ready pods to an address that leads to them: an ingress or a load balancer takes its time. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Admin admin;
    private final Runnable way;
    private final Optional<Duration> patience;
    private volatile Presence presence = Presence.ASKED;

    private enum Presence {
        /** It is there, or has to be. */
        ASKED,
        /** This run is to make it. */
        AWAITED,
        /** Nothing of it is declared or known. */
        UNNEEDED
    }

    /**
     * Of the server behind this door.
     *
     * @param way      opens a way to it, if it takes one; throws a problem where there is none
     * @param patience for a server that does not answer, if the command line says one
     */
    Arrival(Admin admin, Runnable way, Optional<Duration> patience) {
        this.admin = admin;
        this.way = way;
        this.patience = patience;
    }

    /** Whether at the last look it was yet to come. */
    boolean isAwaited() {
        return presence == Presence.AWAITED;
    }

    /** Whether at the last look there was something to ask it. */
    boolean isAsked() {
        return presence == Presence.ASKED;
    }

    /** Looks, before anything is read of Keycloak. Of a cluster alone, a destroy need not ask a Keycloak that never came. */
    void look(Scope scope, boolean isOfCluster) {
        boolean runsIt = scope.declared().values().stream().anyMatch(KubernetesProvider::runsKeycloak);
        boolean isMeant = !scope.declared().keySet().stream().allMatch(Address::isOfCluster);
        if (isKnown(scope) || !isOfCluster || (isMeant && !runsIt)) {
            presence = Presence.ASKED;
        } else {
            presence = !isMeant ? Presence.UNNEEDED : answers() ? Presence.ASKED : Presence.AWAITED;
        }
        if (isAsked()) {
            way.run();
            patience.ifPresent(admin::awaitServer);
        }
    }

    private boolean answers() {
        try {
            way.run();
        } catch (ProblemException e) {
            if (e.problems().getFirst().kind() == Problem.Kind.FORBIDDEN) {
                throw e;
            }
            return false;
        }
        return admin.isThere();
    }

    /** Whether earlier runs have met it. */
    private static boolean isKnown(Scope scope) {
        return !scope.owned().keySet().stream().allMatch(Address::isOfCluster)
                || !scope.past().held().stream().allMatch(Address::isOfCluster);
    }

    /** What a plan says that was made without it. */
    Plan.Notice notice() {
        return new Plan.Notice.Warning(Optional.empty(), "Keycloak at " + admin.address()
                + " does not answer, and the state holds nothing of it: it is taken for one that is yet to be made, and its realms"
                + " for empty. Once it answers, apply looks again, and goes on if that is so.");
    }

    /**
     * Waits until it answers.
     *
     * @throws dev.realmform.model.ProblemException if it does not, or the run is to end
     */
    void await(Interrupt interrupt) {
        Instant until = Instant.now().plus(patience.orElse(PATIENCE));
        while (!answers()) {
            if (interrupt.isRequested()) {
                throw new Problem(Problem.Kind.INTERRUPTED, "interrupted while Keycloak was awaited", admin.address(),
                        "What was done in the cluster is in the state. Run the same command again: it goes on from here.",
                        Optional.empty()).asException();
            }
            if (Instant.now().isAfter(until)) {
                throw new Problem(Problem.Kind.UNREACHABLE, "the pods of Keycloak are ready, and it does not answer",
                        admin.address(),
                        "Look at its name in DNS, its ingress and realmform.server.url; then run the same command again: what was"
                                + " done in the cluster is in the state. --wait=10m waits longer.",
                        Optional.empty()).asException();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(BETWEEN_LOOKS.toMillis()));
        }
    }
}
