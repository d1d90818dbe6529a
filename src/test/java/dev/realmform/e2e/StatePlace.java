package dev.realmform.e2e;

import dev.realmform.testing.StateShelf;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Where the state of a course is kept: in a file of its working folder, or on a server of its own. */
record StatePlace(Optional<StateShelf> shelf) implements AutoCloseable {

    /** A file, GitLab, or a plain server, in turns. */
    static StatePlace inTurns(long number) throws IOException {
        return switch ((int) (number % 3)) {
            case 1 -> new StatePlace(Optional.empty());
            case 2 -> new StatePlace(Optional.of(StateShelf.open(StateShelf.Manner.GITLAB)));
            default -> new StatePlace(Optional.of(StateShelf.open(StateShelf.Manner.PLAIN)));
        };
    }

    boolean isFile() {
        return shelf.isEmpty();
    }

    /** The bench, with its state here. */
    Workbench at(Workbench bench) {
        return shelf.map(server -> bench.with("REALMFORM_STATE", server.url())).orElse(bench);
    }

    /** Whether nobody holds it, nor left word of who did, as far as that can be seen. */
    boolean isFree(Workbench bench, String realm) {
        return shelf.map(server -> server.lockId().isEmpty())
                .orElseGet(() -> !bench.path("state/" + realm + ".json.holder").toFile().exists());
    }

    /** Whether nothing is left open by a run that has ended. */
    boolean isSettled(Workbench bench, String realm) {
        BooleanSupplier journal = () -> bench.path("state/" + realm + ".json.journal").toFile().exists();
        return shelf.map(server -> server.content().isEmpty() || !server.json().has("pending"))
                .orElseGet(() -> !journal.getAsBoolean());
    }

    @Override
    public void close() {
        shelf.ifPresent(StateShelf::close);
    }
}
