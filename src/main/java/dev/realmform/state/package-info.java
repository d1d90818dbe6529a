/**
 * What realmform owns: the state, its format, where it is kept, its journal and its lock.
 *
 * <p>Knows no product and no text format: bytes become values through a {@link dev.realmform.state.Codec}. The format is
 * described in {@code state/README.md} and decided in ADR 0002.
 */
@NullMarked
package dev.realmform.state;

import org.jspecify.annotations.NullMarked;
