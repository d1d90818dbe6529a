package dev.realmform.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What a command has of the world. Passed in, so that tests run commands in their own.
 *
 * @param out         the plan, the answer: what a pipe is for
 * @param err         progress, prompts, warnings, errors
 * @param environment the process's variables
 * @param folder      the working directory
 * @param terminal    whether a person sits in front of it
 * @param charset     what the terminal can show
 */
public record Shell(PrintStream out, PrintStream err, InputStream in, Map<String, String> environment, Path folder,
        Terminal terminal, Charset charset, InstantSource clock, RandomGenerator random) {

    /** Whether a person sits in front of it. */
    public enum Terminal {
        /** Both ends are a terminal. */
        INTERACTIVE,
        /** A pipe, a file, a pipeline's job. */
        NONE
    }

    /** The process's own. */
    public static Shell ofProcess() {
        boolean interactive = Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
        Charset charset = Charset.forName(System.getProperty("stdout.encoding", Charset.defaultCharset().name()));
        return new Shell(new PrintStream(System.out, false, charset), new PrintStream(System.err, true, charset),
                System.in,
                System.getenv(), Path.of(""), interactive ? Terminal.INTERACTIVE : Terminal.NONE, charset,
                InstantSource.system(), () -> Random.SECURE.nextLong());
    }

    /** Made when first asked for: most runs need nothing by chance. */
    private static final class Random {
        static final SecureRandom SECURE = new SecureRandom();
    }

    boolean isInteractive() {
        return terminal == Terminal.INTERACTIVE;
    }

    /**
     * Standard output for what is read by programs or kept: JSON, YAML and Markdown are UTF-8, whatever a terminal can show. In
     * the terminal's charset two names may become the same, {@code ?}.
     */
    PrintStream data() {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }

    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    /** One line from the person; empty at the end of the input. */
    Optional<String> ask(String question) {
        err.print(question);
        err.flush();
        try {
            return Optional.ofNullable(new BufferedReader(new InputStreamReader(in, charset)).readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
