/**
 * Keycloak as a provider: one file per resource type, and what all types share: reading, calls, ids, guards.
 *
 * <p>Types are pure; only {@link dev.realmform.keycloak.Reader} and {@link dev.realmform.keycloak.Writer} talk to the
 * server, through {@link dev.realmform.keycloak.admin.Admin}. Must not know planner, state, files or terminal.
 */
@NullMarked
package dev.realmform.keycloak;

import org.jspecify.annotations.NullMarked;
