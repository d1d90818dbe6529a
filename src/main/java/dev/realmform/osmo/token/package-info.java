/**
 * Tokens as OSMO gets them: taken apart, their signatures checked.
 *
 * <p>Knows no server: keys come as a text. A token is never printed whole, so what it opens stays with whoever has it.
 */
@NullMarked
package dev.realmform.osmo.token;

import org.jspecify.annotations.NullMarked;
