package dev.realmform.render;

import dev.realmform.model.Access;
import dev.realmform.model.Access.Move;
import dev.realmform.model.Access.Way;
import dev.realmform.model.Access.Who;
import dev.realmform.model.Address;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Who gains or loses which roles, in words: under the change that moves it, and in sum. */
final class AccessWords {

    /** Roles of one move, above which they are folded. */
    private static final int MOST_ROLES = 4;

    /** Parts of the sum, above which they are folded. */
    private static final int MOST_PARTS = 6;

    private final Access access;
    private final Look look;
    private final Map<Address, List<Move>> moves = new HashMap<>();
    private final Map<String, Set<Address>> byName = new HashMap<>();

    AccessWords(Access access, Look look) {
        this.access = access;
        this.look = look;
        for (Move move : access.moves()) {
            moves.computeIfAbsent(move.by(), unseen -> new ArrayList<>()).add(move);
            move.roles().forEach(role -> byName.computeIfAbsent(role.name(), unseen -> new HashSet<>()).add(role));
        }
    }

    /** What one change moves, a line each. */
    List<String> of(Address change) {
        return moves.getOrDefault(change, List.of()).stream().map(this::sentence).toList();
    }

    private String sentence(Move move) {
        String roles = " " + roles(move.roles());
        return switch (move.who()) {
            case Who.Users(List<Address> users) when users.equals(List.of(move.by())) ->
                verb(move.way(), 1) + roles;
            case Who.Users(List<Address> users) -> Words.plural(users.size(), "user") + " "
                    + verb(move.way(), users.size()) + roles + (look.isFull() ? ": " + names(users) : "");
            case Who.NotCounted(Address ignored, String why) -> (isCountedToo(move) ? "other users " : "users ")
                    + verb(move.way(), 2) + roles + " (not counted: " + why + ")";
        };
    }

    private boolean isCountedToo(Move move) {
        return moves.getOrDefault(move.by(), List.of())
                .stream()
                .anyMatch(other -> other.way() == move.way() && other.who() instanceof Who.Users
                        && other.roles().stream().anyMatch(move.roles()::contains));
    }

    private static String verb(Way way, int count) {
        String verb = way == Way.GAIN ? "gain" : "lose";
        return count == 1 ? verb + "s" : verb;
    }

    private static String names(List<Address> users) {
        return users.stream()
                .map(user -> user.type().equals("user") ? user.name() : user.toString())
                .collect(Collectors.joining(", "));
    }

    private String roles(List<Address> roles) {
        int shown = look.isFull() || roles.size() <= MOST_ROLES + 1 ? roles.size() : MOST_ROLES;
        String names = roles.stream().limit(shown).map(this::name).collect(Collectors.joining(", "));
        return shown == roles.size() ? names : names + ", … %d more, --full".formatted(roles.size() - shown);
    }

    /** A role by its name; with its client's where that alone could be another one. */
    private String name(Address role) {
        boolean alone = byName.getOrDefault(role.name(), Set.of()).size() < 2 || role.key().size() < 3;
        return alone ? role.name() : role.key().get(1) + "/" + role.name();
    }

    /**
     * {@code access: 12 users gain osmo-audit; 1 loses osmo-admin (with their next token, at most 5 min)}. Empty where it
     * would say once more what stands under the only change that moves anything, and no lifespan of tokens is known.
     */
    Optional<String> sum() {
        if (access.moves().size() < (access.effective().isEmpty() ? 2 : 1)) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>();
        for (Way way : Way.values()) {
            parts.addAll(counted(way, parts.isEmpty()));
        }
        parts.addAll(uncounted());
        int shown = look.isFull() || parts.size() <= MOST_PARTS + 1 ? parts.size() : MOST_PARTS;
        String more = shown == parts.size() ? "" : "; … %d more, --full".formatted(parts.size() - shown);
        return Optional.of("access: " + String.join("; ", parts.subList(0, shown)) + more + " (" + when() + ")");
    }

    /** Roles that the same users move are one part, the largest first. */
    private List<String> counted(Way way, boolean first) {
        Map<Address, Set<Address>> users = new TreeMap<>();
        for (Move move : access.moves()) {
            if (move.way() == way && move.who() instanceof Who.Users(List<Address> some)) {
                move.roles().forEach(role -> users.computeIfAbsent(role, unseen -> new HashSet<>()).addAll(some));
            }
        }
        Map<Set<Address>, List<Address>> roles = new HashMap<>();
        users.forEach((role, some) -> roles.computeIfAbsent(some, unseen -> new ArrayList<>()).add(role));
        List<String> parts = new ArrayList<>();
        roles.entrySet()
                .stream()
                .sorted(Comparator.<Map.Entry<Set<Address>, List<Address>>>comparingInt(part -> -part.getKey().size())
                        .thenComparing(part -> part.getValue().getFirst()))
                .forEach(part -> {
                    int count = part.getKey().size();
                    String whom = first && parts.isEmpty() ? Words.plural(count, "user") : String.valueOf(count);
                    parts.add(whom + " " + verb(way, count) + " " + roles(part.getValue()));
                });
        return parts;
    }

    private List<String> uncounted() {
        return access.moves()
                .stream()
                .filter(move -> move.who() instanceof Who.NotCounted)
                .map(move -> "not counted who " + verb(move.way(), 1) + " " + roles(move.roles()) + " by " + move.by())
                .distinct()
                .toList();
    }

    private String when() {
        StringBuilder text = new StringBuilder("with their next token");
        access.effective()
                .values()
                .stream()
                .mapToLong(Access.Lifespan::seconds)
                .max()
                .ifPresent(usual -> text.append(", at most ").append(time(usual)));
        access.effective()
                .values()
                .forEach(lifespan -> lifespan.longer()
                        .forEach((client, seconds) -> text.append(", ")
                                .append(time(seconds))
                                .append(" through ")
                                .append(client.name())));
        return text.toString();
    }

    private static String time(long seconds) {
        if (seconds % 3600 == 0 && seconds > 0) {
            return seconds / 3600 + " h";
        }
        return seconds % 60 == 0 && seconds > 0 ? seconds / 60 + " min" : seconds + " s";
    }
}
