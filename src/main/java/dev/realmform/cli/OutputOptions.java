package dev.realmform.cli;

import dev.realmform.render.ColorMode;
import picocli.CommandLine.Option;

/** How things are shown. */
final class OutputOptions {

    @Option(names = "--color", paramLabel = "WHEN", description = "always, never or auto (default: auto).")
    ColorMode color = ColorMode.AUTO;

    @Option(names = "--no-color", description = "The same as --color=never.")
    boolean noColor;

    @Option(names = "--full", description = "Fold nothing.")
    boolean full;

    @Option(names = "--verbose",
            description = "Show each HTTP call (method, path, status, time) and the causes of errors on stderr.")
    boolean verbose;

    ColorMode mode() {
        return noColor ? ColorMode.NEVER : color;
    }
}
