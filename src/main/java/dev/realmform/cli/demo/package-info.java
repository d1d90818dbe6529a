/**
 * A real Keycloak server on this machine, for {@code realmform demo} and for the tests: prepared once from the
 * distribution that Maven unpacked, started on a free port with data of its own, gone without a trace afterwards. Knows
 * nothing of plans and prints nothing.
 */
@NullMarked
package dev.realmform.cli.demo;

import org.jspecify.annotations.NullMarked;
