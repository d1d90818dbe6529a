package dev.realmform.cli;

import dev.realmform.apply.ApplyEvent;
import dev.realmform.apply.Watcher;
import dev.realmform.render.Progress;
import java.time.Instant;

/** Shows on stderr how an apply goes on. */
final class ProgressOutput implements Watcher, AutoCloseable {

    private final Shell shell;
    private Progress progress;

    ProgressOutput(Speaking speaking, int total) {
        this.shell = speaking.shell();
        Instant now = shell.clock().instant();
        boolean redraws = shell.isInteractive() && !shell.variable("TERM").orElse("dumb").equals("dumb");
        this.progress = redraws
                ? Progress.onTerminal(speaking.look(), total, now)
                : Progress.inLog(speaking.look(), total, now);
    }

    @Override
    public void on(ApplyEvent event) {
        write(progress.on(event, shell.clock().instant()));
    }

    @Override
    public void tick() {
        write(progress.tick(shell.clock().instant()));
    }

    @Override
    public void close() {
        write(progress.end(shell.clock().instant()));
    }

    private void write(Progress.Frame frame) {
        progress = frame.next();
        if (!frame.text().isEmpty()) {
            shell.err().print(frame.text());
            shell.err().flush();
        }
    }
}
