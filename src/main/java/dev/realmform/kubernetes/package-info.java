/**
 * Kubernetes: how a cluster is reached, and what realmform keeps and changes there.
 *
 * <p>The only package beside the command line that knows fabric8. Its classes are loaded where a cluster is used, not
 * before. Must not know Keycloak, planner, files or terminal: what the two worlds need of each other passes as an unknown
 * value.
 */
@NullMarked
package dev.realmform.kubernetes;

import org.jspecify.annotations.NullMarked;
