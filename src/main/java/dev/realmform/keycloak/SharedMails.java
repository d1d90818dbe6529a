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
import java.util.function.Predicate;

/** Two users with one e-mail, in any case of letters: the server answers 409 to the second, unless the realm allows it. */
final class SharedMails {

    private static final String MAIL = "email";

    private SharedMails() {}

    private record Mail(String realm, String address) {}

    /** In realms whose document says that they do not allow it; else a live realm may. */
    static List<Problem> declared(SortedMap<Address, Resource> declared) {
        return problems(declared, user -> isAllowed(user, declared).equals(Optional.of(Value.bool(false))));
    }

    /** @throws ProblemException if users are to have one e-mail who do not have it yet */
    static void check(SortedMap<Address, Resource> declared, LiveState live) {
        List<Problem> problems = problems(declared, user -> !hasMail(user, live) && isAllowed(user, declared)
                .or(() -> live.find(realm(user))
                        .flatMap(realm -> realm.resource().value().get(RealmSettings.DUPLICATES)))
                .filter(Value.bool(true)::equals)
                .isEmpty());
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
    }

    private static List<Problem> problems(SortedMap<Address, Resource> declared, Predicate<Resource> isRefused) {
        Map<Mail, Resource> first = new HashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (Resource user : declared.values()) {
            Optional<String> mail = user.value().text(MAIL).filter(text -> !text.isEmpty());
            if (!user.address().type().equals(UserType.NAME) || mail.isEmpty() || user.directives().delete()) {
                continue;
            }
            Resource other = first.putIfAbsent(new Mail(user.address().root(), mail.get()), user);
            if (other != null && (isRefused.test(user) || isRefused.test(other))) {
                problems.add(shared(user, other, mail.get()));
            }
        }
        return problems;
    }

    private static Optional<Value> isAllowed(Resource user, SortedMap<Address, Resource> declared) {
        return Optional.ofNullable(declared.get(realm(user)))
                .flatMap(realm -> realm.value().get(RealmSettings.DUPLICATES))
                .filter(Value.Bool.class::isInstance);
    }

    private static boolean hasMail(Resource user, LiveState live) {
        return live.find(user.address())
                .filter(there -> there.resource().value().get(MAIL).equals(user.value().get(MAIL)))
                .isPresent();
    }

    private static Address realm(Resource user) {
        return RealmType.address(user.address().root());
    }

    private static Problem shared(Resource user, Resource other, String mail) {
        return Problem.invalid(
                user.address() + " has the e-mail " + mail + " of " + other.address() + ", and the realm lets only one"
                        + " user have it",
                user.origin().at(MAIL).source().exact() + "  " + MAIL,
                "The other one stands at " + other.origin().at(MAIL).source().exact()
                        + ". Give one of the two another e-mail, or set " + RealmSettings.DUPLICATES
                        + ": true at the realm: then nobody can log in with an e-mail.");
    }
}
