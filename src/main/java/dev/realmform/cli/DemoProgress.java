package dev.realmform.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Says on stderr what the demo waits for, and for how long. */
final class DemoProgress implements AutoCloseable {

    private static final Duration ON_TERMINAL = Duration.ofSeconds(1);
    private static final Duration IN_LOG = Duration.ofSeconds(10);

    private final Shell shell;
    private Wait wait = Wait.none();

    private record Wait(String text, Instant since, CountDownLatch over) {

        static Wait none() {
            return new Wait("", Instant.EPOCH, new CountDownLatch(0));
        }
    }

    DemoProgress(Shell shell) {
        this.shell = shell;
    }

    /** What takes time from now on; what took time before has ended. */
    synchronized void step(String text) {
        close();
        Wait begun = new Wait(text, shell.clock().instant(), new CountDownLatch(1));
        wait = begun;
        print("   " + text + " ..." + (shell.isInteractive() ? "" : "\n"));
        Thread.ofVirtual().start(() -> beat(begun));
    }

    /** Nothing takes time any more. */
    @Override
    public synchronized void close() {
        if (wait.over().getCount() > 0) {
            wait.over().countDown();
            print((shell.isInteractive() ? "\r   " + wait.text() + ": " : "   done after ") + seconds(wait) + "\n");
        }
    }

    private void beat(Wait begun) {
        Duration rhythm = shell.isInteractive() ? ON_TERMINAL : IN_LOG;
        try {
            while (!begun.over().await(rhythm.toMillis(), TimeUnit.MILLISECONDS)) {
                tell(begun);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void tell(Wait begun) {
        if (begun.over().getCount() > 0) {
            print(shell.isInteractive()
                    ? "\r   " + begun.text() + " ... " + seconds(begun)
                    : "   still " + begun.text() + " (" + seconds(begun) + ") ...\n");
        }
    }

    private String seconds(Wait begun) {
        return Duration.between(begun.since(), shell.clock().instant()).toSeconds() + " s";
    }

    private void print(String text) {
        shell.err().print(text);
        shell.err().flush();
    }
}
