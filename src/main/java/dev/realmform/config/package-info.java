/**
 * Desired-state files to the desired state: read, laid over each other, references resolved, checked against the schema.
 *
 * <p>Every value keeps the place where it was written. Knows the file format, and no server; what a realm document is cut
 * into, the expander that is passed in decides.
 */
@NullMarked
package dev.realmform.config;

import org.jspecify.annotations.NullMarked;
