package dev.realmform.cli;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Hears Ctrl-C, SIGTERM and the end of the terminal. Once closed, signals mean what they meant before. */
final class Interrupts implements AutoCloseable {

    private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

    private final List<Runnable> undo = new ArrayList<>();

    private Interrupts() {}

    /** Does this at each signal from now on, in a thread of its own. What the process was started to ignore stays ignored. */
    static Interrupts listen(Runnable action) {
        Interrupts interrupts = new Interrupts();
        SIGNALS.forEach(name -> handle(name, action).ifPresent(interrupts.undo::add));
        return interrupts;
    }

    @Override
    public void close() {
        undo.forEach(Runnable::run);
        undo.clear();
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
