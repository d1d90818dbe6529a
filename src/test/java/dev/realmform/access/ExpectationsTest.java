package dev.realmform.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Address;
import dev.realmform.model.Expectation;
import dev.realmform.model.Expectation.Verdict;
import dev.realmform.model.Product;
import dev.realmform.model.RealmAccess.Standing;
import dev.realmform.model.Sentence;
import dev.realmform.model.Source;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectationsTest {

    private final SmallRealm realm = new SmallRealm();

    @BeforeEach
    void people() {
        realm.user("ada").in("/Admin");
        realm.user("lin").in("/Ops/On call");
        realm.user("tim", Standing.DISABLED).in("/Ops");
        realm.user("sue").has("web/osmo-a").in("/Half");
        realm.user("service-account-job").has("audit");
        realm.group("/Admin").has("web/admin", "cli/admin", "web/osmo-a", "cli/osmo-a");
        realm.group("/Ops").has("boss");
        realm.role("boss").has("web/admin", "cli/admin");
    }

    private Expectation.Outcome check(String text) {
        Product product = new Product("OSMO", "pool", List.of(new Product.Thing("gpu", List.of(
                way("web/osmo-a", "cli/osmo-a"), way("web/admin", "cli/admin")))), "", "");
        Expectations expectations = new Expectations(List.of(
                new Expectation("r", text, Sentence.parse(text).orElseThrow(), Source.NONE)), Map.of("r", product),
                Set.of(Address.of("user", "r", "zoe"), Address.of("user", "r", "ada")));
        return expectations.check(realm.access()).getFirst();
    }

    private static Product.Way way(String... roles) {
        TreeSet<Address> all = new TreeSet<>();
        for (String role : roles) {
            int slash = role.indexOf('/');
            all.add(SmallRealm.clientRole(role.substring(0, slash), role.substring(slash + 1)));
        }
        return new Product.Way("", all);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ada can admin
            ADA can osmo-a
            sue can web/osmo-a
            ada can gpu
            lin can gpu
            service-account-job can audit
            sue cannot admin
            nora cannot admin
            zoe cannot admin
            tim cannot admin
            only service-account-job has audit
            only ada, sue have osmo-a
            nobody outside /Admin, /Ops has admin
            nobody outside /Admin, /Half has osmo-a
            everybody in /Admin has osmo-a
            everybody in /Admin, /Ops has admin
            """)
    void holds(String text) {
        assertThat(check(text))
                .isEqualTo(new Expectation.Outcome(check(text).expectation(), Verdict.PASSED, List.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sue can admin | sue has it by no way
            sue can osmo-a | sue has a part of it, and not osmo-a on cli
            sue can gpu | sue has a part of it, and not osmo-a on cli
            tim can admin | tim is disabled
            nora can admin | there is no user nora
            ada can admn | there is no role or pool admn. Similar: admin
            lin cannot boss | lin has it through /Ops/On call, /Ops
            lin cannot gpu | lin has it through /Ops/On call, /Ops, role boss
            service-account-job cannot audit | service-account-job has it directly
            nobody has audit | service-account-job has it directly
            nobody outside /Ops has admin | ada has it through /Admin
            nobody outside /Nowhere has audit | there is no group /Nowhere
            nobody outside /Admin has boss | lin has it through /Ops/On call, /Ops; tim (disabled) has it through /Ops
            only ada has osmo-a | sue has it directly
            everybody in /Ops has osmo-a | lin has it by no way; tim has it by no way
            everybody in /Half has osmo-a | sue has a part of it, and not osmo-a on cli
            """)
    void doesNotHold(String text, String because) {
        assertThat(check(text).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(String.join("; ", check(text).because())).isEqualTo(because);
    }

    @Test
    void whoIsDeclaredAndNotThereYetIsWaitedFor() {
        assertThat(check("zoe can osmo-a").verdict()).isEqualTo(Verdict.WAITS);
        assertThat(check("zoe can osmo-a").because()).containsExactly("zoe waits for the first login");
        // Whoever is there is judged as he is.
        assertThat(check("ada can osmo-a").verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void onlyWhatTheSentencesNameIsAsked() {
        Expectations expectations = new Expectations(List.of("ada can admin", "nobody outside /Ops has boss",
                "everybody in /Admin has osmo-a")
                .stream()
                .map(text -> new Expectation("r", text, Sentence.parse(text).orElseThrow(), Source.NONE))
                .toList(), Map.of(), Set.of());

        assertThat(expectations.question("r").users()).containsExactly("ada");
        assertThat(expectations.question("r").groups()).containsExactly("/Admin", "/Ops");
        assertThat(expectations.question("r").roles().apply(realm.access().roles())).containsExactlyInAnyOrder(
                SmallRealm.realmRole("boss"), SmallRealm.clientRole("web", "osmo-a"),
                SmallRealm.clientRole("cli", "osmo-a"));
        assertThat(expectations.question("other").users()).isEmpty();
    }
}
