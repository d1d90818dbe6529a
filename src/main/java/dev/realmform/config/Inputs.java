package dev.realmform.config;

import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Which files the {@code -f} arguments mean, in which order. */
final class Inputs {

    static final String STDIN_NAME = "(stdin)";

    private static final int DEEPEST_FOLDER = 20;

    private final Path folder;
    private final Set<Path> seen = new HashSet<>();

    private Inputs(Path folder) {
        this.folder = folder;
    }

    /**
     * One layer.
     *
     * @param argument the {@code -f} argument
     * @param files    what it means, sorted by name
     */
    record Layer(String argument, List<Input> files) {}

    /**
     * A file to be read.
     *
     * @param name as the user named it
     */
    record Input(String name, Path path) {
        boolean isStdin() {
            return name.equals(STDIN_NAME);
        }
    }

    /** The layers in order. A file that several arguments name counts where it is named first. */
    static List<Layer> find(List<String> arguments, Path folder) {
        if (arguments.isEmpty()) {
            throw new Problem(Problem.Kind.USAGE, "no desired-state file is given", "",
                    "Name one with -f: a file, a folder, a glob, or - for the standard input.",
                    java.util.Optional.empty()).asException();
        }
        Inputs inputs = new Inputs(folder);
        return arguments.stream().map(inputs::layer).toList();
    }

    private Layer layer(String argument) {
        if (argument.equals("-")) {
            return unseen(argument, List.of(new Input(STDIN_NAME, folder)));
        }
        try {
            Path path = folder.resolve(argument);
            if (Files.isDirectory(path)) {
                return unseen(argument, inFolder(argument, path));
            }
            if (!Files.exists(path) && argument.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0)) {
                return unseen(argument, matching(argument));
            }
            if (!Files.exists(path)) {
                throw invalid("there is no file " + Texts.printable(argument), argument,
                        "Check the path after -f; relative paths start at the working directory.");
            }
            return unseen(argument, List.of(new Input(argument, path)));
        } catch (InvalidPathException e) {
            throw NoPath.of(e, argument, "Check the path after -f.").asException();
        }
    }

    private Layer unseen(String argument, List<Input> files) {
        return new Layer(argument, files.stream().filter(file -> seen.add(real(file.path()))).toList());
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            // Vanished or a broken link: reading it says so.
            return path.toAbsolutePath().normalize();
        }
    }

    private static List<Input> inFolder(String argument, Path path) {
        String prefix = argument.equals(".") ? "" : argument.endsWith("/") ? argument : argument + "/";
        try (Stream<Path> members = Files.list(path)) {
            List<Input> files = members.filter(Inputs::isDocument)
                    .map(file -> new Input(prefix + file.getFileName(), file))
                    .sorted(Comparator.comparing(Input::name))
                    .toList();
            if (files.isEmpty()) {
                throw invalid("the folder holds no desired-state file", argument,
                        "It needs a *.yaml, *.yml or *.json file. Folders in it are not searched; \"" + prefix
                                + "**/*.yaml\" does that.");
            }
            files.forEach(file -> refuseLinkOut(file, path));
            return files;
        } catch (IOException e) {
            throw Problem.invalid("the folder cannot be read", argument, "Check its rights.").causedBy(e).asException();
        }
    }

    private List<Input> matching(String argument) {
        int wild = (int) argument.chars().takeWhile(c -> "*?[{".indexOf(c) < 0).count();
        String fixed = argument.substring(0, argument.lastIndexOf('/', wild) + 1);
        Path start = folder.resolve(fixed);
        String pattern = argument.substring(fixed.length());
        List<PathMatcher> matchers = new ArrayList<>();
        try {
            matchers.add(FileSystems.getDefault().getPathMatcher("glob:" + pattern));
            if (pattern.contains("**/")) {
                // As in shells: two stars also stand for no folder at all.
                matchers.add(FileSystems.getDefault().getPathMatcher("glob:" + pattern.replace("**/", "")));
            }
        } catch (PatternSyntaxException e) {
            throw invalid("this is no glob: " + Texts.printable(argument), argument, "Close its brackets.");
        }
        List<Input> files = Files.isDirectory(start) ? walk(start, fixed, matchers) : List.of();
        if (files.isEmpty()) {
            throw invalid("no file matches " + Texts.printable(argument), argument,
                    "Check the glob; relative ones start at the working directory.");
        }
        return files;
    }

    private static List<Input> walk(Path start, String prefix, List<PathMatcher> matchers) {
        try (Stream<Path> members = Files.walk(start, DEEPEST_FOLDER)) {
            List<Input> files = members.filter(Inputs::isDocument)
                    .filter(file -> matchers.stream().anyMatch(matcher -> matcher.matches(start.relativize(file))))
                    .map(file -> new Input(prefix + start.relativize(file), file))
                    .sorted(Comparator.comparing(Input::name))
                    .toList();
            files.forEach(file -> refuseLinkOut(file, start));
            return files;
        } catch (IOException e) {
            throw Problem.invalid("the folder cannot be read", prefix, "Check its rights.").causedBy(e).asException();
        }
    }

    private static boolean isDocument(Path file) {
        String name = file.getFileName().toString();
        return !name.startsWith(".") && (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json"))
                && Files.isRegularFile(file);
    }

    /** Who may add a file to a folder must not make us read, and quote, one from elsewhere. */
    private static void refuseLinkOut(Input file, Path folder) {
        if (!real(file.path()).startsWith(real(folder))) {
            throw invalid("the file is a link that leads out of its folder", file.name(),
                    "Replace the link by the file, or name it with an -f of its own.");
        }
    }

    private static ProblemException invalid(String what, String where, String remedy) {
        return Problem.invalid(what, Texts.printable(where), remedy).asException();
    }
}
