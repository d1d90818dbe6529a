package dev.realmform.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/** Which step of a script may be sent next. Shared by the threads that send. */
final class Agenda {

    private final List<Step> steps;
    private final int[] missing;
    private final List<List<Integer>> waiting = new ArrayList<>();
    private final PriorityQueue<Integer> ready = new PriorityQueue<>();
    private int openings;
    private int unanswered;
    private int sent;
    private boolean isGivenUp;

    Agenda(List<Step> steps) {
        this.steps = steps;
        this.missing = new int[steps.size()];
        this.unanswered = steps.size();
        this.openings = Math.toIntExact(steps.stream().filter(Step::opening).count());
        steps.forEach(step -> waiting.add(new ArrayList<>()));
        for (Step step : steps) {
            missing[step.number()] = step.waitsFor().size() + (mustWaitForOpenings(step) ? 1 : 0);
            step.waitsFor().forEach(other -> waiting.get(other).add(step.number()));
            if (missing[step.number()] == 0) {
                ready.add(step.number());
            }
        }
    }

    private boolean mustWaitForOpenings(Step step) {
        return openings > 0 && !step.opening();
    }

    /** Waits for a step that may be sent, the first one of the recording if there are several; empty at the end. */
    synchronized Optional<Step> next() throws InterruptedException {
        while (ready.isEmpty() && sent > 0 && !isGivenUp) {
            wait();
        }
        if (isGivenUp || unanswered == 0) {
            return Optional.empty();
        }
        if (ready.isEmpty()) {
            throw new IllegalStateException(unanswered + " steps wait for each other");
        }
        sent++;
        return Optional.of(steps.get(ready.remove()));
    }

    synchronized void answered(Step step) {
        unanswered--;
        sent--;
        waiting.get(step.number()).forEach(this::oneLess);
        if (step.opening() && --openings == 0) {
            steps.stream().filter(other -> !other.opening()).forEach(other -> oneLess(other.number()));
        }
        notifyAll();
    }

    private void oneLess(int number) {
        if (--missing[number] == 0) {
            ready.add(number);
        }
    }

    /** Ends it for all threads. */
    synchronized void giveUp() {
        isGivenUp = true;
        notifyAll();
    }
}
