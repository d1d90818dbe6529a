/**
 * The door to one server's admin API: login, tokens, TLS, retries, errors in plain words.
 *
 * <p>Bodies are value trees, so that fields of newer servers survive. Knows no resource type, no plan and no file format; everything
 * that differs from run to run (clock, sleep, randomness) is passed in.
 */
@NullMarked
package dev.realmform.keycloak.admin;

import org.jspecify.annotations.NullMarked;
