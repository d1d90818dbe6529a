/**
 * Desired-state files as nobody should write them, through the command line: whatever is in a file, the answer is a plan or
 * errors that a person can act on, and soon. Every case is made from a seed, which stands in each failure.
 */
@NullMarked
package dev.realmform.fuzz;

import org.jspecify.annotations.NullMarked;
