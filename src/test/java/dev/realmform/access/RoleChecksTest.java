package dev.realmform.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.AccessFacts;
import dev.realmform.model.AccessFacts.Person;
import dev.realmform.model.Address;
import dev.realmform.model.Entitlement;
import dev.realmform.model.Proof.Check;
import dev.realmform.model.Proof.Cure;
import dev.realmform.model.Proof.Fault;
import dev.realmform.model.Proof.Status;
import dev.realmform.model.Source;
import dev.realmform.model.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which link is missing between a person and a role that his group is to give. */
class RoleChecksTest {

    private static final Address GROUP = Address.of("group", "r", "Staff", "A/B");
    private static final Address ADA = user("ada");
    private static final Address GRACE = user("grace");
    private static final Address ON_WEB = Address.of("client-role", "r", "web", "reader");
    private static final Address ON_CLI = Address.of("client-role", "r", "cli", "reader");

    private static final Entitlement READERS = new Entitlement(GROUP, new TreeSet<>(Set.of(ADA, GRACE)),
            new TreeSet<>(Set.of(ON_WEB, ON_CLI)), Source.NONE);

    private static Address user(String name) {
        return Address.of("user", "r", name);
    }

    private static Person person(Set<Address> groups, Set<Address> roles) {
        return new Person(Value.EMPTY_MAP.with("enabled", Value.bool(true)), groups, roles, new TreeMap<>());
    }

    private static AccessFacts facts(Map<Address, Person> people, Map<Address, Set<Address>> groups,
            Set<Address> roles) {
        return new AccessFacts(new TreeMap<>(people), new TreeMap<>(groups), new TreeSet<>(roles), new TreeMap<>(),
                new TreeMap<>());
    }

    private static Check check(AccessFacts facts, Address... pending) {
        return new RoleChecks(facts, new Cure(Set.of(pending), "realmform apply"), RoleChecks::path)
                .of(List.of(READERS))
                .getFirst();
    }

    private static final Person BOTH = person(Set.of(GROUP), Set.of(ON_WEB, ON_CLI));

    @Test
    void whoHasAllOfItIsCountedAndNothingIsFound() {
        Check check = check(facts(Map.of(ADA, BOTH, GRACE, BOTH), Map.of(GROUP, Set.of(ON_WEB, ON_CLI)),
                Set.of(ON_WEB, ON_CLI)));

        assertThat(check).isEqualTo(Check.works("/Staff/A~/B", "2 members have reader on cli and web"));
    }

    @Test
    void aRoleOfOneClientAloneIsTold() {
        Person half = person(Set.of(GROUP), Set.of(ON_WEB));
        Check check = check(facts(Map.of(ADA, half, GRACE, half), Map.of(GROUP, Set.of(ON_WEB)), Set.of(ON_WEB)),
                ON_CLI);

        assertThat(check.faults()).containsExactly(new Fault("no role reader on cli", "the role stands on web only",
                "realmform apply", List.of("ada", "grace")));
    }

    @Test
    void aGroupThatDoesNotGiveTheRoleIsTold() {
        Person half = person(Set.of(GROUP), Set.of(ON_WEB));
        AccessFacts facts = facts(Map.of(ADA, half, GRACE, BOTH), Map.of(GROUP, Set.of(ON_WEB)),
                Set.of(ON_WEB, ON_CLI));

        assertThat(check(facts, GROUP).faults()).containsExactly(new Fault("no role reader on cli",
                "the group /Staff/A~/B does not give it", "realmform apply", List.of("ada")));
        assertThat(check(facts).faults().getFirst().remedy()).contains("does a section say otherwise?");
    }

    @Test
    void whoIsNotInTheGroupIsTold() {
        Person outside = person(Set.of(), Set.of());
        AccessFacts facts = facts(Map.of(ADA, outside, GRACE, BOTH), Map.of(GROUP, Set.of(ON_WEB, ON_CLI)),
                Set.of(ON_WEB, ON_CLI));

        assertThat(check(facts, new Address("group-members", GROUP.key())).faults())
                .extracting(Fault::what, Fault::cause,
                        Fault::remedy)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("no role reader on cli", "not in the group /Staff/A~/B",
                                "realmform apply"),
                        org.assertj.core.groups.Tuple.tuple("no role reader on web", "not in the group /Staff/A~/B",
                                "realmform apply"));
        assertThat(check(facts).faults().getFirst().remedy()).isEqualTo("Put them into the group.");
    }

    @Test
    void aGroupThatIsNotThereIsTold() {
        Person outside = person(Set.of(), Set.of(ON_WEB));

        assertThat(check(facts(Map.of(ADA, outside), Map.of(), Set.of(ON_WEB, ON_CLI))).faults())
                .extracting(Fault::cause)
                .containsExactly("there is no group /Staff/A~/B");
    }

    @Test
    void whoIsWaitedForIsNoFault() {
        assertThat(check(facts(Map.of(), Map.of(), Set.of())).status()).isEqualTo(Status.NOTE);
        assertThat(
                check(facts(Map.of(ADA, BOTH), Map.of(GROUP, Set.of(ON_WEB, ON_CLI)), Set.of(ON_WEB, ON_CLI))).says())
                .startsWith("1 member has");
    }

    @Test
    void anAccountThatIsDisabledIsAFaultAndAnActionThatIsPendingIsANote() {
        SortedMap<Address, Person> people = new TreeMap<>(Map.of(
                ADA,
                new Person(Value.EMPTY_MAP.with("enabled", Value.bool(false)), Set.of(), Set.of(), new TreeMap<>()),
                GRACE, new Person(Value.EMPTY_MAP.with("enabled", Value.bool(true))
                        .with("requiredActions", Value.texts(List.of("UPDATE_PASSWORD"))), Set.of(), Set.of(),
                        new TreeMap<>())));
        AccessFacts facts = new AccessFacts(people, new TreeMap<>(), new TreeSet<>(), new TreeMap<>(), new TreeMap<>());

        List<Check> checks = new AccountChecks(facts, new Cure(Set.of(ADA), "realmform apply"))
                .of(new TreeSet<>(Set.of(ADA, GRACE, user("zoe"))));

        assertThat(checks).extracting(Check::status).containsExactly(Status.FAILS, Status.NOTE, Status.NOTE);
        assertThat(checks.getFirst().faults()).containsExactly(
                new Fault("cannot log in", "the account is disabled", "realmform apply", List.of("ada")));
        assertThat(checks.get(1).says()).isEqualTo("wait for their first login: zoe");
        assertThat(checks.get(2).about()).isEqualTo("required action UPDATE_PASSWORD");
        assertThat(checks.get(2).says()).endsWith(": grace");
    }
}
