package dev.realmform.apply;

import dev.realmform.model.Change;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.provider.Outcome;
import dev.realmform.provider.Provider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One walk through one plan, by the thread that calls {@link #toTheEnd}; calls hand themselves back through a queue. */
final class Walk {

    private static final long TICK_MILLIS = 100;

    private final Apply apply;
    private final Graph graph;
    private final Board board;
    private final Ledger ledger;
    private final Map<Integer, Lane> lanes = new TreeMap<>();
    private final List<Lane> allLanes;
    private final NavigableSet<Integer> readyHere = new TreeSet<>();
    private final BlockingQueue<Call> returned = new LinkedBlockingQueue<>();
    private int inFlight;
    private int unansweredInARow;
    private boolean wasInterrupted;

    Walk(Apply apply, Plan plan) {
        this.apply = apply;
        graph = new Graph(plan);
        board = new Board(graph);
        ledger = new Ledger(apply.recorder(), apply.watcher());
        IdentityHashMap<Provider, Lane> byProvider = new IdentityHashMap<>();
        for (int i = 0; i < graph.size(); i++) {
            Change change = graph.change(i);
            if (change.writes()) {
                lanes.put(i, byProvider.computeIfAbsent(apply.providers().apply(change),
                        provider -> new Lane(provider, graph, apply.parallelism())));
            }
        }
        allLanes = List.copyOf(byProvider.values());
    }

    ApplyResult toTheEnd() {
        board.waiting().stream().filter(board::isReady).forEach(this::enqueue);
        while (true) {
            heedThreadInterrupt();
            finishWhatSendsNothing();
            startWhatMay();
            if (inFlight > 0) {
                await();
            } else if (isHalted() || board.waiting().isEmpty()) {
                break;
            } else {
                failCycle();
            }
        }
        boolean interrupted = apply.interrupt().isRequested();
        skipTheRest();
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
        return ledger.result(interrupted);
    }

    private boolean isHalted() {
        return apply.interrupt().isRequested() || ledger.isInTrouble() || isOutage();
    }

    /** One more than can be under way when something passes by: nobody is there, and each further call would only wait for it. */
    private boolean isOutage() {
        return unansweredInARow > apply.parallelism();
    }

    private void enqueue(int position) {
        Optional.ofNullable(lanes.get(position))
                .ifPresentOrElse(lane -> lane.add(position), () -> readyHere.add(position));
    }

    /** Plain adoptions, forgets, and deletions that went with their container. The latter are facts, interrupt or not. */
    private void finishWhatSendsNothing() {
        for (List<Integer> here = startHere(); !here.isEmpty(); here = startHere()) {
            end(here, graph.changes(here).stream().<Outcome>map(this::withoutSending).toList(), Duration.ZERO);
        }
    }

    private List<Integer> startHere() {
        List<Integer> started = new ArrayList<>();
        for (int position : List.copyOf(readyHere)) {
            Change change = graph.change(position);
            if (!isHalted() || change instanceof Change.Delete) {
                readyHere.remove(position);
                board.start(position);
                started.add(position);
                ledger.tell(new ApplyEvent.Started(change, apply.clock().instant()));
            }
        }
        return started;
    }

    private Outcome.Done withoutSending(Change change) {
        boolean stays = change instanceof Change.Adopt;
        return new Outcome.Done(stays ? apply.liveId().apply(change.address()) : Optional.empty(), false);
    }

    /** As long as something runs, a bundle waits for those that will join it. */
    private void startWhatMay() {
        boolean started = true;
        while (started) {
            started = false;
            for (Lane lane : allLanes) {
                started |= startNext(lane);
            }
        }
    }

    private boolean startNext(Lane lane) {
        if (isHalted() || !lane.canStart()) {
            return false;
        }
        Optional<List<Integer>> next = lane.next(board, true);
        if (next.isEmpty() && inFlight == 0) {
            next = lane.next(board, false);
        }
        next.ifPresent(positions -> start(lane, positions));
        return next.isPresent();
    }

    private void start(Lane lane, List<Integer> positions) {
        List<Change> bundle = graph.changes(positions);
        if (!ledger.pending(bundle)) {
            return;
        }
        lane.depart(positions);
        positions.forEach(board::start);
        bundle.forEach(change -> ledger.tell(new ApplyEvent.Started(change, apply.clock().instant())));
        inFlight++;
        Thread.startVirtualThread(
                new Call(lane, positions, bundle, apply.nanos().getAsLong(), returned::add));
    }

    /** Takes back the next call that has ended, if one does in time. */
    private void await() {
        try {
            Optional<Call> next = Optional.ofNullable(returned.poll(TICK_MILLIS, TimeUnit.MILLISECONDS));
            next.ifPresentOrElse(this::finish, ledger::tick);
        } catch (InterruptedException e) {
            interruptedThread();
        }
    }

    /** The queue may hand out a call and leave the thread's interrupt for later. */
    private void heedThreadInterrupt() {
        if (Thread.interrupted()) {
            interruptedThread();
        }
    }

    /** Taken as an interrupt of the apply: what runs is waited for all the same. */
    private void interruptedThread() {
        wasInterrupted = true;
        apply.interrupt().request();
    }

    private void finish(Call call) {
        inFlight--;
        call.lane().arrive();
        unansweredInARow = call.outcomes().stream().allMatch(Walk::isUnanswered) ? unansweredInARow + 1 : 0;
        end(call.positions(), call.outcomes(), Duration.ofNanos(apply.nanos().getAsLong() - call.startedAt()));
    }

    private static boolean isUnanswered(Outcome outcome) {
        return outcome instanceof Outcome.Failed failed && failed.problem().kind().isOutage();
    }

    /** Recorded together: the recorder waits for the disk or a server each time. */
    private void end(List<Integer> positions, List<Outcome> outcomes, Duration took) {
        List<Change> changes = graph.changes(positions);
        List<Recorder.Ended> ends = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            ends.add(new Recorder.Ended(changes.get(i), outcomes.get(i)));
        }
        ledger.record(ends);
        for (int i = 0; i < outcomes.size(); i++) {
            int position = positions.get(i);
            Change change = changes.get(i);
            switch (outcomes.get(i)) {
                case Outcome.Done outcome -> {
                    ledger.succeeded(change, outcome, took);
                    board.succeed(position).forEach(this::enqueue);
                }
                case Outcome.Failed outcome -> {
                    ledger.failed(change, outcome, took);
                    board.end(position);
                    skipWhatNeeds(position);
                }
            }
        }
    }

    private void skipWhatNeeds(int failed) {
        ApplyEvent.Because because = new ApplyEvent.Because.NeededFailed(graph.change(failed).address());
        board.waitingOn(failed).forEach(position -> skip(position, because));
    }

    private void skip(int position, ApplyEvent.Because because) {
        board.end(position);
        ledger.skipped(graph.change(position), because);
    }

    private void skipTheRest() {
        ApplyEvent.Because because = ledger.isInTrouble() ? new ApplyEvent.Because.NotRecordable()
                : apply.interrupt().isRequested() ? new ApplyEvent.Because.Interrupted()
                        : new ApplyEvent.Because.Outage();
        board.waiting().forEach(position -> skip(position, because));
    }

    /** The planner refuses cycles; should one get here all the same, a failure is better than to wait for ever. */
    private void failCycle() {
        List<Integer> cycle = board.cycle();
        String path = String.join(" → ", graph.changes(cycle).stream().map(c -> c.address().toString()).toList());
        List<Integer> members = cycle.subList(1, cycle.size());
        members.forEach(board::end);
        for (int member : members) {
            Change change = graph.change(member);
            ledger.unsent(change, Problem.failed("waits for itself: " + path, change.address().toString(),
                    "This is a defect in realmform: a plan has no cycles. Nothing was sent for it."), Duration.ZERO);
        }
        members.forEach(this::skipWhatNeeds);
    }
}
