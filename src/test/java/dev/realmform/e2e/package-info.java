/**
 * The product from its command line to a real Keycloak server and back: what it says, how it ends, what it leaves behind.
 * Knows commands, files and the server, and no class of the product below {@code cli}.
 */
@NullMarked
package dev.realmform.e2e;

import org.jspecify.annotations.NullMarked;
