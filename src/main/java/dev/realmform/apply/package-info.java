/**
 * Walks a plan: in parallel, in dependency order, with everything that succeeds recorded at once.
 *
 * <p>One coordinating thread owns all mutable state, virtual threads call the providers. Knows no product, no file, no
 * terminal; what happens goes out as {@link dev.realmform.apply.ApplyEvent}s.
 */
@NullMarked
package dev.realmform.apply;

import org.jspecify.annotations.NullMarked;
