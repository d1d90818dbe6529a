/**
 * Databases on PostgreSQL servers, looked at and made over JDBC from the machine that realmform runs on.
 *
 * <p>Its SQL is that of the Job which does the same from inside a cluster. Knows no cluster and no Keycloak. The driver is loaded
 * when a server is first spoken to.
 */
@NullMarked
package dev.realmform.postgres;

import org.jspecify.annotations.NullMarked;
