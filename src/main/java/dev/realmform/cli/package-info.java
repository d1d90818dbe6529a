/**
 * The command line: picocli commands, and the only place that wires the parts together, prints and exits.
 */
@NullMarked
package dev.realmform.cli;

import org.jspecify.annotations.NullMarked;
