package dev.realmform.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.apply.ApplyEvent;
import dev.realmform.apply.ApplyResult;
import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Edit;
import dev.realmform.model.Fingerprint;
import dev.realmform.model.Owned;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResultTextsTest {

    private static final Look LOOK = new Look(80, Look.Color.PLAIN, Glyphs.UNICODE, Look.Detail.FOLDED);

    @Test
    void driftNamesWhatMovedWhatIsGoneAndWhatMovedOnBothSides() {
        Address a = SamplePlans.client("a");
        Edit both = SamplePlans.set("enabled", Value.bool(false), Value.bool(true));
        Edit live = SamplePlans.set("name", Value.text("x"), Value.text("z"));
        Plan plan = SamplePlans.plan(List.of(SamplePlans.update(a, SamplePlans.at("retail.yaml", 12), both, live),
                SamplePlans.create(SamplePlans.client("b"), SamplePlans.at("retail.yaml", 20),
                        Map.of("name", Value.text("b"))),
                SamplePlans.delete(SamplePlans.client("c"), Change.Delete.DeleteReason.NOT_DECLARED)));

        assertThat(DriftText.render(plan, Map.of(a, Set.of(Path.of("enabled"))), SamplePlans.HEADING, LOOK)).isEqualTo("""
                realm retail at https://sso.example.com · state serial 7

                ~ client/retail/a has drifted                       retail.yaml:12
                    enabled: false → true                   also changed in the file
                    name: x → z

                + client/retail/b is gone                           retail.yaml:20
                    name: b

                - client/retail/c has appeared           not declared, clients are authoritative

                Drift: 1 changed, 1 gone, 1 appeared.
                The lines read from live to desired: what an apply would do.
                """);
    }

    @Test
    void withoutDriftOneSentenceSaysSo() {
        assertThat(DriftText.render(SamplePlans.plan(List.of()), Map.of(), SamplePlans.HEADING, LOOK)).isEqualTo("""
                realm retail at https://sso.example.com · state serial 7

                No drift. The live side is as it was applied.
                """);
    }

    @Test
    void anApplyThatStoppedHalfwaySaysWhatFailedWhatIsLeftAndHowToGoOn() {
        Problem problem = Problem.failed("Keycloak refused the client: redirect URI is not valid", "",
                "Correct redirectUris.");
        Change failed = made(SamplePlans.client("a"));
        ApplyEvent.Because needed = new ApplyEvent.Because.NeededFailed(failed.address());
        ApplyResult result = new ApplyResult(
                List.of(new ApplyEvent.Succeeded(made(Address.of("realm", "retail")), Duration.ofMillis(5), false)),
                List.of(new ApplyEvent.Failed(failed, problem, Duration.ofMillis(7), true)),
                List.of(new ApplyEvent.Skipped(made(Address.of("client-role", "retail", "a", "r")), needed),
                        new ApplyEvent.Skipped(made(Address.of("group", "retail", "G")), needed),
                        new ApplyEvent.Skipped(made(SamplePlans.client("z")), new ApplyEvent.Because.Interrupted())),
                true);
        String text = ApplyText.render(result,
                "What was made is kept in the state. Run `realmform apply` again to go on from here.", LOOK);

        assertThat(text).isEqualTo("""
                error: Keycloak refused the client: redirect URI is not valid
                  retail.yaml:1:1  client/retail/a
                  Correct redirectUris.

                done in part, or not known to be done; the next apply looks: client/retail/a
                not started, since client/retail/a failed: client-role/retail/a/r,
                  group/retail/G
                not started, since the run was interrupted: client/retail/z

                What was made is kept in the state. Run `realmform apply` again to go on from
                  here.
                Apply incomplete! Resources: 1 added, 0 changed, 0 destroyed; 1 failed, 3 not started.
                """);
    }

    @Test
    void whatSeveralHaveFailedOfIsSaidOnce() {
        Problem away = new Problem(Problem.Kind.UNREACHABLE, "Keycloak does not answer", "", "Try again later.",
                Optional.empty());
        List<ApplyEvent.Failed> failed = IntStream.range(0, 8)
                .mapToObj(i -> new ApplyEvent.Failed(made(SamplePlans.client("c" + i)), away, Duration.ofMillis(7),
                        false))
                .toList();
        ApplyResult result = new ApplyResult(List.of(), failed,
                List.of(new ApplyEvent.Skipped(made(SamplePlans.client("z")), new ApplyEvent.Because.Outage())), false);

        assertThat(ApplyText.render(result, "Run it again.", LOOK)).isEqualTo("""
                error: Keycloak does not answer
                  client/retail/c0, client/retail/c1, client/retail/c2, client/retail/c3,
                  client/retail/c4, client/retail/c5, client/retail/c6, client/retail/c7
                  Try again later.

                not started, since no call gets through to the server any more: client/retail/z

                Run it again.
                Apply incomplete! Resources: 0 added, 0 changed, 0 destroyed; 8 failed, 1 not started.
                """);
    }

    @Test
    void anApplyThatDidEverythingEndsWithOneLine() {
        ApplyResult result = new ApplyResult(
                List.of(new ApplyEvent.Succeeded(made(SamplePlans.client("a")), Duration.ofMillis(5), false)),
                List.of(),
                List.of(), false);

        assertThat(ApplyText.render(result, "unused", LOOK))
                .isEqualTo("Apply complete! Resources: 1 added, 0 changed, 0 destroyed.\n");
    }

    private static Change made(Address address) {
        return SamplePlans.create(address, SamplePlans.at("retail.yaml", 1), Map.of());
    }

    @Test
    void theStateIsListedWithWhatWeMadeAndWhatWeFound() {
        TreeMap<Address, Owned> owned = new TreeMap<>(
                Map.of(SamplePlans.client("a"), owned(true), SamplePlans.client("b"),
                        new Owned(Optional.empty(), false, true, new TreeMap<>(), Set.of())));

        assertThat(StateText.list(owned, LOOK)).isEqualTo("""
                + client/retail/a                                   created
                = client/retail/b                                   adopted, protected

                2 resources in the state.
                """);
    }

    @Test
    void oneResourceOfTheStateIsShownWithoutItsHashes() {
        assertThat(StateText.show(SamplePlans.client("a"), owned(true), LOOK)).isEqualTo("""
                + client/retail/a                                   created
                    id: 3f2b
                    fields:
                      enabled                               written
                      secret                                found as declared
                    needs:
                      realm/retail
                """);
    }

    private static Owned owned(boolean created) {
        return new Owned(Optional.of("3f2b"), created, false,
                new TreeMap<>(Map.of(Path.of("enabled"), new Owned.Mark(Fingerprint.of(Value.bool(true)), true),
                        Path.of("secret"),
                        new Owned.Mark(new Fingerprint("pbkdf2:600000:salt:hash"), false))),
                Set.of(Address.of("realm", "retail")));
    }
}
