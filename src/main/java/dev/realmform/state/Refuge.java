package dev.realmform.state;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder in which a state is written that its server does not take: where people find it. */
public record Refuge(Path folder, StateBytes bytes) {

    private static final String NAME = "errored.state";

    /** Never over another one. */
    Path keep(Loaded whole) {
        Path file = folder.resolve(NAME + ".json");
        for (int number = 2; Files.exists(file); number++) {
            file = folder.resolve(NAME + "-" + number + ".json");
        }
        new DurableFile(file).replace(bytes.write(whole.state(), whole.pending()));
        return file;
    }
}
