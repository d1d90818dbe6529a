/**
 * Values as JSON text, and the file format of a plan.
 *
 * <p>The one place that knows how a secret, an unknown and a hidden value are written down. Knows no product and no file
 * system: texts and bytes in, values out.
 */
@NullMarked
package dev.realmform.json;

import org.jspecify.annotations.NullMarked;
