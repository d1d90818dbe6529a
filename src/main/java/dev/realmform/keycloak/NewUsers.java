package dev.realmform.keycloak;

import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.Overlay;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a POST of a user checks and adds in one realm, for those who make users in another way.
 *
 * <p>The check is narrower than the server's: who passes it passes the server's too, and who does not is for the server to
 * judge.
 *
 * @param profile     the attributes of the user profile
 * @param open        whether attributes outside of it are kept
 * @param groups      that everybody joins
 * @param actions     that everybody has to do
 * @param knownActions that can be asked for
 * @param defaultRole that everybody is given; empty if users are not made as everywhere: then none passes
 */
record NewUsers(List<Value.MapOf> profile, boolean open, List<String> groups, List<String> actions,
        Set<String> knownActions, Optional<String> defaultRole) {

    private static final Set<String> FIELDS = Set.of("username", "email", "firstName", "lastName");

    /** Reads what it needs of the realm. */
    static NewUsers of(Reader facts, String realm) {
        Value.MapOf settings = facts.object(realm).orElse(Value.EMPTY_MAP);
        Value.MapOf profile = facts.object(realm, "users", "profile").orElse(Value.EMPTY_MAP);
        boolean elsewhere = settings.isTrue("registrationEmailAsUsername") || !profile.has("attributes")
                || !facts.objects(Map.of("type", "org.keycloak.storage.UserStorageProvider"), realm, "components")
                        .isEmpty();
        List<Value.MapOf> actions = facts.objects(realm, "authentication", "required-actions")
                .stream()
                .filter(action -> action.isTrue("enabled"))
                .toList();
        return new NewUsers(maps(profile.list("attributes")), UserProfile.isOpen(profile),
                names(facts.objects(realm, "default-groups"), "path"),
                names(actions.stream().filter(action -> action.isTrue("defaultAction")).toList(), "alias"),
                Set.copyOf(names(actions, "alias")),
                elsewhere ? Optional.empty() : settings.map("defaultRole").text("name"));
    }

    private static List<Value.MapOf> maps(List<Value> items) {
        return items.stream().filter(Value.MapOf.class::isInstance).map(Value.MapOf.class::cast).toList();
    }

    private static List<String> names(Collection<Value.MapOf> objects, String field) {
        return objects.stream().flatMap(object -> object.text(field).stream()).toList();
    }

    /** The body of a user with what the server gives to each new one, unless the file says otherwise. */
    Value.MapOf complete(Value.MapOf user, Resource desired) {
        TreeSet<String> roles = new TreeSet<>(user.texts(RoleGrants.REALM_ROLES));
        List<String> withoutRoles = UserType.takenAtOnce(desired);
        defaultRole.filter(role -> !withoutRoles.contains(role)).ifPresent(roles::add);
        return with(with(user.with(RoleGrants.REALM_ROLES, Value.texts(roles)), GroupPaths.FIELD, groups, desired),
                UserBodies.REQUIRED_ACTIONS, actions, desired);
    }

    private static Value.MapOf with(Value.MapOf user, String field, List<String> more, Resource desired) {
        Value declared = desired.value().get(field).orElse(Value.EMPTY_MAP);
        if (more.isEmpty() || !(declared instanceof Value.MapOf partial)) {
            return user;
        }
        TreeSet<String> all = new TreeSet<>(user.texts(field));
        all.addAll(more);
        partial.texts(Overlay.REMOVE).forEach(all::remove);
        return user.with(field, Value.texts(all));
    }

    /** Whether a POST would certainly take a user of that name just as it is. */
    boolean take(String username, Value.MapOf user) {
        Value.MapOf attributes = user.map(Attributes.FIELD);
        Set<String> listed = Set.copyOf(names(profile, "name"));
        return defaultRole.isPresent()
                && groups.stream().allMatch(GroupPath::isPlain)
                && knownActions.containsAll(user.texts(UserBodies.REQUIRED_ACTIONS))
                && listed.containsAll(FIELDS)
                && (!username.contains("@") || user.text("email").filter(username::equals).isPresent())
                && takesAll(username, user)
                && attributes.fields()
                        .entrySet()
                        .stream()
                        .allMatch(entry -> listed.contains(entry.getKey()) || isPlainExtra(entry));
    }

    private boolean isPlainExtra(Map.Entry<String, Value> attribute) {
        List<Optional<String>> values = texts(attribute.getValue());
        return open && PlainText.isName(attribute.getKey()) && !attribute.getKey().equals("locale")
                && !values.isEmpty()
                && values.stream().allMatch(value -> value.filter(PlainText::isValue).isPresent());
    }

    private boolean takesAll(String username, Value.MapOf user) {
        for (Value.MapOf attribute : profile) {
            if (!takes(attribute, username, user)) {
                return false;
            }
        }
        return true;
    }

    private static boolean takes(Value.MapOf attribute, String username, Value.MapOf user) {
        String name = attribute.text("name").orElse("");
        List<Optional<String>> values = values(name, username, user);
        if (attribute.has("selector") || attribute.has("defaultValue")) {
            return false;
        }
        if (values.isEmpty()) {
            return !user.map(Attributes.FIELD).has(name) && !user.has(name) && !isRequiredOfAdmins(attribute);
        }
        return attribute.map("permissions").texts("edit").contains("admin")
                && (values.size() == 1 || attribute.isTrue("multivalued"))
                && areValid(attribute, name, values);
    }

    private static boolean areValid(Value.MapOf attribute, String name, List<Optional<String>> values) {
        for (Optional<String> value : values) {
            if (value.isEmpty() || !isValid(attribute, name, value.get())) {
                return false;
            }
        }
        return true;
    }

    private static List<Optional<String>> values(String name, String username, Value.MapOf user) {
        if (name.equals("username")) {
            return List.of(Optional.of(username));
        }
        return FIELDS.contains(name)
                ? user.get(name).map(value -> List.of(text(value))).orElse(List.of())
                : user.map(Attributes.FIELD).get(name).map(NewUsers::texts).orElse(List.of());
    }

    /** Secrets and holes are no texts. */
    private static List<Optional<String>> texts(Value set) {
        return set instanceof Value.ListOf(List<Value> items) ? items.stream().map(NewUsers::text).toList()
                : List.of(Optional.empty());
    }

    private static Optional<String> text(Value value) {
        return value instanceof Value.Text(String text) ? Optional.of(text) : Optional.empty();
    }

    /** What is required of users alone may be left out by an administrator. */
    private static boolean isRequiredOfAdmins(Value.MapOf attribute) {
        if (!(attribute.get("required").orElse(Value.NULL) instanceof Value.MapOf required)) {
            return false;
        }
        return !required.texts("roles").equals(List.of("user")) || !required.texts("scopes").isEmpty();
    }

    private static boolean isValid(Value.MapOf attribute, String name, String text) {
        boolean plain = switch (name) {
            case "username" -> PlainText.isUsername(text);
            case "email" -> PlainText.isEmail(text);
            case "firstName", "lastName" -> PlainText.isPerson(text);
            default -> PlainText.isValue(text);
        };
        Value.MapOf validations = attribute.map("validations");
        for (String kind : validations.fields().keySet()) {
            if (!isValid(kind, validations.map(kind), text)) {
                return false;
            }
        }
        return plain;
    }

    /** What is not known here is for the server to judge. */
    private static boolean isValid(String kind, Value.MapOf rule, String text) {
        return switch (kind) {
            case "length" -> isWithin(rule, text.codePointCount(0, text.length()));
            case "options" -> rule.texts("options").contains(text);
            case "email" -> PlainText.isEmail(text);
            case "username-prohibited-characters", "up-username-not-idn-homograph" -> PlainText.isUsername(text);
            case "person-name-prohibited-characters" -> PlainText.isPerson(text);
            default -> false;
        };
    }

    private static boolean isWithin(Value.MapOf rule, long length) {
        return bound(rule, "min", 0, Long.MAX_VALUE) <= length && length <= bound(rule, "max", Long.MAX_VALUE, -1);
    }

    /** Consoles write bounds as numbers, files also as texts. */
    private static long bound(Value.MapOf rule, String field, long absent, long unclear) {
        return switch (rule.get(field).orElse(Value.NULL)) {
            case Value.Null ignored -> absent;
            case Value.Num(var number) -> number.longValue();
            case Value.Text(String text) when text.matches("\\d{1,9}") -> Long.parseLong(text);
            default -> unclear;
        };
    }
}
