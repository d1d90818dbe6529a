package dev.realmform.cli;

import dev.realmform.render.ColorMode;
import picocli.CommandLine.Option;

/** How things are shown. */
final class OutputOptions {

    @Option(names = "--full", description = "Show values, adoptions and deletions in full, fold nothing.")
    boolean full;

    @Option(names = "--color", paramLabel = "WHEN", description = "always, never or auto (default: auto).")
    ColorMode color = ColorMode.AUTO;

    @Option(names = "--no-color", description = "The same as --color=never.")
    boolean noColor;

    @Option(names = "--verbose",
            description = "Also show, on stderr, each HTTP call (method, path, status, time) and what caused an error.")
    boolean verbose;

    ColorMode mode() {
        return noColor ? ColorMode.NEVER : color;
    }
}
