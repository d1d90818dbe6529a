package dev.realmform.cli;

import dev.realmform.keycloak.admin.Login;
import dev.realmform.kubernetes.BootstrapAdmin;
import dev.realmform.kubernetes.KeycloakWorkload;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The login where nobody gave one, and the files have the cluster run Keycloak: the administrator that it made at its first start,
 * whose password is in the cluster. Looked up once.
 */
final class ClusterLogin implements Supplier<Login> {

    private static final String CLIENT = "admin-cli";

    private final Collection<Resource> declared;
    private final ClusterDoor cluster;
    private Optional<Login> found = Optional.empty();
    private volatile Optional<String> place = Optional.empty();

    ClusterLogin(Collection<Resource> declared, ClusterDoor cluster) {
        this.declared = declared;
        this.cluster = cluster;
    }

    @Override
    public synchronized Login get() {
        Login login = found.orElseGet(this::look);
        found = Optional.of(login);
        return login;
    }

    /** What a reader of the plan should know, if this is the login of the run. */
    List<Plan.Notice> notices() {
        return place.<Plan.Notice>map(
                secret -> new Plan.Notice.General("Keycloak is entered as its first administrator, whose"
                        + " password is in " + secret
                        + ", for want of another login. That account is for the beginning: docs/cluster.md"
                        + " says what comes after it."))
                .stream()
                .toList();
    }

    private Login look() {
        BootstrapAdmin admin = KeycloakWorkload.in(declared)
                .flatMap(KeycloakWorkload::admin)
                .orElseThrow(() -> missing("no login is given", ""));
        BootstrapAdmin.Account account = cluster.open()
                .provider()
                .cluster()
                .account(admin)
                .orElseThrow(() -> missing(
                        "no login is given, and the password of Keycloak's first administrator is not in the"
                                + " cluster",
                        admin.place()));
        place = Optional.of(admin.place());
        return new Login.Password(CLIENT, Optional.empty(), account.user(), account.password());
    }

    private static RuntimeException missing(String what, String where) {
        return Problem
                .invalid(what, where, "Set KEYCLOAK_CLIENT_ID and KEYCLOAK_CLIENT_SECRET, or KEYCLOAK_USERNAME and"
                        + " KEYCLOAK_PASSWORD, or KEYCLOAK_TOKEN; or write realmform.server.login in the root file.")
                .asException();
    }
}
