package dev.realmform.keycloak.admin;

/** What a request does. */
public enum Method {
    GET, POST, PUT, DELETE;

    /** Whether sending it twice has the effect of sending it once. */
    boolean repeatable() {
        return this != POST;
    }
}
