package dev.realmform.apply;

import dev.realmform.model.Change;
import dev.realmform.model.Problem;
import dev.realmform.provider.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/** One bundle on its way through a provider. Whatever the provider does, throwing included, there is an outcome for each. */
final class Call extends FutureTask<List<Outcome>> {

    private final Lane lane;
    private final List<Integer> positions;
    private final List<Change> bundle;
    private final long startedAt;
    private final Consumer<Call> whenDone;

    Call(Lane lane, List<Integer> positions, List<Change> bundle, long startedAt, Consumer<Call> whenDone) {
        super(() -> List.copyOf(lane.provider().write(bundle)));
        this.lane = lane;
        this.positions = List.copyOf(positions);
        this.bundle = bundle;
        this.startedAt = startedAt;
        this.whenDone = whenDone;
    }

    Lane lane() {
        return lane;
    }

    List<Integer> positions() {
        return positions;
    }

    /** In nanoseconds, on the clock that measures calls. */
    long startedAt() {
        return startedAt;
    }

    @Override
    protected void done() {
        whenDone.accept(this);
    }

    /** One outcome for each change, in order. Only once the call is done. */
    List<Outcome> outcomes() {
        return switch (state()) {
            case SUCCESS -> {
                List<Outcome> outcomes = resultNow();
                yield outcomes.size() == bundle.size() ? outcomes
                        : allFailed("the provider gave " + outcomes.size() + " outcomes for " + bundle.size()
                                + " changes", Optional.empty());
            }
            case FAILED -> allFailed("the provider failed unexpectedly: " + exceptionNow(),
                    Optional.of(exceptionNow()));
            case RUNNING, CANCELLED -> throw new IllegalStateException("a call has outcomes once it is done");
        };
    }

    /** Nobody knows what was sent before a defect showed, so each may have been written in part. */
    private List<Outcome> allFailed(String what, Optional<Throwable> cause) {
        List<Outcome> outcomes = new ArrayList<>();
        for (Change change : bundle) {
            Problem problem = new Problem(Problem.Kind.FAILED, what, change.address().toString(),
                    "This is a defect in realmform. Plan again: what was written all the same is found by looking.",
                    cause);
            outcomes.add(new Outcome.Failed(problem, Optional.empty(), true));
        }
        return outcomes;
    }
}
