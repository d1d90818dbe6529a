/**
 * The nouns of realmform: addresses, values, resources, edits, changes, plans and problems.
 *
 * <p>Immutable records, equal by meaning. Knows no product, no file format, no I/O; depends on the JDK alone.
 */
@NullMarked
package dev.realmform.model;

import org.jspecify.annotations.NullMarked;
