package dev.realmform.keycloak;

import dev.realmform.keycloak.admin.Admin;
import dev.realmform.model.Change;
import dev.realmform.model.Concealment;
import dev.realmform.model.Path;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.Field;
import dev.realmform.provider.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Completes the body of a PUT with what is on the server now, see {@link Again}. If a field that we are about to write has
 * moved since the plan was made, nothing is sent.
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

    Value.MapOf of(Again again, List<String> path, Value.MapOf body) {
        return switch (again) {
            case Again.Fields fields -> completed(fields, now(fields, path), body);
            case Again.Member member -> listed(member, read(path), body);
            case Again.Whole ignored -> whole(read(path));
        };
    }

    private Value.MapOf read(List<String> path) {
        return new Reader(admin).object(path.toArray(String[]::new)).orElseThrow(this::gone);
    }

    private Value.MapOf now(Again.Fields again, List<String> path) {
        Value.MapOf read = read(path.subList(0, path.size() - again.above()));
        return again.above() == 0 ? read
                : named(read.list(again.base().parent().last()), again.base().last()).orElseThrow(this::gone);
    }

    private Value.MapOf whole(Value.MapOf raw) {
        refuseMoved(Path.ROOT, change.before().map(Resource::value).orElse(Value.EMPTY_MAP),
                Wire.planned(change).value(), type.canonical(raw));
        return type.onto(raw, change);
    }

    private Value.MapOf completed(Again.Fields again, Value.MapOf raw, Value.MapOf body) {
        Optional<Value.MapOf> before = change.before().map(Resource::value).map(value -> below(value, again.base()));
        before.ifPresent(seen -> refuseMoved(again, raw, seen, body));
        Value.MapOf complete = body;
        for (Map.Entry<String, Value> field : raw.fields().entrySet()) {
            if (!body.has(field.getKey()) && again.carry().stream().anyMatch(field.getKey()::startsWith)) {
                complete = complete.with(field.getKey(), field.getValue());
            }
        }
        for (String map : again.maps()) {
            Value.MapOf was = before.orElse(Value.EMPTY_MAP).map(map);
            Value.MapOf becomes = below(Wire.planned(change).value(), again.base()).map(map);
            Field field = type.schema().at(again.base()).at(map);
            complete = complete.with(map, field.memberName().isPresent()
                    ? Wire.of(field, merged(canonical(again, raw).map(map), was, becomes))
                    : merged(raw.map(map), was, becomes));
        }
        return complete;
    }

    /** The whole list, in which one member is as the change wants it. */
    private Value.MapOf listed(Again.Member member, Value.MapOf raw, Value.MapOf body) {
        List<Value> items = new ArrayList<>(raw.list(member.list()));
        Optional<Value.MapOf> now = named(items, member.name());
        if (body.isEmpty()) {
            now.ifPresent(items::remove);
        } else if (now.isPresent()) {
            items.set(items.indexOf(now.get()), overlaid(now.get(), body));
        } else if (change instanceof Change.Create) {
            items.add(body);
        } else {
            throw gone();
        }
        return raw.with(member.list(), new Value.ListOf(items));
    }

    private ProblemException gone() {
        return Problem.failed(change.address() + " is gone", change.address().toString(), "Plan again.").asException();
    }

    private static Optional<Value.MapOf> named(List<Value> items, String name) {
        return items.stream()
                .filter(Value.MapOf.class::isInstance)
                .map(Value.MapOf.class::cast)
                .filter(item -> item.text("name").filter(name::equals).isPresent())
                .findFirst();
    }

    private Value.MapOf overlaid(Value.MapOf now, Value.MapOf body) {
        Value.MapOf before = change.before()
                .map(Resource::value)
                .orElseThrow(() -> Writer.appearedMeanwhile(change.address(), change.address()).asException());
        refuseMoved(new Again.Fields(Path.ROOT, Set.of(), Set.of(), 0), now, before, body);
        Value.MapOf member = now.with("name", body.get("name").orElseThrow());
        for (String field : Wire.differing(before, Wire.planned(change).value())) {
            member = body.has(field) ? member.with(field, body.get(field).orElseThrow()) : member.without(field);
        }
        return member;
    }

    private static Value.MapOf below(Value.MapOf value, Path base) {
        return value.at(base).orElse(Value.EMPTY_MAP) instanceof Value.MapOf map ? map : Value.EMPTY_MAP;
    }

    private static Value.MapOf merged(Value.MapOf now, Value.MapOf before, Value.MapOf after) {
        Value.MapOf merged = now;
        for (String key : Wire.differing(before, after)) {
            Optional<Value> planned = after.get(key);
            merged = planned.isPresent() ? merged.with(key, Wire.plain(planned.get())) : merged.without(key);
        }
        return merged;
    }

    private Value.MapOf canonical(Again.Fields again, Value.MapOf raw) {
        return again.base().isRoot()
                ? type.canonical(raw)
                : new Schema(type.schema().at(again.base())).canonical(raw);
    }

    private void refuseMoved(Again.Fields again, Value.MapOf raw, Value.MapOf before, Value.MapOf body) {
        Value.MapOf now = canonical(again, raw);
        Value.MapOf after = below(Wire.planned(change).value(), again.base());
        for (String field : Wire.differing(before, after)) {
            if (again.maps().contains(field)) {
                Wire.differing(before.map(field), after.map(field))
                        .forEach(key -> refuseMoved(
                                again.base().then(field).then(key), now.map(field).get(key),
                                before.map(field).get(key)));
            } else if (body.has(field)) {
                refuseMoved(again.base().then(field), now.get(field), before.get(field));
            }
        }
    }

    /** At the top a list is the order of members, in which others may have come and gone. */
    private void refuseMoved(Path path, Value.MapOf before, Value.MapOf after, Value.MapOf now) {
        for (String name : Wire.differing(before, after)) {
            Value was = before.get(name).orElse(Value.NULL);
            if (was instanceof Value.MapOf from && after.get(name).orElse(Value.NULL) instanceof Value.MapOf to) {
                refuseMoved(path.then(name), from, to, now.map(name));
            } else if (!path.isRoot() || !(was instanceof Value.ListOf)) {
                refuseMoved(path.then(name), now.get(name), before.get(name));
            }
        }
    }

    private void refuseMoved(Path path, Optional<Value> now, Optional<Value> seen) {
        // The plan hides texts that the file declares as secrets; what was read just now does not know of that.
        Optional<Value> alike = seen.isPresent() ? now.map(value -> Concealment.like(seen.get(), value)) : now;
        if (!alike.equals(seen)) {
            throw new Problem(Problem.Kind.STALE, path + " has moved since the plan was made",
                    change.address().toString(), "Plan again.", Optional.empty()).asException();
        }
    }
}
