package dev.realmform.state;

import dev.realmform.model.Fields;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A journal as it was read back.
 *
 * @param begun  what its run began with, but for the resources; its {@code run} is the run that wrote it
 * @param events what happened, as far as it is there
 */
record Replay(State begun, List<Event> events) {

    Replay {
        events = List.copyOf(events);
    }

    /**
     * Reads a journal. A last line without a line break was being written when the machine stopped: it counts as not there,
     * for nothing that depends on a line is done before the line is on disk.
     *
     * @return empty if not even the first line is whole
     */
    static Optional<Replay> of(byte[] bytes, Codec codec, Path path) {
        List<Event> events = new ArrayList<>();
        Optional<State> begun = Optional.empty();
        int line = 0;
        for (int start = 0, end = lineEnd(bytes, start); end >= 0; start = end + 1, end = lineEnd(bytes, start)) {
            line++;
            try {
                Fields fields = Fields.of(codec.parse().apply(Arrays.copyOfRange(bytes, start, end)), "");
                if (begun.isEmpty()) {
                    begun = Optional.of(JournalFormat.readHeader(fields));
                } else {
                    events.add(JournalFormat.read(fields));
                }
            } catch (ProblemException e) {
                throw damaged(path, line, e.problems().getFirst().what());
            }
        }
        return begun.map(state -> new Replay(state, events));
    }

    Loaded over(State stored) {
        Ledger ledger = new Ledger(new State(stored.lineage(), stored.serial(), stored.run(), begun.files(),
                begun.server(), stored.resources(), stored.seal()));
        events.forEach(ledger::take);
        return new Loaded(ledger.state(), ledger.pending());
    }

    List<Pending> pending() {
        Ledger ledger = new Ledger(begun);
        events.forEach(ledger::take);
        return ledger.pending();
    }

    private static int lineEnd(byte[] bytes, int start) {
        for (int i = start; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private static ProblemException damaged(Path path, int line, String what) {
        return Problem.invalid("the journal " + path + " is damaged: " + what, path + ":" + line,
                "The state beside it is whole, but lacks what the last run did. Cut the journal off before line " + line
                        + " to keep what stands above it, or move it away: what only it knows is then planned as if others"
                        + " had made it.")
                .asException();
    }
}
