/**
 * The parts of the section {@code cluster}: each turns what a person wrote into the objects it stands for.
 *
 * <p>Pure: no file but those that were read already, no cluster, no server. What an object becomes on the server is the
 * provider's business.
 */
@NullMarked
package dev.realmform.kubernetes.section;

import org.jspecify.annotations.NullMarked;
