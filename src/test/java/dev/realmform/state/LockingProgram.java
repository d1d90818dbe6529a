package dev.realmform.state;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** A process of its own that holds a lock until its standard input ends. */
final class LockingProgram {

    private LockingProgram() {}

    public static void main(String[] args) throws IOException {
        Holder holder = new Holder("grace@other", ProcessHandle.current().pid(), Instant.parse("2026-01-02T12:01:00Z"),
                "apply");
        try (StateLock lock = States.store(Path.of(args[0])).lock(Duration.ZERO, holder)) {
            lock.progress("14 of 90 done");
            System.out.println("held");
            System.in.transferTo(java.io.OutputStream.nullOutputStream());
        }
    }
}
