/**
 * The OSMO blueprint: what the section {@code osmo} stands for, as a realm document; and what follows from it for OSMO itself:
 * values of its charts, its own roles, the secrets of its proxy.
 *
 * <p>Knows what OSMO expects of Keycloak, and no server: what it draws is planned and applied like any other document.
 */
@NullMarked
package dev.realmform.osmo;

import org.jspecify.annotations.NullMarked;
