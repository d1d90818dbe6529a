package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.LiveState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Realms that name users by their e-mail.
 *
 * <p>Seen on 26.7.3: as soon as a realm has {@code registrationEmailAsUsername}, whoever has an e-mail goes by it, also who was made
 * under another name before; a name that a request gives is ignored without a word. So a user who is declared by another name would
 * be made, not be found, and be made again.
 */
final class MailNames {

    private static final String SETTING = "registrationEmailAsUsername";

    private MailNames() {}

    /** @throws ProblemException if users are declared by names that they will not have */
    static void check(SortedMap<Address, Resource> declared, LiveState live) {
        Map<String, Boolean> realms = new HashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (Resource user : declared.values()) {
            Optional<String> mail = user.value().text("email").filter(text -> !text.isEmpty());
            if (user.address().type().equals(UserType.NAME) && mail.isPresent() && !user.directives().delete()
                    && !user.address().name().equals(UserType.canonicalName(mail.get()))
                    && realms.computeIfAbsent(user.address().root(), realm -> byMail(realm, declared, live))) {
                problems.add(otherName(user, mail.get()));
            }
        }
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
    }

    private static boolean byMail(String realm, SortedMap<Address, Resource> declared, LiveState live) {
        Address address = RealmType.address(realm);
        return Optional.ofNullable(declared.get(address))
                .flatMap(settings -> settings.value().get(SETTING))
                .or(() -> live.find(address).flatMap(settings -> settings.resource().value().get(SETTING)))
                .equals(Optional.of(Value.bool(true)));
    }

    private static Problem otherName(Resource user, String mail) {
        String name = user.address().name();
        return Problem.invalid(user.address() + " will go by " + mail + ": the realm names users by their e-mail ("
                + SETTING + ")", user.origin().source().exact(),
                "Write username: " + mail + " (with $was: " + name + " if it was applied by that name), or "
                        + SETTING + ": false at the realm.");
    }
}
