package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is lost when a user federation goes: the users that came through it, by their number. */
final class ComponentLosses {

    private static final int PAGE = 500;

    private ComponentLosses() {}

    static List<Plan.Notice> of(Plan plan, Reader reader) {
        List<Plan.Notice> notices = new ArrayList<>();
        for (Change change : plan.changes()) {
            Address address = change.address();
            if (change instanceof Change.Delete delete && delete.goesWith().isEmpty()
                    && address.type().equals(ComponentType.NAME)
                    && ComponentType.kind(address).equals(ComponentKinds.USER_STORAGE)) {
                notices.add(new Plan.Notice.Warning(Optional.of(address), loss(reader, address)));
            }
        }
        return notices;
    }

    private static String loss(Reader reader, Address federation) {
        try {
            return Reader.ifAllowed(() -> ComponentTree.read(reader, federation.root())
                    .id(federation)
                    .map(id -> linked(reader, federation.root(), id))
                    .orElse(0L))
                    .map(ComponentLosses::loss)
                    .orElse("all users that came through it are deleted with it; this login may not count them");
        } catch (ProblemException e) {
            if (e.problems().getFirst().kind() != Problem.Kind.FAILED) {
                throw e;
            }
            return "all users that came through it are deleted with it; the server cannot count them, since it cannot"
                    + " reach where they come from";
        }
    }

    private static String loss(long users) {
        return users == 0 ? "no user came through it so far"
                : (users == 1 ? "1 user" : users + " users") + " that came through it "
                        + (users == 1 ? "is" : "are")
                        + " deleted with it: their roles, groups, consents and sessions are lost";
    }

    /**
     * No request counts them, and listing all users makes Keycloak fetch those of the directory that nobody has asked for yet:
     * a plan would change the realm. Those with the default role, which each of them is given, are listed without asking the
     * directory, and their short form names the federation (26.7.3). 26.1.4 asks the directory, and fails if it is gone.
     */
    private static long linked(Reader reader, String realm, String federation) {
        String role = reader.object(realm)
                .map(body -> body.map("defaultRole"))
                .flatMap(body -> body.text("name"))
                .orElse("");
        return reader.pages(0, PAGE, Map.of("briefRepresentation", "true"), realm, "roles", role, "users")
                .stream()
                .filter(user -> user.text("federationLink").filter(federation::equals).isPresent())
                .count();
    }
}
