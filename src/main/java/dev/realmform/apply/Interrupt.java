package dev.realmform.apply;

/** Asks a running apply to start nothing more. Safe to use from any thread, so from a signal handler. */
public final class Interrupt {

    private boolean requested;
    private Runnable action = () -> {
    };

    /** Nothing more is started; running calls finish and are recorded. */
    public void request() {
        Runnable now;
        synchronized (this) {
            requested = true;
            now = action;
        }
        now.run();
    }

    /** Also does this, once it is requested; at once if it has been. */
    public void also(Runnable also) {
        boolean late;
        synchronized (this) {
            action = also;
            late = requested;
        }
        if (late) {
            also.run();
        }
    }

    public synchronized boolean isRequested() {
        return requested;
    }
}
