package dev.realmform.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Edit;
import dev.realmform.model.Origin;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Resource;
import dev.realmform.model.Secret;
import dev.realmform.model.ServerIdentity;
import dev.realmform.model.Source;
import dev.realmform.model.Value;
import dev.realmform.testing.PublishedSchema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PlanFileTest {

    private static final String CANARY = "CANARY-55c1";

    private static final Address PAY = Address.of("client", "retail", "pay");
    private static final Address ROLE = Address.of("realm-role", "retail", "approver");

    @Test
    void aPlanComesBackFromItsFileAsItWas() {
        for (long seed = 0; seed < 500; seed++) {
            SavedPlan saved = new RandomPlans(seed).saved();
            assertThat(read(PlanFile.write(saved))).as("seed %d", seed).isEqualTo(saved);
        }
    }

    @Test
    void everyPlanFileIsAsItsSchemaSays() {
        for (long seed = 0; seed < 100; seed++) {
            String text = PlanFile.write(new RandomPlans(seed).saved());
            PublishedSchema.PLAN.accepts(text);
        }
        String text = PlanFile.write(secretive());
        PublishedSchema.PLAN.accepts(text);
        PublishedSchema.PLAN.refuses(text.replace("\"update\"", "\"modify\""));
        PublishedSchema.PLAN.refuses(text.replace("\"edits\"", "\"diffs\""));
    }

    @Test
    void aChangeHasTerraformsShape() {
        Value.MapOf change = change(secretive(), 0).map("change");
        assertThat(change.texts("actions")).containsExactly("update");
        assertThat(change.map("before").get("secret")).contains(new Value.MapOf(Map.of("$secret", Value.text(""))));
        assertThat(change.map("after").get("secret"))
                .contains(new Value.MapOf(Map.of("$secret", Value.text("$(secret:pay)"))));
        assertThat(change.get("before_sensitive")).contains(Json.parse("{\"secret\":true}"));
        assertThat(change.get("after_sensitive"))
                .contains(Json.parse("{\"config\":{\"list\":[false,true]},\"secret\":true}"));
        assertThat(change.get("after_unknown")).contains(Json.parse("{\"role\":true,\"roles\":[false,true]}"));
        assertThat(change.map("after").has("role")).isFalse();
        assertThat(change.map("after").get("roles")).contains(Json.parse("[\"a\",null]"));
        assertThat(change(secretive(), 0).text("source")).contains("retail.yaml:41");
    }

    @Test
    void whatHasNoBeforeOrAfterIsNull() {
        Value.MapOf create = change(secretive(), 1).map("change");
        assertThat(create.get("before")).contains(Value.NULL);
        assertThat(create.get("before_sensitive")).contains(Value.bool(false));
        assertThat(create.texts("actions")).containsExactly("create");
        assertThat(change(secretive(), 1).texts("waits_for")).containsExactly("client/retail/pay");
    }

    @Test
    void aChangeNamesItsProvider() {
        Resource object = Resource.desired(Address.of("Secret", "shop", "login"), Value.EMPTY_MAP, Origin.NONE);
        SavedPlan made = new RandomPlans(7).saved();
        SavedPlan saved = SavedPlan.of(made.made(), made.server(), made.inputs(),
                new TreeMap<>(Map.of(object.address(), object)),
                new Plan(List.of(new Change.Create(object, object)), new TreeMap<>(), 0, List.of()));
        assertThat(change(saved, 0).text("provider_name")).contains("realmform.dev/realmform/kubernetes");
        assertThat(change(secretive(), 0).text("provider_name")).contains("realmform.dev/realmform/keycloak");
        PublishedSchema.PLAN.accepts(PlanFile.write(saved));
    }

    @Test
    void whatIsLetGoIsThereAsItStays() {
        Value.MapOf live = Value.EMPTY_MAP.with("name", Value.text("Pay")).with("secret", Secret.of(CANARY, ""));
        Plan plan = new Plan(List.of(new Change.Forget(PAY, Change.Forget.ForgetReason.ADOPTED,
                Optional.of(Resource.live(PAY, live)))), new TreeMap<>(), 0, List.of());
        SavedPlan made = new RandomPlans(7).saved();
        SavedPlan saved = SavedPlan.of(made.made(), made.server(), made.inputs(), new TreeMap<>(), plan);

        Value.MapOf change = change(saved, 0).map("change");
        assertThat(change.map("before").text("name")).contains("Pay");
        assertThat(change.map("before_sensitive").fields()).containsOnlyKeys("secret");
        assertThat(PlanFile.write(saved)).doesNotContain("CANARY");
        PublishedSchema.PLAN.accepts(PlanFile.write(saved));
    }

    @Test
    void gitlabCountsAReplacementTwiceAndAnAdoptionOnlyIfItWrites() {
        Resource one = Resource.desired(PAY, Value.EMPTY_MAP, Origin.NONE);
        Edit edit = new Edit.Set(Path.of("a"), Value.num(1), Value.num(2));
        Plan plan = new Plan(List.of(new Change.Create(one, one),
                new Change.Replace(one, one, one, List.of(edit), List.of(Path.of("a"))),
                new Change.Adopt(one, one, one, List.of()), new Change.Adopt(one, one, one, List.of(edit)),
                new Change.Forget(PAY, Change.Forget.ForgetReason.GONE)), new TreeMap<>(), 3, List.of());
        assertThat(GitlabReport.write(plan)).isEqualTo("""
                {
                  "create": 2,
                  "delete": 1,
                  "update": 1
                }
                """);
    }

    @Test
    void noSecretIsInIt() {
        assertThat(PlanFile.write(secretive())).doesNotContain("CANARY").contains("$(secret:pay)");
    }

    @Test
    void twoRunsDifferInNothingButTheTime() {
        assertThat(PlanFile.write(new RandomPlans(7).saved())).isEqualTo(PlanFile.write(new RandomPlans(7).saved()));
    }

    @Test
    void whatIsNoPlanIsRefused() {
        assertThat(refusal("realm: retail").what()).isEqualTo("p.json is not a plan of realmform");
        assertThat(refusal("{\"format_version\": \"1.2\", \"terraform_version\": \"1.9\"}").what())
                .isEqualTo("p.json is not a plan of realmform");
        assertThat(refusal("").remedy()).contains("--out");
    }

    @Test
    void aNewerPlanIsRefused() {
        String newer = PlanFile.write(secretive())
                .replace("\"format_version\": \"1.0\"", "\"format_version\": \"2.0\"");
        assertThat(refusal(newer).what()).contains("plan format 2.0", "realmform 0.1.0");
    }

    @Test
    void aDamagedPlanIsRefused() {
        String text = PlanFile.write(secretive());
        assertThat(refusal(text.substring(0, text.indexOf("sha256:") + 12)))
                .satisfies(problem -> assertThat(problem.what()).contains("is damaged", "ends in the middle"))
                .satisfies(problem -> assertThat(problem.where()).contains("p.json, line"))
                .satisfies(problem -> assertThat(problem.remedy()).contains("Plan again"));
        assertThat(refusal(text.replace("\"edits\"", "\"diffs\"")).what())
                .contains("resource_changes[0].edits is missing");
        assertThat(refusal(text.replace("2026-01-02T", "yesterday")).what()).contains("timestamp is not a time");
    }

    @Test
    void aPlanWhoseChangesWereEditedIsRefused() {
        String text = PlanFile.write(secretive());
        assertThat(refusal(text.replace("\"after\": 300", "\"after\": 900")).what()).contains("it was edited");
        assertThat(refusal(text.replace("\"action\": \"update\"", "\"action\": \"adopt\"")).what())
                .contains("it was edited");
    }

    /** Secrets in every place of a plan that can hold one. */
    private static SavedPlan secretive() {
        Secret live = Secret.of(CANARY + "-live", "");
        Secret wanted = Secret.of(CANARY + "-file", "$(secret:pay)");
        Resource desired = Resource.desired(PAY, new Value.MapOf(Map.of("secret", wanted, "config",
                new Value.MapOf(Map.of("list", new Value.ListOf(List.of(Value.text("x"), wanted)))))),
                Origin.of(new Source("retail.yaml", 41, 3)));
        Value unknown = new Value.Unknown(ROLE, Value.Unknown.ID);
        Resource planned = desired.withValue(desired.value()
                .with("role", unknown)
                .with("roles", new Value.ListOf(List.of(Value.text("a"), unknown))));
        Resource before = Resource.live(PAY, new Value.MapOf(Map.of("secret", live)));
        Plan plan = new Plan(List.of(
                new Change.Update(before, desired, planned,
                        List.of(new Edit.Set(Path.of("secret"), live, wanted), new Edit.Add(Path.of("config"), wanted),
                                new Edit.Items(Path.of("list"), List.of(wanted), List.of(live), 0, false),
                                new Edit.Set(Path.of("lifespan"), Value.num(60), Value.num(300))),
                        Optional.empty()),
                new Change.Create(at("new", desired), at("new", planned)),
                new Change.Delete(at("old", before), Change.Delete.DeleteReason.ASKED, Optional.empty())),
                new TreeMap<>(Map.of(at("new", desired).address(), Set.of(PAY))), 1, List.of());
        return SavedPlan.of(RandomPlans.MADE, new ServerIdentity("https://sso.example", new TreeMap<>()),
                new SavedPlan.Inputs(new Value.MapOf(Map.of("login", wanted)), Value.EMPTY_MAP, new TreeMap<>(),
                        Value.EMPTY_MAP),
                new TreeMap<>(Map.of(PAY, desired)), plan);
    }

    private static Resource at(String name, Resource like) {
        return new Resource(Address.of("client", "retail", name), like.value(), like.origin(), like.directives());
    }

    private static Value.MapOf change(SavedPlan saved, int index) {
        return (Value.MapOf) ((Value.MapOf) Json.parse(PlanFile.write(saved))).list("resource_changes").get(index);
    }

    private static SavedPlan read(String text) {
        return PlanFile.read(text.getBytes(StandardCharsets.UTF_8), "p.json");
    }

    private static Problem refusal(String text) {
        try {
            read(text);
        } catch (ProblemException e) {
            return e.problems().getFirst();
        }
        throw new AssertionError("not refused");
    }
}
