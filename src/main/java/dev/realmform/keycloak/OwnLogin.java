package dev.realmform.keycloak;

import dev.realmform.keycloak.admin.Admin;
import dev.realmform.keycloak.admin.Answer;
import dev.realmform.keycloak.admin.Request;
import dev.realmform.model.Plan;
import dev.realmform.model.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who we are, also where the token does not say it: the client {@code admin-cli}, and others that are set up so, get light
 * tokens, without roles and without the name of the user (seen on 26.7.3).
 */
final class OwnLogin {

    private final Admin admin;
    private final Login login;

    private OwnLogin(Admin admin, Login login) {
        this.admin = admin;
        this.login = login;
    }

    /** Asks the server only if the token says too little, and the plan touches the realm of the login. What it does not tell stays open. */
    static Login of(Admin admin, Plan plan) {
        Login login = Login.of(admin.claims());
        boolean matters = plan.changes().stream().anyMatch(change -> change.address().root().equals(login.realm()));
        return matters && !login.claims().has("realm_access") ? new OwnLogin(admin, login).complete() : login;
    }

    private Login complete() {
        return user().flatMap(user -> user.text("id").map(id -> with(user, id))).orElse(login);
    }

    private Login with(Value.MapOf user, String id) {
        Value.MapOf claims = login.claims()
                .with("sub", Value.text(id))
                .with("preferred_username", user.get("username").orElse(Value.NULL))
                .with("realm_access", roles(ask("users", id, "role-mappings", "realm", "composite")));
        Value.MapOf clients = ask("users", id, "role-mappings").map(Answer.Answered::map)
                .orElse(Value.EMPTY_MAP)
                .map("clientMappings");
        Value.MapOf access = Value.EMPTY_MAP;
        for (Map.Entry<String, Value> client : clients.fields().entrySet()) {
            access = access.with(client.getKey(), names(clients.map(client.getKey()).list("mappings")));
        }
        return Login.of(claims.with("resource_access", access));
    }

    private static Value.MapOf roles(Optional<Answer.Answered> answer) {
        return names(answer.map(Answer.Answered::maps).orElse(List.of()));
    }

    private static Value.MapOf names(List<? extends Value> roles) {
        return Value.EMPTY_MAP.with("roles", Value.texts(roles.stream()
                .filter(Value.MapOf.class::isInstance)
                .flatMap(role -> ((Value.MapOf) role).text("name").stream())
                .toList()));
    }

    /** By the name that was given to log in, which may be the mail address; else the service account of the client. */
    private Optional<Value.MapOf> user() {
        Optional<String> name = login.username();
        if (name.isEmpty()) {
            return first(Request.get(login.realm(), "clients").with("clientId", login.clientId()))
                    .flatMap(client -> client.text("id"))
                    .flatMap(id -> ask("clients", id, "service-account-user"))
                    .map(Answer.Answered::map);
        }
        return first(users("username", name.get())).or(() -> first(users("email", name.get())));
    }

    private Request users(String field, String value) {
        return Request.get(login.realm(), "users").with("exact", "true").with(field, value);
    }

    private Optional<Value.MapOf> first(Request request) {
        return ask(request).map(Answer.Answered::maps).filter(found -> found.size() == 1).map(List::getFirst);
    }

    private Optional<Answer.Answered> ask(String... path) {
        String[] whole = new String[path.length + 1];
        whole[0] = login.realm();
        System.arraycopy(path, 0, whole, 1, path.length);
        return ask(Request.get(whole));
    }

    private Optional<Answer.Answered> ask(Request request) {
        return admin.send(request) instanceof Answer.Answered answered && answered.ok()
                ? Optional.of(answered)
                : Optional.empty();
    }
}
