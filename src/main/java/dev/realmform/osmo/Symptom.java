package dev.realmform.osmo;

/** What may be wrong with an id token, as OSMO reads it. */
enum Symptom {
    /** There is none, or the server makes none. */
    NO_TOKEN("the server makes no ID token"),
    /** No claim {@code roles}, although there are roles: not even an empty list. */
    NO_ROLES("the claim roles is missing in ID tokens"),
    /** {@code roles} is no list. */
    TEXT("roles is a text in ID tokens, not a list"),
    /** {@code roles} are not those on this client. */
    OTHER_ROLES("roles in ID tokens are not those on this client"),
    NO_NAME("preferred_username is missing in ID tokens"),
    OTHER_NAME("preferred_username in ID tokens is not the user's name"),
    NO_EMAIL("email is missing in ID tokens"),
    OTHER_AUDIENCE("aud in ID tokens is not this client");

    private final String words;

    Symptom(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
