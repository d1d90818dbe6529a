package dev.realmform.keycloak;

import dev.realmform.keycloak.admin.Admin;
import dev.realmform.model.Change;
import dev.realmform.model.Path;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import java.util.List;
import java.util.Optional;

/**
 * For fields that the server replaces whole: reads the object again just before it is written, and lays the edits of the
 * change over what is there now, so that keys of others survive. If a field that we write moved since the plan, nothing
 * is sent.
 */
final class Refresh {

    private final Admin admin;
    private final KeycloakType type;
    private final Change change;

    Refresh(Admin admin, KeycloakType type, Change change) {
        this.admin = admin;
        this.type = type;
        this.change = change;
    }

    Value.MapOf of(Call call, List<String> path, Value.MapOf body) {
        Optional<Resource> before = change.before();
        if (before.isEmpty()) {
            return body;
        }
        Value.MapOf raw = new Reader(admin).object(path.toArray(String[]::new))
                .orElseThrow(
                        () -> Problem.failed(change.address() + " is gone", change.address().toString(), "Plan again.")
                                .asException());
        Value.MapOf now = type.canonical(raw);
        Value.MapOf merged = body;
        for (String field : call.refresh()) {
            merged = merged.with(field, merged(field, raw.map(field), now, before.get().value()));
        }
        return merged;
    }

    private Value merged(String field, Value.MapOf raw, Value.MapOf now, Value.MapOf before) {
        Value.MapOf after = Wire.planned(change).value();
        Value.MapOf merged = raw;
        for (String key : Wire.differing(before.map(field), after.map(field))) {
            if (!now.map(field).get(key).equals(before.map(field).get(key))) {
                throw new Problem(Problem.Kind.STALE, Path.of(field, key) + " has moved since the plan was made",
                        change.address().toString(), "Plan again.", Optional.empty()).asException();
            }
            Optional<Value> planned = after.map(field).get(key);
            merged = planned.isPresent() ? merged.with(key, Wire.plain(planned.get())) : merged.without(key);
        }
        return merged;
    }
}
