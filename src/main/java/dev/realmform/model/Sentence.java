package dev.realmform.model;

import java.util.List;
import java.util.Optional;

/**
 * What somebody expects of access, in one of five forms. A thing is a role ({@code name} or {@code client/name}) or what a
 * product calls its own, such as a pool; a group is a path.
 */
public sealed interface Sentence {

    /** The five forms, for people. */
    String GRAMMAR = "USER can THING, USER cannot THING, nobody has THING, nobody outside /GROUP, /GROUP has THING,"
            + " only USER, USER have THING, everybody in /GROUP, /GROUP has THING";

    /** The thing that it is about. */
    String thing();

    /** The user is there, may log in, and has the thing as a whole. */
    record Can(String user, String thing) implements Sentence {}

    /** The user has no part of it, or cannot log in. */
    record Cannot(String user, String thing) implements Sentence {}

    /** Whoever has a part of it is in one of these groups, or in a group inside one; without a group, nobody has any. */
    record NobodyOutside(List<String> groups, String thing) implements Sentence {
        public NobodyOutside {
            groups = List.copyOf(groups);
        }
    }

    /** Nobody else has a part of it. */
    record Only(List<String> users, String thing) implements Sentence {
        public Only {
            users = List.copyOf(users);
        }
    }

    /** Whoever is in one of these groups, or in a group inside one, has it as a whole. */
    record EverybodyIn(List<String> groups, String thing) implements Sentence {
        public EverybodyIn {
            groups = List.copyOf(groups);
        }
    }

    /** The users whom it names. */
    default List<String> named() {
        return switch (this) {
            case Can(String user, String ignored) -> List.of(user);
            case Cannot(String user, String ignored) -> List.of(user);
            case Only(List<String> users, String ignored) -> users;
            case NobodyOutside ignored -> List.of();
            case EverybodyIn ignored -> List.of();
        };
    }

    /** The groups that it names, by path. */
    default List<String> paths() {
        return switch (this) {
            case NobodyOutside(List<String> groups, String ignored) -> groups;
            case EverybodyIn(List<String> groups, String ignored) -> groups;
            case Can ignored -> List.of();
            case Cannot ignored -> List.of();
            case Only ignored -> List.of();
        };
    }

    /** Reads a sentence; empty if it has none of the forms. */
    static Optional<Sentence> parse(String text) {
        return SentenceForms.parse(text);
    }
}
