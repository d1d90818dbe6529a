package dev.realmform.model;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which server, and which realms on it: what a state or a saved plan was made for.
 *
 * @param issuer   the server as its tokens name it; empty if there is none, but only a cluster
 * @param realmIds id by realm name, for the realms that existed; under {@link #CLUSTER} that of a cluster
 */
public record ServerIdentity(String issuer, SortedMap<String, String> realmIds) {

    /** Stands for the cluster among the realms; no realm is called so. */
    public static final String CLUSTER = "$cluster";

    public ServerIdentity {
        realmIds = Collections.unmodifiableSortedMap(new TreeMap<>(realmIds));
    }
}
