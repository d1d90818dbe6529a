/**
 * What a provider of resources must say about itself: its types, their schemas, how to read, how to write.
 *
 * <p>The engine sees providers through this package alone. Knows no product, no file format, no transport.
 */
@NullMarked
package dev.realmform.provider;

import org.jspecify.annotations.NullMarked;
