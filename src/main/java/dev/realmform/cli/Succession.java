package dev.realmform.cli;

import dev.realmform.keycloak.admin.Admin;
import dev.realmform.keycloak.admin.Answer;
import dev.realmform.keycloak.admin.Request;
import dev.realmform.model.Address;
import dev.realmform.model.Problem;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Puts a service account in the place of the administrator that Keycloak made at its first start: a client in {@code master} that may
 * make realms and manage the ones that the files declare. It has the administrator's password for its secret, which lies in the
 * cluster already. The administrator goes last, once the other login works, and only if Keycloak itself calls it temporary.
 *
 * @param user     name of the administrator
 * @param password of the administrator
 * @param own      the way to the server as the service account
 */
record Succession(String user, Secret password, Supplier<ServerConnection> own) {

    static final String CLIENT = "realmform";

    private static final String MASTER = "master";
    private static final String IMPERSONATION = "impersonation";

    /**
     * Does it.
     *
     * @param admin  logged in as the administrator
     * @param realms that are declared, and there
     * @return what to say about it
     * @throws dev.realmform.model.ProblemException if something of it does not work; the administrator is there then
     */
    String carryOut(Admin admin, Collection<String> realms) {
        Value.MapOf client = client(admin).map(this::ours).orElseGet(() -> made(admin));
        String account = admin.get(Request.get(MASTER, "clients", id(client), "service-account-user"))
                .text("id")
                .orElseThrow();
        grant(admin, account, List.of("realm"), List.of(admin.get(Request.get(MASTER, "roles", "create-realm"))));
        realms.forEach(realm -> grant(admin, account, realm));
        accepted(admin, Request.put(MASTER, "clients", id(client))
                .body(new Value.MapOf(Map.of("clientId", Value.text(CLIENT), "enabled", Value.bool(true)))));
        try (ServerConnection tried = own.get()) {
            realms.forEach(realm -> tried.admin().get(Request.get(realm)));
        }
        return CLIENT + " in " + MASTER + " is what realmform logs in with from now on" + (dismissed(admin)
                ? "; the temporary administrator " + user + " is gone"
                : ". The administrator " + user + " stays: Keycloak does not call it temporary");
    }

    /** Keycloak shows workflows to administrators of {@code master} and to logins of the realm itself, whatever the roles (26.7.3). */
    static boolean isForAdministratorsAlone(Address declared) {
        return declared.type().equals("workflow");
    }

    private static Optional<Value.MapOf> client(Admin admin) {
        return admin.list(Request.get(MASTER, "clients").with("clientId", CLIENT)).stream().findFirst();
    }

    /** One that an apply has left half-made; nothing is given to somebody else's of that name. */
    private Value.MapOf ours(Value.MapOf client) {
        if (client.text("secret").map(text -> Secret.of(text, "")).filter(password::equals).isEmpty()) {
            throw Problem.refused("master has a client " + CLIENT + " already, which is somebody else's", MASTER,
                    "Rename it, or give realmform a login of its own.").asException();
        }
        return client;
    }

    /** Switched off until it may do all that it has to: who is cut off in between finds the administrator's login the only one. */
    private Value.MapOf made(Admin admin) {
        accepted(admin, Request.post(MASTER, "clients")
                .body(new Value.MapOf(Map.of("clientId", Value.text(CLIENT),
                        "description", Value.text("What realmform logs in with, in place of the first administrator"),
                        "enabled", Value.bool(false), "publicClient", Value.bool(false), "serviceAccountsEnabled",
                        Value.bool(true),
                        "standardFlowEnabled", Value.bool(false), "directAccessGrantsEnabled", Value.bool(false),
                        "secret", password))));
        return client(admin).orElseThrow();
    }

    /** All that may be done to a realm, but to act as its users. */
    private static void grant(Admin admin, String account, String realm) {
        String name = realm.equals(MASTER) ? "master-realm" : realm + "-realm";
        admin.list(Request.get(MASTER, "clients").with("clientId", name)).stream().findFirst().ifPresent(client -> {
            List<Value.MapOf> roles = admin.list(Request.get(MASTER, "clients", id(client), "roles"))
                    .stream()
                    .filter(role -> !role.text("name").orElse("").equals(IMPERSONATION))
                    .toList();
            grant(admin, account, List.of("clients", id(client)), roles);
        });
    }

    private static void grant(Admin admin, String account, List<String> whose, List<Value.MapOf> roles) {
        List<String> path = new ArrayList<>(List.of(MASTER, "users", account, "role-mappings"));
        path.addAll(whose);
        accepted(admin,
                Request.post(path.toArray(String[]::new)).body(new Value.ListOf(List.copyOf(roles))).asRepeatable());
    }

    private boolean dismissed(Admin admin) {
        Optional<Value.MapOf> temporary = admin
                .list(Request.get(MASTER, "users").with("username", user).with("exact", "true"))
                .stream()
                .filter(one -> one.map("attributes").texts("is_temporary_admin").contains("true"))
                .findFirst();
        temporary.ifPresent(one -> accepted(admin, Request.delete(MASTER, "users", id(one))));
        return temporary.isPresent();
    }

    private static String id(Value.MapOf object) {
        return object.text("id").orElseThrow();
    }

    private static void accepted(Admin admin, Request request) {
        switch (admin.send(request)) {
            case Answer.Answered answer when answer.ok() -> {
            }
            case Answer.Answered answer -> throw Problem
                    .failed("Keycloak refuses " + request + ": status " + answer.status(), "",
                            "")
                    .asException();
            case Answer.Lost(Problem cause) -> throw cause.asException();
        }
    }
}
