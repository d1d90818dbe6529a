package dev.realmform.cli;

import dev.realmform.access.AccountChecks;
import dev.realmform.access.Expectations;
import dev.realmform.access.RoleChecks;
import dev.realmform.config.Blueprint;
import dev.realmform.keycloak.Entitlements;
import dev.realmform.keycloak.admin.Admin;
import dev.realmform.model.AccessFacts;
import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Entitlement;
import dev.realmform.model.Expectation;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Proof;
import dev.realmform.model.Proof.Check;
import dev.realmform.model.Proof.Cure;
import dev.realmform.model.Proof.Fault;
import dev.realmform.model.RealmAccess;
import dev.realmform.osmo.IssuerChecks;
import dev.realmform.osmo.Requirements;
import dev.realmform.osmo.TokenChecks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Everything that is looked at to tell whether what the files declare works.
 *
 * @param issuer who is to issue tokens, if somebody says otherwise than the section osmo
 * @param osmo   the way to OSMO, if it is to be asked
 */
record Verification(Workplace workplace, Survey.Found found, Optional<String> issuer, Optional<OsmoDoor> osmo) {

    private static final String DISCOVERY = ".well-known/openid-configuration";
    private static final String KEYS = "protocol/openid-connect/certs";

    /** All checks, in the order in which they are told. */
    Proof proof() {
        List<Check> checks = new ArrayList<>(plan());
        for (String realm : workplace.desired().realms()) {
            boolean isThere = found.server().realmIds().containsKey(realm);
            checks.addAll(isThere ? realm(realm)
                    : List.of(Check.fails("realm " + realm, "",
                            List.of(new Fault("there is no such realm", "", command())))));
            checks.addAll(isThere ? expected(realm) : List.of());
        }
        return new Proof(checks);
    }

    /** What the files expect of access, looked at in the realm as it is. */
    private List<Check> expected(String realm) {
        Expectations expectations = workplace.expectations();
        if (!expectations.realms().contains(realm)) {
            return List.of();
        }
        RealmAccess access = workplace.connection().provider().access(realm, expectations.question(realm));
        return expectations.check(access).stream().map(this::check).toList();
    }

    private Check check(Expectation.Outcome outcome) {
        String about = "expect " + outcome.expectation().text();
        String because = String.join("; ", outcome.because());
        return switch (outcome.verdict()) {
            case PASSED -> Check.works(about, "");
            case WAITS -> Check.note(about, because);
            case FAILED -> Check.fails(about, "", List.of(new Fault(because, "", found.planned().plan().isEmpty()
                    ? "Change the files, or what they expect: " + outcome.expectation().source()
                    : command())));
        };
    }

    private String command() {
        return "realmform apply"
                + workplace.desired().files().stream().map(file -> " -f " + file).collect(Collectors.joining());
    }

    /** Whether there is anything to apply; that something is only adopted changes nothing on the server. */
    private List<Check> plan() {
        List<Check> checks = new ArrayList<>();
        Plan plan = found.planned().plan();
        Plan.Counts counts = plan.counts();
        int changes = counts.add() + counts.change() + counts.destroy();
        if (changes == 0) {
            checks.add(Check.works("plan", "nothing to change"));
        } else {
            checks.add(Check.fails("plan", "", List.of(new Fault(counts.summary()
                    .replace("Plan: ", "")
                    .replace(".", ""), "the server is not what the files say", command()))));
        }
        List<Problem> problems = found.planned().problems();
        if (!problems.isEmpty()) {
            checks.add(Check.fails("apply", "", problems.stream()
                    .map(problem -> new Fault("would be refused: " + problem.what(), problem.where(), problem.remedy()))
                    .toList()));
        }
        plan.notices()
                .stream()
                .filter(Plan.Notice.Warning.class::isInstance)
                .forEach(notice -> checks.add(Check.note("plan", notice.text())));
        return checks;
    }

    private Cure cure() {
        Set<Address> pending = found.planned()
                .plan()
                .changes()
                .stream()
                .filter(Change::writes)
                .map(Change::address)
                .collect(Collectors.toSet());
        return new Cure(pending, command());
    }

    private List<Check> realm(String realm) {
        List<Entitlement> declared = Entitlements.of(workplace.desired().resources())
                .stream()
                .filter(one -> one.group().root().equals(realm))
                .toList();
        Optional<Requirements> installation = Optional.<Blueprint.Section>ofNullable(workplace.drawn().get(realm))
                .map(section -> Requirements.of(realm, section));
        return installation.map(osmo -> osmo(osmo, declared)).orElseGet(() -> generic(realm, declared));
    }

    private List<Check> generic(String realm, List<Entitlement> declared) {
        List<Check> checks = new ArrayList<>();
        admin().published(realm, DISCOVERY)
                .ifPresentOrElse(
                        discovery -> checks.add(Check.works("discovery",
                                "tokens are issued by " + discovery.text("issuer").orElse("?"))),
                        () -> checks.add(Check.fails("discovery", "", List.of(new Fault(
                                "the realm says nothing of itself", "no /" + DISCOVERY,
                                "Is the realm enabled?")))));
        AccessFacts facts = facts(realm, declared, List.of());
        checks.addAll(people(declared, facts, group -> "group " + RoleChecks.path(group)));
        return checks;
    }

    private List<Check> osmo(Requirements installation, List<Entitlement> declared) {
        String realm = installation.realm();
        List<Entitlement> entitlements = installation.entitlements(declared);
        IssuerChecks issuers = new IssuerChecks(installation, issuer);
        List<Check> checks = new ArrayList<>();
        checks.add(issuers.endpoints(admin().published(realm, DISCOVERY)));
        checks.add(issuers.keys(admin().published(realm, KEYS)));
        AccessFacts facts = facts(realm, entitlements, Requirements.clients());
        TokenChecks tokens = new TokenChecks(realm, facts, cure());
        checks.addAll(tokens.all());
        checks.addAll(people(entitlements, facts, installation::label));
        checks.addAll(installation.leftToOthers());
        checks.addAll(tokens.withoutMail());
        osmo.ifPresent(door -> checks.addAll(door.checks(installation, issuer)));
        return checks;
    }

    private List<Check> people(List<Entitlement> entitlements, AccessFacts facts,
            Function<Address, String> labels) {
        List<Check> checks = new ArrayList<>(new RoleChecks(facts, cure(), labels).of(entitlements));
        checks.addAll(new AccountChecks(facts, cure()).of(users(entitlements)));
        return checks;
    }

    private static SortedSet<Address> users(List<Entitlement> entitlements) {
        SortedSet<Address> users = new TreeSet<>();
        entitlements.forEach(one -> users.addAll(one.users()));
        return users;
    }

    /** @param clients for which ID tokens are looked at, of each user who is to have a role there */
    private AccessFacts facts(String realm, List<Entitlement> entitlements, List<String> clients) {
        SortedSet<Address> groups = new TreeSet<>();
        SortedSet<Address> roles = new TreeSet<>();
        SortedMap<Address, SortedSet<String>> tokens = new TreeMap<>();
        for (Entitlement one : entitlements) {
            groups.add(one.group());
            roles.addAll(one.roles());
            Set<String> theirs = one.roles()
                    .stream()
                    .flatMap(role -> AccessFacts.clientOf(role).stream())
                    .filter(clients::contains)
                    .collect(Collectors.toSet());
            one.users().forEach(user -> tokens.computeIfAbsent(user, unseen -> new TreeSet<>()).addAll(theirs));
        }
        return workplace.connection()
                .provider()
                .facts(new AccessFacts.Question(realm, users(entitlements), groups, roles, tokens,
                        Set.copyOf(clients)));
    }

    private Admin admin() {
        return workplace.connection().admin();
    }
}
