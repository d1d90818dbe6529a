package dev.realmform.cli;

import dev.realmform.config.Doubt;
import dev.realmform.model.Path;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.plan.PlanRequest;
import dev.realmform.provider.LiveState;
import java.util.List;

/** Which keys that the schema does not know are typing errors: those that the live object does not have either. */
final class Doubts {

    private Doubts() {}

    static List<Problem> standing(List<Doubt> doubts, PlanRequest request) {
        return doubts.stream()
                .filter(doubt -> !isLive(doubt, request) && !isElsewhere(doubt, request))
                .map(Doubt::problem)
                .toList();
    }

    /** The doubtful key is a field of the resource that was declared around it. */
    private static boolean isLive(Doubt doubt, PlanRequest request) {
        return request.desired()
                .values()
                .stream()
                .filter(resource -> resource.address().root().equals(doubt.realm()))
                .anyMatch(resource -> place(resource, doubt)
                        .flatMap(path -> request.live()
                                .find(resource.address())
                                .map(LiveState.LiveObject::resource)
                                .flatMap(live -> live.value().at(path)))
                        .isPresent());
    }

    /** What the plan is not about was not read. */
    private static boolean isElsewhere(Doubt doubt, PlanRequest request) {
        return request.desired()
                .values()
                .stream()
                .anyMatch(resource -> !request.extent().includes(resource.address())
                        && place(resource, doubt).isPresent());
    }

    private static java.util.Optional<Path> place(Resource resource, Doubt doubt) {
        String key = doubt.path().last();
        Path whole = doubt.path();
        for (int from = 0; from < whole.segments().size(); from++) {
            Path tail = new Path(whole.segments().subList(from, whole.segments().size()));
            if (resource.value().at(tail).isPresent() && resource.origin().at(tail).file().equals(doubt.source().file())
                    && resource.origin().at(tail).line() >= doubt.source().line() && tail.last().equals(key)
                    && resource.origin().at(tail).line() <= doubt.source().line() + 1) {
                return java.util.Optional.of(tail);
            }
        }
        return java.util.Optional.empty();
    }
}
