package dev.realmform.model;

import java.util.Locale;

/** What is done to one resource, in one word. */
public enum Action {
    CREATE, UPDATE, REPLACE, DELETE, ADOPT, FORGET;

    public static Action of(Change change) {
        return switch (change) {
            case Change.Create ignored -> CREATE;
            case Change.Update ignored -> UPDATE;
            case Change.Replace ignored -> REPLACE;
            case Change.Delete ignored -> DELETE;
            case Change.Adopt ignored -> ADOPT;
            case Change.Forget ignored -> FORGET;
        };
    }

    /** As it is written in files and messages: {@code create}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
