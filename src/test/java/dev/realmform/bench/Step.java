package dev.realmform.bench;

import java.util.Optional;
import java.util.Set;

/**
 * One request of a replay.
 *
 * @param status   what the server answered when it was recorded, and has to answer again
 * @param waitsFor the numbers of the steps without whose answers it cannot be sent
 * @param opening  whether it was sent before the first write: no write is sent before all of these are answered
 * @param makes    the answer as it was recorded, if later steps need ids from it
 */
record Step(int number, String method, Template target, Optional<Template> authorization, Optional<String> contentType,
        Template body, int status, Set<Integer> waitsFor, boolean opening, Optional<Answer> makes) {

    /** An answer that tells ids: in its body, and perhaps in its Location header. */
    record Answer(Optional<String> location, String body) {}

    Step {
        waitsFor = Set.copyOf(waitsFor);
    }
}
