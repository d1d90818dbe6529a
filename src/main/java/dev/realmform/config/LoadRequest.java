package dev.realmform.config;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What to load.
 *
 * @param files       the {@code -f} arguments in order: files, folders, globs, or {@code -} for the standard input
 * @param folder      what relative arguments are relative to
 * @param stdin       the standard input; read only if {@code -} is given
 * @param environment the process's environment
 */
public record LoadRequest(List<String> files, Path folder, InputStream stdin, Map<String, String> environment,
        Options options) {

    public LoadRequest {
        files = List.copyOf(files);
        environment = Map.copyOf(environment);
    }

    /** A request without a standard input, relative to the working directory. */
    public static LoadRequest of(List<String> files, Map<String, String> environment, Options options) {
        return new LoadRequest(files, Path.of(""), InputStream.nullInputStream(), environment, options);
    }
}
