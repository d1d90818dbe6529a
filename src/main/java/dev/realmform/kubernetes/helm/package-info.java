/**
 * The user's own {@code helm}, as a renderer of charts and nothing else: no release is installed, read or remembered here.
 *
 * <p>Values reach the program by its standard input and by files that the user named, never by its arguments, which every user
 * of the machine can read.
 */
@NullMarked
package dev.realmform.kubernetes.helm;

import org.jspecify.annotations.NullMarked;
