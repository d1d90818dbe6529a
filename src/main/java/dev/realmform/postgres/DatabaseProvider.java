package dev.realmform.postgres;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Resource;
import dev.realmform.model.Secret;
import dev.realmform.model.ServerIdentity;
import dev.realmform.model.Value;
import dev.realmform.provider.LiveState;
import dev.realmform.provider.LiveState.LiveObject;
import dev.realmform.provider.Outcome;
import dev.realmform.provider.Provider;
import dev.realmform.provider.ResourceType;
import dev.realmform.provider.Scope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Databases that are made from here. What a resource of theirs says under {@code via} is how this gets in. */
public final class DatabaseProvider implements Provider {

    private static final DatabaseType TYPE = new DatabaseType();
    private static final Path PASSWORD = Path.of("password");

    private final boolean trusted;
    private final Function<Value.Unknown, Value> future;
    private final Map<Address, List<Problem>> lacking = new TreeMap<>();

    /**
     * Databases.
     *
     * @param trusted whether the files may say where a login is sent to; else no server is spoken to
     * @param future  what a value of the future has become
     */
    public DatabaseProvider(boolean trusted, Function<Value.Unknown, Value> future) {
        this.trusted = trusted;
        this.future = future;
    }

    @Override
    public List<ResourceType> types() {
        return List.of(TYPE);
    }

    /** The type where there is nobody to ask. */
    public static Optional<ResourceType> offline(String name) {
        return TYPE.name().equals(name) ? Optional.of(TYPE) : Optional.empty();
    }

    /** One that no file declares any more is taken to be there: nobody says how to get in. */
    @Override
    public LiveState read(Scope scope) {
        lacking.clear();
        SortedMap<Address, LiveObject> objects = new TreeMap<>();
        List<Plan.Notice> notices = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        scope.owned().keySet().forEach(address -> objects.put(address, live(Resource.live(address, Value.EMPTY_MAP))));
        scope.declared().forEach((address, desired) -> {
            Optional<String> obstacle = obstacle(desired);
            try {
                if (obstacle.isPresent()) {
                    notices.add(new Plan.Notice.General(address + " was not looked at: " + obstacle.get()));
                    objects.computeIfPresent(address, (ignored, remembered) -> live(asDeclared(desired)));
                } else {
                    objects.remove(address);
                    Look.Found found = new Look(desired).take();
                    lacking.put(address, found.lacks());
                    found.live().ifPresent(database -> objects.put(address, live(database)));
                }
            } catch (ProblemException e) {
                problems.addAll(e.problems());
            }
        });
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        return new LiveState(objects, new ServerIdentity("", Collections.emptySortedMap()), notices);
    }

    /** As if the server had made it: never deleted. */
    private static LiveObject live(Resource resource) {
        return new LiveObject(resource, Optional.empty(), true, Optional.empty());
    }

    private static Resource asDeclared(Resource desired) {
        Value.MapOf value = desired.value();
        return Resource.live(desired.address(), value.has(PASSWORD.last())
                ? value.with(PASSWORD.last(), new Value.Hidden(Value.Hidden.Reason.FORBIDDEN))
                : value);
    }

    /** Why the server cannot be asked. */
    private Optional<String> obstacle(Resource desired) {
        if (!trusted) {
            return Optional.of("with --untrusted no file says where a login is sent to");
        }
        for (Map.Entry<String, Value> field : desired.value().map("via").fields().entrySet()) {
            if (field.getValue() instanceof Value.Unknown unknown) {
                return Optional.of(field.getKey() + " of its administrator is known after " + unknown.source());
            }
            if (field.getValue() instanceof Secret secret && !secret.isGiven()) {
                return Optional.of(secret.reference() + " is not given here");
            }
        }
        return Optional.empty();
    }

    @Override
    public List<Problem> review(Plan plan) {
        return plan.changes()
                .stream()
                .filter(Change::writes)
                .flatMap(change -> lacking.getOrDefault(change.address(), List.of()).stream())
                .toList();
    }

    @Override
    public List<Plan.Notice> notices(Plan plan) {
        return plan.changes()
                .stream()
                .filter(change -> change instanceof Change.Forget
                        && change.address().type().equals(Address.DATABASE))
                .map(change -> (Plan.Notice) new Plan.Notice.General(change.address()
                        + " stays on its server, with its user and all that is in it: realmform drops no database."
                        + " Who needs it no longer drops it by hand."))
                .toList();
    }

    @Override
    public List<Outcome> write(List<Change> bundle) {
        return bundle.stream().map(this::write).toList();
    }

    private Outcome write(Change change) {
        if (!change.writes() || change.declared().isEmpty()) {
            return new Outcome.Done(Optional.empty(), false);
        }
        Resource desired = change.declared().get();
        boolean setsPassword = change instanceof Change.Create
                || change.edits().stream().anyMatch(edit -> edit.path().equals(PASSWORD));
        try {
            Target target = Target.of(desired.withValue((Value.MapOf) known(desired.value())));
            return new Maker(target, setsPassword).make()
                    .<Outcome>map(problem -> new Outcome.Failed(problem, Optional.empty(), true))
                    .orElseGet(() -> new Outcome.Done(Optional.empty(), false));
        } catch (ProblemException e) {
            return new Outcome.Failed(e.problems().getFirst(), Optional.empty(), false);
        }
    }

    private Value known(Value value) {
        return switch (value) {
            case Value.Unknown unknown -> future.apply(unknown);
            case Value.MapOf map -> map.each((name, below) -> Optional.of(known(below)));
            default -> value;
        };
    }

    @Override
    public void close() {
        // Each visit ends by itself.
    }
}
