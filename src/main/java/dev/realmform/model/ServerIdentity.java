package dev.realmform.model;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which server, and which realms on it: what a state or a saved plan was made for.
 *
 * @param issuer   the server as its tokens name it
 * @param realmIds id by realm name, for the realms that existed
 */
public record ServerIdentity(String issuer, SortedMap<String, String> realmIds) {
    public ServerIdentity {
        realmIds = Collections.unmodifiableSortedMap(new TreeMap<>(realmIds));
    }
}
