package dev.realmform.keycloak;

import dev.realmform.model.Change;
import dev.realmform.model.Origin;
import dev.realmform.model.Path;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Settings of a realm that the server changes along with others, or leaves off without a word (seen on 26.7.3). */
final class RealmSettings {

    static final String DUPLICATES = "duplicateEmailsAllowed";

    /** A mail address that several users may have names none of them: each of the two sides turns the other off. */
    private static final List<String> BY_MAIL = List.of("loginWithEmailAllowed", "registrationEmailAsUsername");

    /** Without its feature the server answers 204 and keeps the setting off. */
    private static final SortedMap<String, String> FEATURES = new TreeMap<>(Map.of(
            AdminPermissions.ENABLED, AdminPermissions.FEATURE,
            "scimApiEnabled", "SCIM_API",
            "verifiableCredentialsEnabled", "OID4VC_VCI"));

    private static final String MAIL = "smtpServer";

    /** Never used without {@code auth}; kept by a POST, and dropped by any PUT that holds the others (26.7.3). */
    private static final List<String> LOGIN = List.of("user", "password");

    private static final String WITH_AUTH = "Set auth: true there, or take user and password out.";

    private RealmSettings() {}

    /** What is planned, with what the server changes along. */
    static Value.MapOf along(Value.MapOf desired, Value.MapOf planned) {
        Value.MapOf along = planned;
        if (desired.isTrue(DUPLICATES)) {
            for (String setting : BY_MAIL) {
                along = planned.isTrue(setting) && !desired.has(setting)
                        ? along.with(setting, Value.bool(false))
                        : along;
            }
        } else if (planned.isTrue(DUPLICATES) && !desired.has(DUPLICATES)
                && BY_MAIL.stream().anyMatch(desired::isTrue)) {
            along = along.with(DUPLICATES, Value.bool(false));
        }
        return along;
    }

    static List<Problem> review(Change change, Resource declared, Reader reader) {
        List<Problem> problems = new ArrayList<>();
        Value.MapOf desired = declared.value();
        BY_MAIL.stream()
                .filter(setting -> desired.isTrue(DUPLICATES) && desired.isTrue(setting))
                .forEach(setting -> problems.add(problem(
                        setting + " and " + DUPLICATES + " are both on, and the server allows one of them", declared,
                        setting, "Switch one of the two off.")));
        Value.MapOf live = change.before().map(Resource::value).orElse(Value.EMPTY_MAP);
        Value.MapOf mail = Wire.planned(change).value().map(MAIL);
        if (writesMail(change) && mail.text("auth").filter("true"::equals).isEmpty()) {
            LOGIN.stream()
                    .filter(field -> says(desired.map(MAIL), field))
                    .findFirst()
                    .ifPresent(field -> problems.add(problem(
                            MAIL + " has " + field + " and no auth: true, and the server drops the login then",
                            declared, Path.of(MAIL, field), WITH_AUTH)));
        }
        FEATURES.forEach((setting, feature) -> {
            if (desired.isTrue(setting) && !live.isTrue(setting) && new ServerProviders(reader).isOff(feature)) {
                problems.add(problem(setting + " is on, and the server's feature " + feature + " is off", declared,
                        setting, "Start the server with the feature, or take the setting out."));
            }
        });
        return problems;
    }

    /** A new realm keeps a mere user name until somebody changes something else there. */
    private static boolean writesMail(Change change) {
        return change instanceof Change.Create create ? says(create.desired().value().map(MAIL), "password")
                : change.edits().stream().anyMatch(edit -> edit.path().startsWith(Path.of(MAIL)));
    }

    /** A login that the document itself switches off. Where it does not say so, a live realm may have it on. */
    static void refuseUnusedLogin(Value.MapOf document, Origin origin, Pieces pieces) {
        Value.MapOf mail = document.map(MAIL);
        boolean off = mail.has("auth") && !mail.isTrue("auth")
                && mail.text("auth").filter("true"::equals).isEmpty();
        if (off && says(mail, "password")) {
            pieces.problem(MAIL + " has password and no auth: true, and the server drops the login then",
                    origin.at(MAIL).at("password"), WITH_AUTH);
        }
    }

    /** Exports of old versions have empty texts for what is not set. */
    private static boolean says(Value.MapOf mail, String field) {
        return mail.get(field)
                .filter(value -> !(value instanceof Value.Null) && !value.equals(Value.text("")))
                .isPresent();
    }

    private static Problem problem(String what, Resource declared, String field, String remedy) {
        return problem(what, declared, Path.of(field), remedy);
    }

    private static Problem problem(String what, Resource declared, Path at, String remedy) {
        return Problem.invalid(what, declared.origin().at(at).exact() + "  " + at, remedy);
    }
}
