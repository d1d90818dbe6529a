/** What tests share: the real Keycloak server and a way to look at it that does not go through the product's code. */
@NullMarked
package dev.realmform.testing;

import org.jspecify.annotations.NullMarked;
