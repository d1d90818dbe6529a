/**
 * Desired, live and owned become a plan. Pure.
 *
 * <p>Knows no product, no file format, no I/O; whoever calls has read everything before.
 */
@NullMarked
package dev.realmform.plan;

import org.jspecify.annotations.NullMarked;
