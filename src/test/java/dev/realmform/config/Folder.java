package dev.realmform.config;

import dev.realmform.model.Address;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Resource;
import dev.realmform.provider.Expansion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A folder with desired-state files, and what comes of loading them. */
final class Folder {

    /** Keeps a realm as one resource: the canonical document is what these tests look at. */
    static final Expansion.Expander WHOLE = (document, origin) -> new Expansion(
            List.of(Resource.desired(Address.of("realm", document.text("realm").orElseThrow()), document, origin)),
            List.of(), List.of());

    private final Path path;
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> vars = new HashMap<>();
    private final Map<String, String> settings = new HashMap<>();
    private final Set<String> allowUnknown = new HashSet<>();
    private final Set<String> allowEnv = new HashSet<>();
    private boolean untrusted;
    private boolean allowEmpty;
    private String stdin = "";

    Folder(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    Folder with(String name, String text) {
        return with(name, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    Folder with(String name, byte[] bytes) {
        try {
            Path file = path.resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Folder env(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Folder var(String name, String value) {
        vars.put(name, value);
        return this;
    }

    Folder setting(String name, String value) {
        settings.put(name, value);
        return this;
    }

    Folder allowUnknown(String name) {
        allowUnknown.add(name);
        return this;
    }

    Folder allowEnv(String name) {
        allowEnv.add(name);
        return this;
    }

    Folder untrusted() {
        untrusted = true;
        return this;
    }

    Folder allowEmpty() {
        allowEmpty = true;
        return this;
    }

    Folder stdin(String text) {
        stdin = text;
        return this;
    }

    Loader.Loaded loaded(Expansion.Expander expander, String... files) {
        Options options = new Options(vars, settings, untrusted, allowEmpty, allowUnknown, allowEnv);
        InputStream input = new java.io.ByteArrayInputStream(stdin.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return Loader.load(new LoadRequest(List.of(files), path, input, environment, options), expander);
    }

    DesiredState load(String... files) {
        return loaded(WHOLE, files).state();
    }

    /** The only realm. */
    Resource realm(String... files) {
        DesiredState state = load(files);
        if (state.resources().size() != 1) {
            throw new AssertionError(state.resources().keySet());
        }
        return state.resources().firstEntry().getValue();
    }

    /** What is wrong, one text each: what, where, remedy on a line of their own. */
    List<String> problems(String... files) {
        try {
            loaded(WHOLE, files);
        } catch (ProblemException e) {
            return e.problems().stream().map(Folder::text).toList();
        }
        throw new AssertionError("nothing is wrong");
    }

    /** The doubts, likewise. */
    List<String> doubts(String... files) {
        return loaded(WHOLE, files).problems().stream().map(Folder::text).toList();
    }

    static String text(Problem problem) {
        return said(problem.what(), problem.where(), problem.remedy());
    }

    /** What {@link #problems} gives for one. */
    static String said(String what, String where, String remedy) {
        return what + "\n" + where + "\n" + remedy;
    }
}
