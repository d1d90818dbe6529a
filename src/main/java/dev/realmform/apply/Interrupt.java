package dev.realmform.apply;

/** Asks a running apply to start nothing more. Safe to use from any thread, so from a signal handler. */
public final class Interrupt {

    private volatile boolean requested;

    /** Nothing more is started; running calls finish and are recorded. */
    public void request() {
        requested = true;
    }

    public boolean isRequested() {
        return requested;
    }
}
