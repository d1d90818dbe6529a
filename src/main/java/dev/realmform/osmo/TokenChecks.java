package dev.realmform.osmo;

import dev.realmform.model.AccessFacts;
import dev.realmform.model.AccessFacts.Person;
import dev.realmform.model.Address;
import dev.realmform.model.Proof.Check;
import dev.realmform.model.Proof.Cure;
import dev.realmform.model.Proof.Fault;
import dev.realmform.model.Value;
import dev.realmform.osmo.ClientFlaws.Flaw;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whether the id tokens that people would get from OSMO's two clients say what OSMO reads in them: {@code roles} as a list of
 * the roles on that client, {@code aud}, {@code preferred_username}, {@code email}. What is wrong with a token is put down to
 * what is wrong with its client.
 */
public record TokenChecks(String realm, AccessFacts facts, Cure cure) {

    /** A check for each client. */
    public List<Check> all() {
        List<Check> checks = new ArrayList<>();
        Roles.CLIENTS.forEach(clientId -> checks.add(Optional.ofNullable(facts.clients().get(clientId))
                .map(client -> check(clientId, client))
                .orElseGet(() -> Check.fails("client " + clientId, "",
                        List.of(new Fault("nobody can log in", "there is no such client",
                                cure.of(address(clientId), "Declare it, or make it.")))))));
        return checks;
    }

    private Address address(String clientId) {
        return Address.of("client", realm, clientId);
    }

    private Check check(String clientId, Value.MapOf client) {
        SortedMap<Symptom, SortedSet<String>> seen = new TreeMap<>();
        int looked = 0;
        for (Map.Entry<Address, Person> person : facts.people().entrySet()) {
            Optional<Value.MapOf> token = person.getValue().tokens().get(clientId);
            if (token != null) {
                looked++;
                symptoms(clientId, person.getKey().name(), person.getValue(), token)
                        .forEach(symptom -> seen.computeIfAbsent(symptom, unseen -> new TreeSet<>())
                                .add(person.getKey().name()));
            }
        }
        List<Fault> faults = new ArrayList<>();
        Set<Symptom> explained = EnumSet.noneOf(Symptom.class);
        for (Flaw flaw : new ClientFlaws(clientId, client, facts).all()) {
            explained.addAll(flaw.shows());
            faults.add(new Fault(flaw.what(), flaw.cause(), cure.of(address(clientId), flaw.remedy()),
                    concerned(seen, flaw.shows())));
        }
        seen.forEach((symptom, users) -> {
            if (!explained.contains(symptom)) {
                faults.add(unexplained(clientId, symptom, users));
            }
        });
        return Check.of("client " + clientId, says(looked), faults);
    }

    private static String says(int looked) {
        return switch (looked) {
            case 0 -> "its mappers are in order; nobody is there whose ID token could be looked at";
            case 1 -> "1 ID token says roles, aud, preferred_username and email as it should";
            default -> looked + " ID tokens say roles, aud, preferred_username and email as they should";
        };
    }

    private static List<String> concerned(Map<Symptom, SortedSet<String>> seen, Set<Symptom> shown) {
        SortedSet<String> concerned = new TreeSet<>();
        shown.forEach(symptom -> concerned.addAll(seen.getOrDefault(symptom, new TreeSet<>())));
        return List.copyOf(concerned);
    }

    private Fault unexplained(String clientId, Symptom symptom, SortedSet<String> users) {
        return new Fault(symptom.words(), "none that is known",
                cure.of(address(clientId),
                        "Look at what makes it: Clients, " + clientId + ", Client scopes, Evaluate, with this user."),
                List.copyOf(users));
    }

    /** What is wrong with one token. */
    static Set<Symptom> symptoms(String clientId, String name, Person person, Optional<Value.MapOf> token) {
        if (token.isEmpty()) {
            return EnumSet.of(Symptom.NO_TOKEN);
        }
        Set<Symptom> symptoms = EnumSet.noneOf(Symptom.class);
        Value.MapOf claims = token.get();
        roles(claims, AccessFacts.names(person.roles(), clientId)).ifPresent(symptoms::add);
        if (!audiences(claims).contains(clientId)) {
            symptoms.add(Symptom.OTHER_AUDIENCE);
        }
        String user = claims.text("preferred_username").orElse("");
        if (user.isEmpty()) {
            symptoms.add(Symptom.NO_NAME);
        } else if (!user.toLowerCase(Locale.ROOT)
                .equals(
                        person.account().text("username").orElse(name).toLowerCase(Locale.ROOT))) {
            symptoms.add(Symptom.OTHER_NAME);
        }
        boolean has = person.account().text("email").filter(mail -> !mail.isEmpty()).isPresent();
        if (has && claims.text("email").isEmpty()) {
            symptoms.add(Symptom.NO_EMAIL);
        }
        return symptoms;
    }

    /** Without a role there is no claim either, not even an empty list. */
    private static Optional<Symptom> roles(Value.MapOf claims, SortedSet<String> held) {
        Value said = claims.get("roles").orElse(Value.NULL);
        return switch (said) {
            case Value.ListOf ignored -> new TreeSet<>(claims.texts("roles")).equals(held) ? Optional.empty()
                    : Optional.of(Symptom.OTHER_ROLES);
            case Value.Null ignored -> held.isEmpty() ? Optional.empty() : Optional.of(Symptom.NO_ROLES);
            default -> Optional.of(Symptom.TEXT);
        };
    }

    /** For whom a token is: one text, or a list of them. */
    static List<String> audiences(Value.MapOf claims) {
        return claims.text("aud").map(List::of).orElseGet(() -> claims.texts("aud"));
    }

    /** People without a mail address, whom the proxy of the web UI turns away. */
    public List<Check> withoutMail() {
        List<String> without = new ArrayList<>();
        facts.people().forEach((user, person) -> {
            boolean has = person.account().text("email").filter(mail -> !mail.isEmpty()).isPresent();
            if (!has && person.tokens().containsKey(Roles.BROWSER)) {
                without.add(user.name());
            }
        });
        return without.isEmpty() ? List.of()
                : List.of(Check.note("no mail address",
                        "the web UI lets in nobody without one; Keycloak asks for it at the"
                                + " first login in a browser, unless the realm has switched that off: "
                                + String.join(", ", without)));
    }
}
