package dev.realmform.kubernetes;

import dev.realmform.model.Problem;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a refusal of the API server is for people. */
final class Refusals {

    static final int NOT_FOUND = 404;
    static final int CONFLICT = 409;
    static final int INVALID = 422;
    static final int FORBIDDEN = 403;

    private static final int BAD_REQUEST = 400;
    private static final int SERVER_ERROR = 500;
    private static final int LONGEST = 400;

    /** The server's words (1.36) where a field cannot be changed in place; there is no code for it. */
    private static final Pattern IMMUTABLE = Pattern
            .compile("immutable|are forbidden|may not change|cannot change|cannot be changed|may not be changed");

    /** What rights of its own say, as opposed to admission, quotas and namespaces that are on their way out. */
    private static final Pattern LACKS_RIGHT = Pattern.compile("cannot \\S+ resource \"");

    /** Nobody may give rights that they do not have, not even on trial. */
    private static final Pattern GRANTS = Pattern.compile("attempting to grant RBAC permissions not currently held");

    private static final Pattern MANAGER = Pattern
            .compile("conflict with \"(?<name>[^\"]*)\"(?: with subresource \"(?<part>[^\"]*)\")?(?<update> using )?");

    private Refusals() {}

    /**
     * A field that another manager holds.
     *
     * @param manager    who
     * @param field      where, as the server writes it: {@code .data.a}
     * @param declared   whether the other one declares it too, by applying, or scales; else it wrote it once
     */
    record Conflict(String manager, String field, boolean declared) {

        String text() {
            return field.replaceFirst("^\\.", "") + " is held by " + manager;
        }
    }

    /** Whose fields an apply would have taken; empty if it was refused for another reason. */
    static List<Conflict> conflicts(ClusterAnswer.Refused refused) {
        return refused.status() != CONFLICT ? List.of()
                : refused.causes()
                        .stream()
                        .filter(cause -> cause.reason().equals("FieldManagerConflict"))
                        .map(Refusals::conflict)
                        .toList();
    }

    private static Conflict conflict(ClusterAnswer.Cause cause) {
        Matcher matcher = MANAGER.matcher(cause.message());
        if (!matcher.lookingAt()) {
            return new Conflict("another manager", cause.field(), true);
        }
        boolean scales = matcher.group("part") != null;
        String name = matcher.group("name") + (scales ? " (" + matcher.group("part") + ")" : "");
        return new Conflict(name, cause.field(), scales || matcher.group("update") == null);
    }

    /** Whether the object would have to be deleted and made anew. */
    static boolean isImmutable(ClusterAnswer.Refused refused) {
        return (refused.status() == INVALID || refused.status() == FORBIDDEN)
                && (refused.causes().stream().anyMatch(cause -> IMMUTABLE.matcher(cause.message()).find())
                        || IMMUTABLE.matcher(refused.message()).find());
    }

    static boolean lacksRight(ClusterAnswer.Refused refused) {
        return refused.status() == FORBIDDEN && LACKS_RIGHT.matcher(refused.message()).find();
    }

    static boolean grantsTooMuch(ClusterAnswer.Refused refused) {
        return refused.status() == FORBIDDEN && GRANTS.matcher(refused.message()).find();
    }

    /** A manifest is wrong if the server says so, be it by 400, 422, or by the 500 that answers one that fits no schema. */
    private static boolean isWrongManifest(ClusterAnswer.Refused refused) {
        return refused.status() == BAD_REQUEST || refused.status() == INVALID
                || (refused.status() == SERVER_ERROR
                        && refused.message().contains("failed to create typed patch object"));
    }

    static Problem of(ClusterAnswer.Refused refused, String what, String where) {
        String said = what + ": " + words(refused.message()) + " (status " + refused.status() + ")";
        if (isWrongManifest(refused)) {
            return Problem.invalid(said, where, "Correct the manifest: kubectl explain shows its fields.");
        }
        if (lacksRight(refused) || grantsTooMuch(refused)) {
            return new Problem(Problem.Kind.FORBIDDEN, said, where,
                    "Give this login that right, by a Role and a RoleBinding.", Optional.empty());
        }
        return Problem.failed(said, where, "");
    }

    /** On one line, bounded, and without the object that some refusals repeat: it may hold a secret. */
    static String words(String message) {
        String line = message.replaceAll("\\p{C}+", " ")
                .replaceAll("(Invalid value: )(\\{.*?\\}|\"[^\"]*\"): ", "$1… : ")
                .strip();
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}
