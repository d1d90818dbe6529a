/**
 * The OSMO blueprint: what the section {@code osmo} stands for, as a realm document.
 *
 * <p>Knows what OSMO expects of Keycloak, and no server: what it draws is planned and applied like any other document.
 */
@NullMarked
package dev.realmform.osmo;

import org.jspecify.annotations.NullMarked;
