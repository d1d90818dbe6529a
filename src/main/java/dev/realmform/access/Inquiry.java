package dev.realmform.access;

import dev.realmform.model.AccessAnswer;
import dev.realmform.model.AccessQuestion;
import dev.realmform.model.Address;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Product;
import dev.realmform.model.Reach;
import dev.realmform.model.RealmAccess;
import dev.realmform.model.Seen;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Asks who can use a thing, or why one user can, of whatever knows the realm. */
public final class Inquiry {

    private final Realm realm;
    private final Optional<Product> product;

    /** @param product whose things may be asked about besides roles */
    public Inquiry(Realm realm, Optional<Product> product) {
        this.realm = realm;
        this.product = product;
    }

    /** What knows the access to a realm: a server, an export, the files. */
    public interface Realm {

        /** Where it knows it from, for people. */
        String origin();

        RealmAccess access(AccessQuestion question);

        /** When users logged in last, if it knows such things. */
        default SortedMap<Address, Seen> seen(Collection<Address> users) {
            return new TreeMap<>();
        }

        /** Whether it knows of users at all. */
        default boolean knowsUsers() {
            return true;
        }
    }

    /** All who can. */
    public AccessAnswer who(String thing) {
        RealmAccess access = realm.access(AccessQuestion.who(roles -> among(thing, roles)));
        Asked asked = asked(thing, access);
        List<Reach> reaches = new Reaching(access, asked).everybody();
        return answer(access, asked, reaches, realm.seen(reaches.stream().map(Reach::user).toList()), Optional.empty());
    }

    /** Why one can, or what he has instead. */
    public AccessAnswer why(String username, String thing) {
        RealmAccess access = realm.access(AccessQuestion.leading(roles -> among(thing, roles), List.of(username)));
        Asked asked = asked(thing, access);
        Address user = access.account(username)
                .orElseThrow(() -> new ProblemException(Problem.refused(
                        "there is no user " + username + " in realm " + access.realm(), realm.origin(),
                        "Write the name with which he logs in; that of a service account is service-account- and the client id.")));
        Reaching reaching = new Reaching(access, asked);
        Optional<Reach> reach = reaching.of(user);
        SortedSet<Address> groups = new TreeSet<>(reaching.all(user));
        SortedSet<Address> roles = new TreeSet<>(groups);
        groups.retainAll(access.groups());
        roles.removeAll(groups);
        AccessAnswer.Subject subject = new AccessAnswer.Subject(user, account(access, user), groups, roles,
                reach.isPresent() ? new TreeSet<>() : reaching.nearest());
        return answer(access, asked, reach.stream().toList(), realm.seen(List.of(user)), Optional.of(subject));
    }

    private static RealmAccess.Account account(RealmAccess access, Address user) {
        return Optional.ofNullable(access.accounts().get(user)).orElseThrow();
    }

    private Set<Address> among(String thing, Set<Address> roles) {
        Set<Address> found = new HashSet<>(Asked.of(thing, roles, product).map(Asked::roles).orElseGet(TreeSet::new));
        found.retainAll(roles);
        return found;
    }

    private Asked asked(String thing, RealmAccess access) {
        return Asked.of(thing, access.roles(), product)
                .orElseThrow(() -> new ProblemException(Problem.refused(
                        "there is no role " + thing + " in realm " + access.realm()
                                + product.map(known -> ", and no " + known.kind() + " of that name in the files")
                                        .orElse(""),
                        realm.origin(), (Asked.similar(thing, access.roles(), product)
                                + " A role is written by its name, or as client/role; a pool is known from the files given with -f.")
                                .strip())));
    }

    private AccessAnswer answer(RealmAccess access, Asked asked, List<Reach> reaches, Map<Address, Seen> seen,
            Optional<AccessAnswer.Subject> subject) {
        SortedSet<Address> absent = asked.roles();
        absent.removeAll(access.roles());
        return new AccessAnswer(access.realm(), realm.origin(), asked.name(), asked.kind(), asked.ways(), absent,
                reaches,
                new TreeMap<>(seen), subject, realm.knowsUsers());
    }
}
