package dev.realmform.cli;

import dev.realmform.keycloak.admin.Login;
import dev.realmform.kubernetes.BootstrapAdmin;
import dev.realmform.kubernetes.KeycloakWorkload;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Resource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The login where nobody gave one, and the files have the cluster run Keycloak: realmform's own service account, or until there is
 * one the administrator that Keycloak made at its first start. Both have the password that lies in the cluster. Looked up once.
 */
final class ClusterLogin implements Supplier<Login> {

    private static final String CLIENT = "admin-cli";

    private final Optional<BootstrapAdmin> admin;
    private final ClusterDoor cluster;
    private final Function<Login, ServerConnection> opening;
    private Optional<Login> found = Optional.empty();

    /** @param opening the way to the server with another login */
    ClusterLogin(Collection<Resource> declared, ClusterDoor cluster, Function<Login, ServerConnection> opening) {
        this.admin = KeycloakWorkload.in(declared).flatMap(KeycloakWorkload::admin);
        this.cluster = cluster;
        this.opening = opening;
    }

    @Override
    public synchronized Login get() {
        Login login = found.orElseGet(this::look);
        found = Optional.of(login);
        return login;
    }

    private Login look() {
        BootstrapAdmin told = admin.orElseThrow(() -> missing("no login is given", ""));
        BootstrapAdmin.Account account = cluster.open()
                .provider()
                .cluster()
                .account(told)
                .orElseThrow(() -> missing(
                        "no login is given, and the password of Keycloak's first administrator is not in the cluster",
                        told.place()));
        Login own = new Login.ClientSecret(Succession.CLIENT, account.password());
        return told.fate() != BootstrapAdmin.Fate.OPEN && isAccepted(own) ? own
                : new Login.Password(CLIENT, Optional.empty(), account.user(), account.password());
    }

    private boolean isAccepted(Login login) {
        try (ServerConnection tried = opening.apply(login)) {
            tried.admin().claims();
            return true;
        } catch (ProblemException e) {
            if (e.problems().getFirst().kind() == Problem.Kind.LOGIN) {
                return false;
            }
            throw e;
        }
    }

    private static RuntimeException missing(String what, String where) {
        return Problem
                .invalid(what, where, "Set KEYCLOAK_CLIENT_ID and KEYCLOAK_CLIENT_SECRET, or KEYCLOAK_USERNAME and"
                        + " KEYCLOAK_PASSWORD, or KEYCLOAK_TOKEN; or write realmform.server.login in the root file.")
                .asException();
    }

    /** The account that the run is logged in with, if it is the first administrator's. */
    private synchronized Optional<Login.Password> administrator() {
        return found.filter(Login.Password.class::isInstance).map(Login.Password.class::cast);
    }

    /** What has to be done at the end of an apply so that the first administrator can go; empty if it shall stay, or has gone. */
    Optional<Succession> succession() {
        return administrator().filter(ignored -> admin.orElseThrow().fate() == BootstrapAdmin.Fate.REPLACED)
                .map(login -> new Succession(login.username(), login.password(),
                        () -> opening.apply(new Login.ClientSecret(Succession.CLIENT, login.password()))));
    }

    /**
     * What a reader of the plan should know about the login of the run.
     *
     * @param isMeant whether it will be this one, though nobody has asked for it yet
     */
    List<Plan.Notice> notices(boolean isMeant) {
        if (admin.isEmpty() || (administrator().isEmpty() && !isMeant)) {
            return List.of();
        }
        String who = "Keycloak is entered as its first administrator, whose password is in " + admin.get().place()
                + ". ";
        return List.of(switch (admin.get().fate()) {
            case REPLACED ->
                new Plan.Notice.General(who + "An apply ends by putting a service account in its place: client "
                        + Succession.CLIENT
                        + " in master, with the same password for its secret and rights on these realms alone.");
            case KEPT -> new Plan.Notice.Warning(Optional.empty(), who
                    + "It stays (keepBootstrapAdmin): who can read that Secret can do everything in Keycloak.");
            case OPEN ->
                new Plan.Notice.General(who + "That account is for the beginning: docs/cluster.md says what comes"
                        + " after it.");
        });
    }
}
