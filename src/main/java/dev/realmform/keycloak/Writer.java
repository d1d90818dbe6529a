package dev.realmform.keycloak;

import dev.realmform.keycloak.admin.Admin;
import dev.realmform.keycloak.admin.Answer;
import dev.realmform.keycloak.admin.Method;
import dev.realmform.keycloak.admin.Problems;
import dev.realmform.keycloak.admin.Request;
import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.LiveState.LiveObject;
import dev.realmform.provider.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sends the calls of changes, one after the other within a change. An answer that is lost is resolved by looking, so that
 * nothing is made twice and nothing that was made is lost. Thread-safe.
 */
final class Writer {

    private static final int GONE = 404;
    private static final int CONFLICT = 409;
    /** From here on nobody can tell what the server has done before it failed. */
    private static final int FAILED_INSIDE = 500;

    private final Admin admin;
    private final Ids ids;
    private final Map<List<String>, ReentrantLock> locks = new ConcurrentHashMap<>();

    Writer(Admin admin, Ids ids) {
        this.admin = admin;
        this.ids = ids;
    }

    /** What a field of another resource holds, now that this has been applied: the secret of a client, most of all. */
    Value field(Value.Unknown hole) {
        Address source = hole.source();
        Optional<Value> value = source.type().equals(ClientType.NAME)
                ? admin.find(Request.get(source.root(), "clients", ids.need(source)))
                        .filter(Value.MapOf.class::isInstance)
                        .flatMap(body -> new ClientType().canonical((Value.MapOf) body).get(hole.field()))
                : Optional.empty();
        return value.filter(found -> !(found instanceof Value.Hidden))
                .orElseThrow(() -> Problem
                        .failed("$(ref:" + source + "." + hole.field() + ") has no value on the server",
                                source.toString(),
                                "Only fields of clients can be referred to, and only those that this login may"
                                        + " read.")
                        .asException());
    }

    /** Fills the holes of what is about to be sent. */
    Filling filling() {
        return new Filling(ids, this::field);
    }

    /**
     * Sends one change.
     *
     * @param mayBeThere whether a request of ours, whose end is not known, may have made it, or may make it yet
     */
    Outcome write(KeycloakType type, Change change, boolean mayBeThere) {
        if (!change.writes()) {
            return new Outcome.Done(ids.known(change.address()), false);
        }
        Progress progress = new Progress(mayBeThere);
        try {
            Change real = overBuiltIn(type, change);
            for (Call call : type.calls(real)) {
                run(type, real, call, progress);
            }
            for (Call call : afterwards(type, real)) {
                run(type, real, call, progress);
            }
        } catch (ProblemException e) {
            Optional<String> id = change instanceof Change.Create && !progress.made
                    ? Optional.empty()
                    : ids.known(change.address());
            Problem problem = type.explained(e.problems().getFirst());
            return new Outcome.Failed(located(problem, change.address()), id, progress.wrote);
        }
        if (change instanceof Change.Delete) {
            ids.forget(change.address());
            return new Outcome.Done(Optional.empty(), progress.found);
        }
        return new Outcome.Done(ids.known(change.address()), progress.found);
    }

    /**
     * What a server makes by itself with a new realm was not there when the plan was made, and is by now: declared fields
     * are laid over it.
     */
    private Change overBuiltIn(KeycloakType type, Change change) {
        if (!(change instanceof Change.Create create) || !BuiltIn.mayComeWithRealm(change.address())) {
            return change;
        }
        return live(type, create.desired())
                .<Change>map(live -> new Change.Adopt(live, create.desired(), type.propose(create.desired(), live),
                        List.of()))
                .orElse(change);
    }

    private List<Call> afterwards(KeycloakType type, Change change) {
        return change instanceof Change.Create create && type.isGivenMore(create)
                ? live(type, create.desired()).map(live -> type.afterwards(create, live)).orElse(Call.none())
                : Call.none();
    }

    private Optional<Resource> live(KeycloakType type, Resource desired) {
        Found found = new Found(ids, new Renames(Map.of()));
        type.list(new Reader(admin), Wanted.only(desired), found);
        return Optional.ofNullable(found.objects().get(desired.address())).map(LiveObject::resource);
    }

    /** How far a change has come. */
    private static final class Progress {
        /** Whether something of it may be ours though it was there before the request at hand. */
        private boolean mayBeThere;
        /** Whether something was, or may have been, written. */
        private boolean wrote;
        private boolean made;
        private boolean found;
        /** Whether a request was sent once more, since the server had failed inside. */
        private boolean triedAgain;

        private Progress(boolean mayBeThere) {
            this.mayBeThere = mayBeThere;
            this.wrote = mayBeThere;
        }
    }

    static Problem located(Problem problem, Address address) {
        return problem.where().isEmpty()
                ? new Problem(problem.kind(), problem.what(), address.toString(), problem.remedy(), problem.cause())
                : problem;
    }

    private void run(KeycloakType type, Change change, Call call, Progress progress) {
        Filling filling = filling();
        List<String> path = filling.path(call.path());
        if (call.mayOverlap()) {
            send(call, call.request(path, call.body().map(filling::value)), change, progress);
            return;
        }
        ReentrantLock lock = locks.computeIfAbsent(path, key -> new ReentrantLock());
        lock.lock();
        try {
            Optional<Value> body = call.body().map(filling::value);
            if (body.isPresent() && call.again().isPresent()) {
                body = Optional.of(new Refresh(admin, type, change).of(call.again().get(), path,
                        (Value.MapOf) body.get()));
            }
            send(call, call.request(path, body), change, progress);
        } finally {
            lock.unlock();
        }
    }

    /**
     * A request that makes something is sent once more if its answer was lost and a look shows that nothing was made; unless it
     * may be made yet, and then twice.
     */
    private void send(Call call, Request request, Change change, Progress progress) {
        switch (admin.send(request)) {
            case Answer.Answered answered -> judgeLate(call, request, answered, change, progress);
            case Answer.Lost(Problem cause) -> {
                progress.wrote = true;
                if (call.looksUp().isEmpty()) {
                    throw cause.asException();
                }
                if (!appeared(call, progress)) {
                    if (call.doubles()) {
                        throw cause.asException();
                    }
                    sendAgain(call, request, change, progress);
                }
            }
        }
    }

    private void sendAgain(Call call, Request request, Change change, Progress progress) {
        progress.mayBeThere = true;
        switch (admin.send(request)) {
            case Answer.Answered answered -> judgeLate(call, request, answered, change, progress);
            case Answer.Lost(Problem cause) -> {
                if (!appeared(call, progress)) {
                    throw cause.asException();
                }
            }
        }
    }

    /** A conflict with what an earlier request of ours made, later than we looked, is none. */
    private void judgeLate(Call call, Request request, Answer.Answered answered, Change change, Progress progress) {
        boolean tooLate = progress.mayBeThere && answered.status() == CONFLICT && appeared(call, progress);
        if (!tooLate) {
            judge(call, request, answered, change, progress);
        }
    }

    private void judge(Call call, Request request, Answer.Answered answered, Change change, Progress progress) {
        if (answered.ok()) {
            progress.wrote = true;
            progress.made |= call.looksUp().isPresent();
            remember(call, answered);
            return;
        }
        boolean failedInside = answered.status() >= FAILED_INSIDE;
        progress.wrote |= failedInside;
        if (failedInside && appeared(call, progress)) {
            return;
        }
        if (failedInside && call.looksUp().isPresent() && !call.doubles() && !progress.triedAgain) {
            // Keycloak fails inside where two requests get into each other's way: a new user joins the default groups, and one of
            // those is being deleted (NullPointerException in joinGroupImpl, 26.7.3). It has undone all of it.
            progress.triedAgain = true;
            sendAgain(call, request, change, progress);
            return;
        }
        boolean goneAlready = answered.status() == GONE && call.method() == Method.DELETE;
        if (goneAlready) {
            return;
        }
        Problem problem = Problems.translate(request, answered, change.address().toString());
        boolean inTheWay = answered.status() == CONFLICT && call.looksUp().flatMap(ids::look).isPresent();
        throw (inTheWay ? appearedMeanwhile(call, change) : problem).asException();
    }

    private void remember(Call call, Answer.Answered answered) {
        if (call.makes().isPresent()) {
            answered.createdId()
                    .or(() -> answered.map().text("id"))
                    .or(() -> answered.map().text("_id"))
                    .ifPresent(id -> ids.put(call.makes().get(), id));
        } else {
            call.looksUp().ifPresent(ids::look);
        }
    }

    /** Whether what a call was to make is there after all. Only asked once a request of ours may have made it. */
    private boolean appeared(Call call, Progress progress) {
        if (call.looksUp().flatMap(ids::look).isEmpty()) {
            return false;
        }
        progress.wrote = true;
        progress.made = true;
        progress.found = true;
        return true;
    }

    private Problem appearedMeanwhile(Call call, Change change) {
        Address made = call.looksUp().orElseThrow();
        ids.forget(made);
        return appearedMeanwhile(made, change.address());
    }

    static Problem appearedMeanwhile(Address made, Address change) {
        return new Problem(Problem.Kind.STALE, made + " has appeared since the plan was made: somebody else made it",
                change.toString(), "Plan again: it will be adopted.", Optional.empty());
    }
}
