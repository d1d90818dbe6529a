/**
 * The benchmark behind {@code bin/bench}: generated realms, timed runs of the real launcher against a real server, and the floor
 * under them, which is the same requests from a bare HTTP client. Uses realmform only through its command line.
 */
@NullMarked
package dev.realmform.bench;

import org.jspecify.annotations.NullMarked;
