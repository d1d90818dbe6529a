package dev.realmform.cli;

import dev.realmform.config.Doubt;
import dev.realmform.model.Problem;
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
                .anyMatch(resource -> doubt.in(resource)
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
                        && doubt.in(resource).isPresent());
    }
}
