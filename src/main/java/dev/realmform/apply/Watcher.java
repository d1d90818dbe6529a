package dev.realmform.apply;

/** Is told what happens while a plan is applied. Called by the coordinating thread alone. */
@FunctionalInterface
public interface Watcher {

    void on(ApplyEvent event);

    /** Calls are running, and for a tenth of a second nothing has happened. */
    default void tick() {}
}
