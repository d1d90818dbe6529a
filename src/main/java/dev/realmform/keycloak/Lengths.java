package dev.realmform.keycloak;

import dev.realmform.model.Change;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Texts that are longer than Keycloak's database takes: from 256 characters on it answers 500 and names no field. Seen field by field
 * on 26.7.3; those of users, which it answers in words, and settings, attributes of clients and the like, which may be longer, are
 * not among them.
 */
final class Lengths {

    private static final int LONGEST = 255;

    private static final String DESCRIPTION = "description";
    private static final String DISPLAY_NAME = "displayName";
    private static final String ATTRIBUTES = "attributes";

    /** By type the fields that are limited; of a list or a map, each member is. */
    private static final Map<String, Set<String>> FIELDS = Map.ofEntries(
            Map.entry(RealmType.NAME, Set.of(DISPLAY_NAME)),
            Map.entry(ClientType.NAME,
                    Set.of("name", DESCRIPTION, "rootUrl", "baseUrl", "adminUrl", "redirectUris", "webOrigins")),
            Map.entry(ClientScopeType.NAME, Set.of(DESCRIPTION)),
            Map.entry(RealmRoleType.NAME, Set.of(DESCRIPTION, ATTRIBUTES)),
            Map.entry(ClientRoleType.NAME, Set.of(DESCRIPTION, ATTRIBUTES)),
            Map.entry(GroupType.NAME, Set.of(DESCRIPTION, ATTRIBUTES)),
            Map.entry(IdentityProviderType.NAME, Set.of(DISPLAY_NAME)),
            Map.entry(FlowType.NAME, Set.of(DESCRIPTION)),
            Map.entry(OrganizationType.NAME, Set.of()),
            Map.entry(ComponentType.NAME, Set.of()),
            Map.entry(SubComponentType.NAME, Set.of()),
            Map.entry(AuthorizationScopeType.NAME, Set.of(DISPLAY_NAME, "iconUri")),
            Map.entry(AuthorizationResourceType.NAME, Set.of(DISPLAY_NAME, "type", "icon_uri", "uris")),
            Map.entry(AuthorizationPolicyType.NAME, Set.of(DESCRIPTION)));

    private Lengths() {}

    /** Refuses what would be sent and not be taken. */
    static List<Problem> review(Plan plan) {
        List<Problem> problems = new ArrayList<>();
        for (Change change : plan.changes()) {
            Set<String> fields = FIELDS.get(change.address().type());
            if (fields != null) {
                change.declared().ifPresent(declared -> {
                    look(declared, fields, problems);
                    if (change instanceof Change.Create && !change.address().type().equals(RealmType.NAME)) {
                        look("the name of this " + change.address().type().replace('-', ' '),
                                declared.address().key().getLast(), declared.source().exact(), problems);
                    }
                });
            }
        }
        return problems;
    }

    private static void look(Resource declared, Set<String> fields, List<Problem> problems) {
        for (Map.Entry<String, Value> field : declared.value().fields().entrySet()) {
            if (fields.contains(field.getKey())) {
                look(declared, Path.of(field.getKey()), field.getValue(), problems);
            }
        }
    }

    private static void look(Resource declared, Path path, Value value, List<Problem> problems) {
        switch (value) {
            case Value.Text(String text) -> look(path + " of " + declared.address(), text,
                    declared.origin().at(path).exact(), problems);
            case Value.ListOf list -> list.items().forEach(item -> look(declared, path, item, problems));
            case Value.MapOf map -> map.fields().forEach((key, below) -> {
                look("a key of " + path + " of " + declared.address(), key, declared.origin().at(path).exact(),
                        problems);
                look(declared, path.then(key), below, problems);
            });
            default -> {
                // Not a text that is known here.
            }
        }
    }

    private static void look(String what, String text, String where, List<Problem> problems) {
        int length = text.codePointCount(0, text.length());
        if (length > LONGEST) {
            problems.add(Problem.invalid(what + " has " + length + " characters, and Keycloak takes " + LONGEST, where,
                    "Shorten it."));
        }
    }
}
