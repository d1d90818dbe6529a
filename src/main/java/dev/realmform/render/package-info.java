/**
 * Plans, problems and results as text: for a terminal, for a pull request.
 *
 * <p>Pure functions of values. Computes no difference of its own but inside texts, reads no terminal and no
 * environment, and
 * never looks into a secret.
 */
@NullMarked
package dev.realmform.render;

import org.jspecify.annotations.NullMarked;
