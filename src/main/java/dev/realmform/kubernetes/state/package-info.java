/**
 * A state in a cluster: a Secret that holds it, a Lease that is its lock.
 *
 * <p>What a state says, and when a version of it is stored, the package {@code state} knows. Must not know what the cluster is
 * otherwise used for.
 */
@NullMarked
package dev.realmform.kubernetes.state;

import org.jspecify.annotations.NullMarked;
