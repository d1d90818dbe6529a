package dev.realmform.cli;

import dev.realmform.apply.Interrupt;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Turns the first Ctrl-C or SIGTERM into a request to stop: nothing more is started, what runs is finished and recorded. The
 * second one ends the process at once; the journal then holds what happened. Once closed, signals mean what they meant before.
 */
final class Interrupts implements AutoCloseable {

    private static final List<String> SIGNALS = List.of("INT", "TERM");

    private final Interrupt interrupt = new Interrupt();
    private final AtomicBoolean asked = new AtomicBoolean();
    private final List<Runnable> undo = new ArrayList<>();
    private final Shell shell;

    Interrupts(Shell shell) {
        this.shell = shell;
    }

    /** Listens from now on. */
    Interrupt listen() {
        listen(this::onSignal);
        return interrupt;
    }

    /** Interrupts a thread at each signal. */
    Interrupts passOnTo(Thread thread) {
        listen(thread::interrupt);
        return this;
    }

    private void listen(Runnable action) {
        SIGNALS.forEach(name -> handle(name, action).ifPresent(undo::add));
    }

    @Override
    public void close() {
        undo.forEach(Runnable::run);
        undo.clear();
    }

    private void onSignal() {
        if (asked.getAndSet(true)) {
            shell.err()
                    .println("\nInterrupted twice: ending at once. What happened is in the journal; run apply again.");
            Runtime.getRuntime().halt(ExitCode.INTERRUPTED.number());
        }
        shell.err()
                .println(
                        "\nInterrupted: nothing more is started; calls that are running are finished and recorded ...");
        interrupt.request();
    }

    /**
     * The only way to hear of a signal twice. By reflection, since naming the class is a warning of the compiler that cannot
     * be suppressed; where it is missing, the signal ends the process as usual, and the journal has what happened.
     */
    private static Optional<Runnable> handle(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[]{handler},
                    (self, method, arguments) -> answer(self, method.getName(), action));
            Method handle = signal.getMethod("handle", signal, handler);
            Object named = signal.getConstructor(String.class).newInstance(name);
            Object before = handle.invoke(null, named, proxy);
            return Optional.of(() -> restore(handle, named, before));
        } catch (ReflectiveOperationException e) {
            return Optional.empty();
        }
    }

    private static void restore(Method handle, Object signal, Object before) {
        try {
            handle.invoke(null, signal, before);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the signal handler cannot be put back", e);
        }
    }

    private static Object answer(Object self, String method, Runnable action) {
        return switch (method) {
            case "hashCode" -> System.identityHashCode(self);
            case "toString" -> "realmform's signal handler";
            case "equals" -> false;
            default -> {
                action.run();
                yield self;
            }
        };
    }
}
