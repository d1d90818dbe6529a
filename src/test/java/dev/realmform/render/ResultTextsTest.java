package dev.realmform.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Edit;
import dev.realmform.model.Fingerprint;
import dev.realmform.model.Owned;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
        String text = ApplyText.incomplete(
                "Apply incomplete! Resources: 3 added, 0 changed, 0 destroyed; 1 failed, 3 not started.",
                List.of(new ApplyText.Failure(SamplePlans.client("a"), problem)),
                List.of(new ApplyText.NotStarted(Address.of("client-role", "retail", "a", "r"),
                        "client/retail/a failed"),
                        new ApplyText.NotStarted(Address.of("group", "retail", "G"), "client/retail/a failed"),
                        new ApplyText.NotStarted(SamplePlans.client("z"), "the run was interrupted")),
                "What was made is kept in the state. Run `realmform apply` again to go on from here.", LOOK);

        assertThat(text).isEqualTo("""
                error: Keycloak refused the client: redirect URI is not valid
                  client/retail/a
                  Correct redirectUris.

                not started, since client/retail/a failed: client-role/retail/a/r,
                  group/retail/G
                not started, since the run was interrupted: client/retail/z

                What was made is kept in the state. Run `realmform apply` again to go on from
                  here.
                Apply incomplete! Resources: 3 added, 0 changed, 0 destroyed; 1 failed, 3 not started.
                """);
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
