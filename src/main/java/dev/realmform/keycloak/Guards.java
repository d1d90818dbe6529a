package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a plan must not do, whoever asks for it: lock everybody out, or ourselves. */
final class Guards {

    private static final String MASTER = "master";
    private static final String SERVICE_ACCOUNT = "serviceAccountsEnabled";

    private final Login login;

    Guards(Login login) {
        this.login = login;
    }

    List<Problem> review(Plan plan) {
        List<Problem> problems = new ArrayList<>();
        for (Change change : plan.changes()) {
            refusal(change).ifPresent(what -> problems.add(Problem.refused(what.text(), change.address().toString(),
                    what.remedy())));
        }
        return problems;
    }

    private record What(String text, String remedy) {}

    private Optional<What> refusal(Change change) {
        boolean removes = change instanceof Change.Delete || change instanceof Change.Replace;
        boolean disables = turnsOff(change, "enabled");
        Address address = change.address();
        if (removes && BuiltIn.is(address)) {
            return what("Keycloak itself needs " + address + ": it cannot be deleted",
                    KeycloakProvider.resourceType(address.type()).insteadOfDeleting());
        }
        Optional<What> master = master(change, removes, disables);
        return master.isPresent() ? master : own(change, removes, disables);
    }

    private Optional<What> master(Change change, boolean removes, boolean disables) {
        Address address = change.address();
        if (!address.root().equals(MASTER) || !(removes || disables)) {
            return Optional.empty();
        }
        boolean vital = address.type().equals(RealmType.NAME)
                || (address.type().equals(RealmRoleType.NAME) && address.name().equals("admin"))
                || BuiltIn.is(address);
        return vital
                ? what("this would " + (removes ? "delete " : "disable ") + address
                        + ", with which the server is administered", "Leave it to Keycloak.")
                : Optional.empty();
    }

    private Optional<What> own(Change change, boolean removes, boolean disables) {
        Address address = was(change);
        if (!address.root().equals(login.realm()) || change instanceof Change.Create) {
            return Optional.empty();
        }
        String verb = removes ? "remove " : "disable ";
        return switch (address.type()) {
            case RealmType.NAME -> when(removes || disables, "this would " + verb + "the realm you are logged in to");
            case ClientType.NAME -> when(
                    address.name().equals(login.clientId())
                            && (removes || disables || (login.isServiceAccount() && turnsOff(change, SERVICE_ACCOUNT))),
                    "this would " + verb + "the client you are logged in with");
            case RealmRoleType.NAME -> when(removes && login.hasRealmRole(address.name()),
                    "this would remove the role you are logged in with");
            case ClientRoleType.NAME -> when(removes && login.hasClientRole(address.key().get(1), address.name()),
                    "this would remove the role you are logged in with");
            case "user" -> when(login.username().filter(address.name()::equals).isPresent() && (removes || disables),
                    "this would " + verb + "the user you are logged in as");
            default -> Optional.empty();
        };
    }

    private static Address was(Change change) {
        return change instanceof Change.Update update
                ? update.renamedFrom().orElse(update.address())
                : change.address();
    }

    private static boolean turnsOff(Change change, String field) {
        return change.before().filter(live -> live.value().isTrue(field)).isPresent()
                && Wire.planned(change).value().get(field).equals(Optional.of(Value.bool(false)));
    }

    private static Optional<What> when(boolean holds, String text) {
        return holds ? what(text, "Do it with another login.") : Optional.empty();
    }

    private static Optional<What> what(String text, String remedy) {
        return Optional.of(new What(text, remedy));
    }
}
