package dev.realmform.access;

import dev.realmform.model.AccessQuestion;
import dev.realmform.model.Address;
import dev.realmform.model.Expectation;
import dev.realmform.model.Expectation.Outcome;
import dev.realmform.model.Expectation.Verdict;
import dev.realmform.model.Product;
import dev.realmform.model.Reach;
import dev.realmform.model.RealmAccess;
import dev.realmform.model.Sentence;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What files expect of access, and whether it is so.
 *
 * @param all      in the order of the files
 * @param products by realm, what takes its roles for rights of its own
 * @param awaited  users who are declared and need not be there yet
 */
public record Expectations(List<Expectation> all, Map<String, Product> products, Set<Address> awaited) {

    public Expectations {
        all = List.copyOf(all);
        products = Map.copyOf(products);
        awaited = Set.copyOf(awaited);
    }

    /** The realms of which something is expected. */
    public SortedSet<String> realms() {
        return new TreeSet<>(all.stream().map(Expectation::realm).toList());
    }

    /** What has to be known of a realm to tell. */
    public AccessQuestion question(String realm) {
        List<Sentence> sentences = of(realm).map(Expectation::sentence).toList();
        Set<String> things = new HashSet<>();
        SortedSet<String> groups = new TreeSet<>();
        SortedSet<String> users = new TreeSet<>();
        for (Sentence sentence : sentences) {
            groups.addAll(sentence.paths());
            switch (sentence) {
                case Sentence.Can can -> users.add(can.user());
                case Sentence.Cannot cannot -> users.add(cannot.user());
                case Sentence.EverybodyIn everybody -> things.add(everybody.thing());
                case Sentence.NobodyOutside nobody -> things.add(nobody.thing());
                case Sentence.Only only -> things.add(only.thing());
            }
        }
        return new AccessQuestion(roles -> asked(realm, things, roles), groups, users,
                AccessQuestion.Depth.USERS);
    }

    private Set<Address> asked(String realm, Set<String> things, Set<Address> roles) {
        Set<Address> asked = new HashSet<>();
        things.forEach(thing -> Asked.of(thing, roles, product(realm)).ifPresent(it -> asked.addAll(it.roles())));
        asked.retainAll(roles);
        return asked;
    }

    private Optional<Product> product(String realm) {
        return Optional.ofNullable(products.get(realm));
    }

    private Stream<Expectation> of(String realm) {
        return all.stream().filter(expectation -> expectation.realm().equals(realm));
    }

    /** Whether what is expected of this realm is so. */
    public List<Outcome> check(RealmAccess access) {
        RealmAccess known = access.awaiting(awaited);
        return of(access.realm()).map(expectation -> new Check(known, expectation).outcome()).toList();
    }

    private final class Check {

        private final RealmAccess access;
        private final Expectation expectation;
        private final String thing;
        private final Holdings holdings;

        Check(RealmAccess access, Expectation expectation) {
            this.access = access;
            this.expectation = expectation;
            this.thing = expectation.sentence().thing();
            this.holdings = new Holdings(access.has());
        }

        Outcome outcome() {
            Optional<Asked> asked = Asked.of(thing, access.roles(), product(access.realm()));
            if (asked.isEmpty()) {
                return failed(List.of(("there is no role or pool " + thing + ". "
                        + Asked.similar(thing, access.roles(), product(access.realm()))).strip()
                        .replaceAll("\\.$", "")));
            }
            List<String> unknown = expectation.sentence()
                    .paths()
                    .stream()
                    .filter(path -> access.group(path).isEmpty())
                    .map(path -> "there is no group " + path)
                    .toList();
            return unknown.isEmpty() ? outcome(new Reaching(access, asked.get())) : failed(unknown);
        }

        private Outcome outcome(Reaching reaching) {
            return switch (expectation.sentence()) {
                case Sentence.Can can -> can(reaching, can.user());
                case Sentence.Cannot cannot -> verdict(access.account(cannot.user())
                        .flatMap(reaching::of)
                        .filter(Reach::enabled)
                        .map(Check::hasIt)
                        .stream()
                        .toList());
                case Sentence.NobodyOutside nobody -> verdict(reaching.everybody()
                        .stream()
                        .filter(reach -> !isIn(reach.user(), nobody.groups()))
                        .map(Check::hasIt)
                        .toList());
                case Sentence.Only only -> verdict(reaching.everybody()
                        .stream()
                        .filter(reach -> only.users().stream().noneMatch(reach.account().username()::equalsIgnoreCase))
                        .map(Check::hasIt)
                        .toList());
                case Sentence.EverybodyIn everybody -> verdict(members(everybody.groups())
                        .flatMap(user -> lacks(reaching, user).stream())
                        .toList());
            };
        }

        private Outcome can(Reaching reaching, String name) {
            Optional<Address> user = access.account(name);
            if (user.isEmpty()) {
                return failed(List.of("there is no user " + name));
            }
            return switch (standing(user.get())) {
                case AWAITED -> new Outcome(expectation, Verdict.WAITS, List.of(name + " waits for the first login"));
                case DISABLED -> failed(List.of(name + " is disabled"));
                case ENABLED -> verdict(lacks(reaching, user.get()).stream().toList());
            };
        }

        private RealmAccess.Standing standing(Address user) {
            return Optional.ofNullable(access.accounts().get(user))
                    .map(RealmAccess.Account::standing)
                    .orElse(RealmAccess.Standing.AWAITED);
        }

        private Stream<Address> members(List<String> groups) {
            return access.accounts().keySet().stream().filter(user -> isIn(user, groups));
        }

        private boolean isIn(Address user, List<String> groups) {
            Set<Address> has = holdings.reachable(user);
            return groups.stream().anyMatch(path -> access.group(path).filter(has::contains).isPresent());
        }

        private Optional<String> lacks(Reaching reaching, Address user) {
            String name = Optional.ofNullable(access.accounts().get(user))
                    .map(RealmAccess.Account::username)
                    .orElse("");
            Optional<Reach> reach = reaching.of(user);
            if (reach.isEmpty()) {
                return Optional.of(name + " has it by no way");
            }
            return reach.filter(partly -> !partly.whole())
                    .map(partly -> name + " has a part of it, and not " + Spoken.roles(partly.missing()));
        }

        private static String hasIt(Reach reach) {
            return reach.account().username()
                    + (reach.account().standing() == RealmAccess.Standing.DISABLED ? " (disabled)" : "") + " has it "
                    + Spoken.through(reach.paths().getFirst());
        }

        private Outcome verdict(List<String> against) {
            return against.isEmpty() ? new Outcome(expectation, Verdict.PASSED, List.of()) : failed(against);
        }

        private Outcome failed(List<String> because) {
            return new Outcome(expectation, Verdict.FAILED, because);
        }
    }
}
