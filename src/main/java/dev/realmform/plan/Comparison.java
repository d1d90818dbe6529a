package dev.realmform.plan;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Edit;
import dev.realmform.model.Owned;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.LiveState.LiveObject;
import dev.realmform.provider.Overlay;
import dev.realmform.provider.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One declared resource against what is live: the change that it takes, if any, and what there is to say about it. */
final class Comparison {

    private final PlanRequest request;
    private final ResourceType type;
    private final Resource desired;
    private final Optional<Owned> owned;
    private final List<Plan.Notice> notices = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private Optional<Change> change = Optional.empty();

    private Comparison(PlanRequest request, ResourceType type, Resource desired) {
        this.request = request;
        this.type = type;
        this.desired = desired;
        this.owned = request.owned(desired);
    }

    /** @param known desires that have been worked out already */
    static Comparison of(PlanRequest request, ResourceType type, Resource desired, Map<Address, Desire> known) {
        Comparison comparison = new Comparison(request, type, desired);
        Optional<LiveObject> live = request.live().find(desired.address());
        if (live.isPresent()) {
            Desire desire = known.get(desired.address());
            comparison.refuseTwoNames(live.get());
            comparison.compare(live.get(), desire == null ? desire(request, type, desired, live.get()) : desire);
        } else {
            comparison.change = Optional.of(new Change.Create(desired, comparison.alone()));
        }
        return comparison;
    }

    /** What of a declared resource counts against a live one. */
    static Desire desire(PlanRequest request, ResourceType type, Resource desired, LiveObject live) {
        return Desire.against(live.resource(), desired, type.schema(), request.owned(desired));
    }

    Resource desired() {
        return desired;
    }

    /** Empty if it is as declared. */
    Optional<Change> change() {
        return change;
    }

    List<Plan.Notice> notices() {
        return notices;
    }

    List<Problem> problems() {
        return problems;
    }

    /** What it will be where nothing of it is there. */
    private Resource alone() {
        return desired.withValue(Overlay.alone(type.schema(), desired.value()));
    }

    private void compare(LiveObject object, Desire desire) {
        Resource live = object.resource();
        desire.holes().forEach(hole -> about(hole + ": secret, not given here; compared at apply"));
        Value.MapOf planned = type.propose(desire.resource(), live).value();
        if (owned.isPresent()) {
            Release release = Release.of(type, desired, live.value(), planned, owned.get());
            planned = release.planned();
            release.unmanaged().forEach(path -> about(path + ": no longer managed"));
        }
        List<Edit> edits = Diff.between(type.schema(), live.value(), planned);
        Resource becomes = live.withValue(planned);
        Optional<Address> formerly = object.formerly();
        List<Path> immutable = edits.stream()
                .map(Edit::path)
                .filter(path -> type.isImmutable(desired.address(), path))
                .toList();
        if (!immutable.isEmpty()) {
            replace(live, becomes, edits, immutable);
        } else if (owned.isEmpty() && formerly.isEmpty()) {
            change = Optional.of(new Change.Adopt(live, desired, becomes, edits));
        } else if (!edits.isEmpty() || formerly.isPresent()) {
            change = Optional.of(new Change.Update(live, desired, becomes, edits, formerly));
        }
    }

    private void replace(Resource live, Resource becomes, List<Edit> edits, List<Path> because) {
        boolean replaceable = type.mayBeReplaced(desired);
        if (!replaceable) {
            problems.add(Problem.refused(
                    because.getFirst() + " of " + desired.address() + " cannot be changed in place",
                    desired.origin().at(because.getFirst()).exact(),
                    type.insteadOfChanging()));
        }
        change = Optional.of(new Change.Replace(live, desired, replaceable ? alone() : becomes, edits, because));
    }

    private void refuseTwoNames(LiveObject live) {
        desired.directives()
                .was()
                .filter(was -> live.formerly().isEmpty() && request.live().find(was).isPresent())
                // Who is declared has the name for good, and what is not ours was never to be renamed.
                .filter(was -> request.owned(was).isPresent() && !request.desired().containsKey(was))
                .ifPresent(was -> problems.add(Problem.refused(
                        "both " + was + " and " + desired.address()
                                + " are live, so the one cannot become the other",
                        desired.source().exact(), "Remove $was, or delete one of the two.")));
    }

    private void about(String text) {
        notices.add(new Plan.Notice.About(desired.address(), text));
    }
}
