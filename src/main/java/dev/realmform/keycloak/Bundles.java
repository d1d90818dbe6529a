package dev.realmform.keycloak;

import dev.realmform.keycloak.admin.Admin;
import dev.realmform.keycloak.admin.Answer;
import dev.realmform.keycloak.admin.Request;
import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Reference;
import dev.realmform.model.Value;
import dev.realmform.provider.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Carries out bundles: creations together in one {@code partialImport} where that makes what single calls would make, and
 * all else change by change. The import is never the only way: whatever it does not take, goes singly, and so gets the
 * server's own word. Thread-safe.
 */
final class Bundles {

    /** From so many on, reading what an import has to know beforehand pays. */
    private static final int WORTHWHILE = 3;

    private static final Set<Integer> NOT_FOR_US = Set.of(403, 404, 405, 501);
    private static final int OK = 200;
    private static final int SERVER_ERRORS = 500;

    private final Admin admin;
    private final Ids ids;
    private final Writer writer;
    private final Map<String, Reader> facts = new ConcurrentHashMap<>();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    /** What was there for certain when this run last looked, and what this run has made. */
    private final Set<Address> seen = ConcurrentHashMap.newKeySet();
    /** What a run before this one may have asked for, and was not there when this one looked: it may come yet. */
    private final Set<Address> unsettled = ConcurrentHashMap.newKeySet();

    Bundles(Admin admin, Ids ids) {
        this.admin = admin;
        this.ids = ids;
        this.writer = new Writer(admin, ids);
    }

    /** Conflicts with these are with what a request of ours made, later than we looked. */
    void mayComeYet(Set<Address> addresses) {
        unsettled.clear();
        unsettled.addAll(addresses);
    }

    /** What a hole holds now. */
    Value field(Value.Unknown hole) {
        return writer.field(hole);
    }

    /** One outcome for each change, in order. All are of one type and, if there are several, creations in one realm. */
    List<Outcome> write(KeycloakType type, List<Change> bundle) {
        Ends ends = new Ends(unsettled);
        if (bundle.size() >= WORTHWHILE) {
            together(type, bundle, ends);
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (Change change : bundle) {
            Outcome outcome = Optional.ofNullable(ends.outcomes.get(change.address()))
                    .orElseGet(() -> singly(type, change, ends));
            ends.outcomes.put(change.address(), outcome);
            remember(change, outcome);
            outcomes.add(outcome);
        }
        return outcomes;
    }

    /** How the changes of a bundle ended, and which may have been made all the same. */
    private static final class Ends {
        private final Map<Address, Outcome> outcomes = new HashMap<>();
        private final Set<Address> mayBeThere;

        Ends(Set<Address> mayBeThere) {
            this.mayBeThere = new HashSet<>(mayBeThere);
        }

        void fail(Address address, ProblemException e, boolean partly) {
            outcomes.put(address, new Outcome.Failed(Writer.located(e.problems().getFirst(), address), Optional.empty(),
                    partly));
        }
    }

    private void remember(Change change, Outcome outcome) {
        if (change instanceof Change.Delete) {
            seen.remove(change.address());
        } else if (outcome instanceof Outcome.Done) {
            seen.add(change.address());
        }
    }

    private Outcome singly(KeycloakType type, Change change, Ends ends) {
        Optional<Address> failed = change.declared()
                .stream()
                .flatMap(desired -> type.references(desired).stream())
                .map(Reference::to)
                .filter(need -> ends.outcomes.get(need) instanceof Outcome.Failed)
                .findFirst();
        return failed.<Outcome>map(need -> new Outcome.Failed(
                Problem.failed("nothing was sent: it needs " + need + ", which failed", change.address().toString(),
                        "Plan again once that is mended."),
                Optional.empty(), ends.mayBeThere.contains(change.address())))
                .orElseGet(() -> writer.write(type, change, ends.mayBeThere.contains(change.address())));
    }

    private void together(KeycloakType type, List<Change> bundle, Ends ends) {
        String realm = bundle.getFirst().address().root();
        if (refused.contains(realm)) {
            return;
        }
        SortedMap<Address, Value.MapOf> objects = new TreeMap<>();
        Optional<Imported> imported;
        try {
            imported = type.importing(facts.computeIfAbsent(realm, name -> new Reader(admin)), realm);
            imported.ifPresent(way -> objects.putAll(fitting(type, way, bundle)));
        } catch (ProblemException e) {
            // What cannot be known beforehand is not sent together; what goes wrong singly, is told there.
            return;
        }
        if (imported.isPresent() && objects.size() > 1) {
            Request request = Request.post(realm, "partialImport")
                    .body(imported.get().request(objects).with("ifResourceExists", Value.text("SKIP")));
            send(imported.get(), request, List.copyOf(objects.keySet()), ends);
        }
    }

    /** Those that can go together, each after what it needs: what needs one that cannot, cannot either. */
    private SortedMap<Address, Value.MapOf> fitting(KeycloakType type, Imported way, List<Change> bundle) {
        SortedMap<Address, Value.MapOf> objects = new TreeMap<>();
        Set<Address> apart = new HashSet<>();
        for (Change change : bundle) {
            Address address = change.address();
            if (change instanceof Change.Create create && !BuiltIn.mayComeWithRealm(address) && way.fits(create)
                    && isGiven(type, way, create, apart, objects.keySet())) {
                filled(way.object(create)).ifPresent(object -> objects.put(address, object));
            }
            if (!objects.containsKey(address)) {
                apart.add(address);
            }
        }
        return objects;
    }

    private boolean isGiven(KeycloakType type, Imported way, Change.Create create, Set<Address> apart,
            Set<Address> together) {
        return type.references(create.desired()).stream().map(Reference::to).allMatch(need -> switch (way.need(need)) {
            case CHECKED_BY_THE_SERVER -> !apart.contains(need);
            case LOOKED_AT -> seen.contains(need) || isThere(need);
            case IN_THE_SAME_REQUEST -> together.contains(need);
        });
    }

    private boolean isThere(Address address) {
        boolean there = ids.look(address).isPresent();
        if (there) {
            seen.add(address);
        }
        return there;
    }

    /** Empty if a hole cannot be filled; sent singly, it says why. */
    private Optional<Value.MapOf> filled(Value.MapOf object) {
        try {
            return Optional.of((Value.MapOf) writer.filling().value(object));
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    private void send(Imported way, Request request, List<Address> sent, Ends ends) {
        Answer answer;
        try {
            answer = admin.send(request);
        } catch (ProblemException e) {
            sent.forEach(address -> ends.fail(address, e, false));
            return;
        }
        switch (answer) {
            case Answer.Answered answered when answered.status() == OK -> read(way, answered, sent, ends);
            case Answer.Answered answered when answered.status() < SERVER_ERRORS || clashed(answered) -> {
                // It was undone as a whole. Whoever may not import at all is not asked to again.
                if (NOT_FOR_US.contains(answered.status())) {
                    refused.add(sent.getFirst().root());
                }
            }
            case Answer.Answered ignored -> look(sent, ends);
            case Answer.Lost ignored -> look(sent, ends);
        }
    }

    /**
     * Somebody else was making one of them at the same time, and the database took theirs. Keycloak answers 500 to that, and has
     * undone all of ours (26.7.3): what is there now, is theirs.
     */
    private static boolean clashed(Answer.Answered answered) {
        return answered.map().text("errorMessage").filter("Duplicate resource error"::equals).isPresent();
    }

    /** What is there now, is ours; what is not, may come yet, and goes out again singly. */
    private void look(List<Address> sent, Ends ends) {
        Optional<ProblemException> outage = Optional.empty();
        for (Address address : sent) {
            try {
                if (outage.isPresent()) {
                    throw outage.get();
                }
                ids.look(address)
                        .ifPresentOrElse(id -> ends.outcomes.put(address, new Outcome.Done(Optional.of(id), true)),
                                () -> ends.mayBeThere.add(address));
            } catch (ProblemException e) {
                // Each look at a server that is not there waits for it anew: of 500 roles, for hours.
                outage = Optional.of(e).filter(thrown -> thrown.problems().getFirst().kind().isOutage());
                ends.fail(address, e, true);
            }
        }
    }

    private void read(Imported way, Answer.Answered answered, List<Address> sent, Ends ends) {
        Map<String, Value.MapOf> rows = rows(answered);
        List<Address> made = new ArrayList<>();
        List<Address> unclear = new ArrayList<>();
        for (Address address : sent) {
            Value.MapOf row = rows.getOrDefault(way.row(address), Value.EMPTY_MAP);
            switch (row.text("action").orElse("")) {
                case "ADDED" -> {
                    made.add(address);
                    row.text("id").filter(id -> way.isIdTold(address)).ifPresent(id -> ids.put(address, id));
                }
                case "SKIPPED" -> skipped(address, ends);
                default -> unclear.add(address);
            }
        }
        look(unclear, ends);
        identify(way, made, ends);
    }

    private static Map<String, Value.MapOf> rows(Answer.Answered answered) {
        Map<String, Value.MapOf> rows = new HashMap<>();
        for (Value item : answered.map().list("results")) {
            if (item instanceof Value.MapOf row) {
                rows.put(row.text("resourceType").orElse("") + " " + row.text("resourceName").orElse(""), row);
            }
        }
        return rows;
    }

    /** Somebody else made it since we read; or it clashes with something else, which a single call says in words. */
    private void skipped(Address address, Ends ends) {
        try {
            Optional<String> id = ids.look(address);
            if (id.isPresent() && unsettled.contains(address)) {
                ends.outcomes.put(address, new Outcome.Done(id, true));
            } else if (id.isPresent()) {
                ids.forget(address);
                ends.outcomes.put(address, new Outcome.Failed(Writer.appearedMeanwhile(address, address),
                        Optional.empty(), false));
            }
        } catch (ProblemException e) {
            ends.fail(address, e, true);
        }
    }

    private void identify(Imported way, List<Address> made, Ends ends) {
        try {
            List<Address> unknown = made.stream().filter(address -> ids.known(address).isEmpty()).toList();
            if (!unknown.isEmpty()) {
                way.identify(unknown, new Reader(admin), ids);
            }
        } catch (ProblemException e) {
            made.stream()
                    .filter(address -> ids.known(address).isEmpty())
                    .forEach(address -> ends.fail(address, e, true));
        }
        made.forEach(address -> ends.outcomes.putIfAbsent(address, new Outcome.Done(ids.known(address), false)));
    }
}
