/**
 * Who can reach what, and why. Pure: what a server knows about it is read before.
 *
 * <p>Knows users, groups and roles by their addresses only, and nothing of how they are written or sent.
 */
@NullMarked
package dev.realmform.access;

import org.jspecify.annotations.NullMarked;
