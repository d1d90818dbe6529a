package dev.realmform.osmo;

import dev.realmform.model.Address;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody may come whose mail address nobody has verified: OAuth2 Proxy turns such a login away unless told not to.
 * Keycloak sends the claim {@code email_verified} by itself; it says what the user's {@code emailVerified} is.
 *
 * @param doubts why; empty if every address is verified
 */
record MailTrust(List<String> doubts) {

    private static final int MOST_NAMES = 3;

    MailTrust {
        doubts = List.copyOf(doubts);
    }

    static MailTrust of(Part osmo, String realm, Map<Address, Resource> resources) {
        Value.MapOf settings = fields(resources.get(Address.of("realm", realm)));
        // Then Keycloak lets nobody in before the address is verified.
        if (settings.isTrue("verifyEmail")) {
            return new MailTrust(List.of());
        }
        List<String> doubts = new ArrayList<>();
        SortedSet<String> declared = names(realm, resources, "user");
        SortedSet<String> open = new TreeSet<>(declared);
        open.removeIf(user -> fields(resources.get(Address.of("user", realm, user))).isTrue("emailVerified"));
        doubt(doubts, open, "no emailVerified: true is declared for ");
        SortedSet<String> others = named(osmo);
        others.removeAll(declared);
        doubt(doubts, others, "not declared under users, so nobody knows of ");
        SortedSet<String> providers = names(realm, resources, "identity-provider");
        providers.removeIf(
                alias -> fields(resources.get(Address.of("identity-provider", realm, alias))).isTrue("trustEmail"));
        doubt(doubts, providers, "no trustEmail: true, so addresses are not taken as verified from ");
        if (settings.isTrue("registrationAllowed")) {
            doubts.add("people register themselves (registrationAllowed)");
        }
        if (osmo.get("teams").stream().flatMap(teams -> teams.fields().stream()).anyMatch(MailTrust::isOthers)) {
            doubts.add("the members of a team are left to others");
        }
        if (doubts.isEmpty() && declared.isEmpty()) {
            doubts.add("no user is declared, so nobody knows");
        }
        return new MailTrust(doubts);
    }

    private static boolean isOthers(Part team) {
        return team.get("claim").isEmpty()
                && team.get("members").filter(members -> !members.text().equals(Members.UNMANAGED)).isEmpty();
    }

    private static Value.MapOf fields(@Nullable Resource resource) {
        return resource == null ? Value.EMPTY_MAP : resource.value();
    }

    private static SortedSet<String> names(String realm, Map<Address, Resource> resources, String type) {
        return resources.keySet()
                .stream()
                .filter(address -> address.type().equals(type) && address.root().equals(realm))
                .map(Address::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Those who log in with a browser: not the machines. */
    private static SortedSet<String> named(Part osmo) {
        SortedSet<String> names = new TreeSet<>();
        osmo.get("admins").ifPresent(admins -> Members.named(admins).forEach(it -> names.add(Members.user(it))));
        osmo.get("users").ifPresent(users -> users.items().forEach(it -> names.add(Members.user(it))));
        osmo.get("teams")
                .stream()
                .flatMap(teams -> teams.fields().stream())
                .flatMap(team -> team.get("members").stream())
                .forEach(members -> Members.named(members).forEach(it -> names.add(Members.user(it))));
        return names;
    }

    private static void doubt(List<String> doubts, SortedSet<String> names, String what) {
        if (!names.isEmpty()) {
            int more = names.size() - MOST_NAMES;
            doubts.add(what + names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "))
                    + (more > 0 ? " and " + more + " more" : ""));
        }
    }
}
