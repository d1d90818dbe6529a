/** Tests of the cluster's side. */
@NullMarked
package dev.realmform.kubernetes;

import org.jspecify.annotations.NullMarked;
