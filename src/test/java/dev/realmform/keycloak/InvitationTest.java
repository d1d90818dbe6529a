package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.json.Json;
import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Origin;
import dev.realmform.model.Owned;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Reference;
import dev.realmform.model.Resource;
import dev.realmform.model.Source;
import dev.realmform.model.Value;
import dev.realmform.plan.PlanRequest;
import dev.realmform.plan.Planner;
import dev.realmform.provider.Expansion;
import dev.realmform.provider.LiveState;
import dev.realmform.provider.Manage;
import dev.realmform.provider.Outcome;
import dev.realmform.provider.Scope;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whom Keycloak is asked to send its mail to, and when. */
class InvitationTest {

    private static final Address ADA = UserType.address("r", "ada");
    private static final Address MAIL = InvitationType.of(ADA);

    private static final String INVITED = """
            {"realm": "r", "smtpServer": {"host": "mail.example.com"}, "clients": {"shop": {}},
             "users": {"Ada": {"enabled": true, "email": "ada@example.com", "$invite": {"client": "shop", "lifespan": 60}}},
             "groups": {"Top": {"$members": ["ADA"]}, "Part": {"$members": {"$add": ["ada"], "$remove": ["bo"]}},
                        "Other": {"$members": ["bo"]}}}""";

    private final FakeAdmin server = new FakeAdmin();

    private static SortedMap<Address, Resource> declared(String document) {
        Expansion expansion = new RealmDocument().expand((Value.MapOf) Json.parse(document),
                Origin.of(new Source("people.yaml", 3, 1)));
        assertThat(expansion.problems()).isEmpty();
        SortedMap<Address, Resource> declared = new TreeMap<>();
        expansion.resources().forEach(resource -> declared.put(resource.address(), resource));
        return declared;
    }

    private static Resource declared(String document, Address address) {
        return Objects.requireNonNull(declared(document).get(address));
    }

    /** The plan for a document, on the server as its script has it. */
    private Plan plan(String document, Scope.Past past, Map<Address, Owned> owned) {
        KeycloakProvider provider = new KeycloakProvider(server);
        SortedMap<Address, Resource> declared = declared(document);
        LiveState live = provider.read(new Scope(declared, new TreeMap<>(Scope.remembered(owned)), Manage.NOTHING,
                Map.of(), Set.of(), past));
        return new Planner(name -> provider.type(name).orElseThrow()).plan(new PlanRequest(
                provider.accepted(declared, live).declared(), live, new TreeMap<>(owned), Manage.NOTHING,
                PlanRequest.Aim.DESIRED, PlanRequest.Inside.REFUSE)).plan();
    }

    private static final String ALONE = """
            {"realm": "r", "users": {"ada": {"enabled": true, "$invite": "email"}}}""";

    private void adaIsThere() {
        server.answers("GET /r", 200, "{\"realm\": \"r\", \"id\": \"r\"}")
                .answers("GET /r/users?briefRepresentation=false&exact=true&username=ada", 200,
                        "[{\"id\": \"1\", \"username\": \"ada\", \"enabled\": true}]");
    }

    private static Owned owned(boolean created) {
        return new Owned(Optional.of("1"), created, false, new TreeMap<>(), Set.of());
    }

    private static Scope.Past made() {
        return new Scope.Past(Set.of(ADA), Set.of(ADA));
    }

    @Test
    void aMailComesAfterTheUserTheRealmTheClientAndTheMemberships() {
        Resource mail = declared(INVITED, MAIL);

        assertThat(new InvitationType().references(mail)).extracting(Reference::to)
                .containsExactlyInAnyOrder(RealmType.address("r"), ADA, Address.parse("client/r/shop"),
                        Address.parse("group-members/r/Top"), Address.parse("group-members/r/Part"));
        assertThat(new InvitationType().awaits(MAIL, RealmType.address("r"))).isTrue();
        assertThat(declared(INVITED, ADA).value().fields()).containsOnlyKeys("enabled", "email");
    }

    @Test
    void itIsOneRequestThatIsNeverRepeated() {
        Resource mail = declared(INVITED, MAIL);
        Call call = new InvitationType().calls(new Change.Create(mail, mail)).getFirst();

        assertThat(call.shown()).isEqualTo("PUT /r/users/<id of user/r/ada>/execute-actions-email"
                + "?{client_id=shop, lifespan=60} [UPDATE_PASSWORD]");
        assertThat(call.request(List.of("r"), Optional.empty()).repeatable()).isFalse();
    }

    @Test
    void nobodyIsInvitedWhoIsToGoOrWhereTheKeyIsEmpty() {
        assertThat(declared("""
                {"realm": "r", "users": {"ada": {"$invite": null}, "bo": {"$invite": "email", "$delete": true}}}""")
                .keySet()).extracting(Address::type).containsOnly("realm", "user");
    }

    @Test
    void whoWasThereBeforeIsNotInvited() {
        adaIsThere();

        assertThat(plan(ALONE, Scope.Past.NOTHING, Map.of()).change(MAIL)).isEmpty();
        assertThat(plan(ALONE, new Scope.Past(Set.of(ADA), Set.of()), Map.of(ADA, owned(false))).change(MAIL))
                .isEmpty();
    }

    @Test
    void aMailThatWasSentIsNotSentAgain() {
        adaIsThere();
        Scope.Past sent = new Scope.Past(Set.of(ADA, MAIL), Set.of(ADA));

        assertThat(plan(ALONE, sent, Map.of(ADA, owned(true), MAIL, owned(false))).change(MAIL)).isEmpty();
    }

    @Test
    void aMailThatCouldNotBeSentIsOfferedAgainUntilTheUserCanLogIn() {
        adaIsThere();
        assertThat(plan(ALONE, made(), Map.of(ADA, owned(true))).change(MAIL)).containsInstanceOf(Change.Create.class);

        server.answers("GET /r/users/1/credentials", 200, "[{\"type\": \"password\"}]");
        assertThat(plan(ALONE, made(), Map.of(ADA, owned(true))).change(MAIL)).isEmpty();
    }

    @Test
    void aMailThatLeavesTheFileIsForgottenAndNothingIsSent() {
        adaIsThere();
        Scope.Past sent = new Scope.Past(Set.of(ADA, MAIL), Set.of(ADA));
        String without = "{\"realm\": \"r\", \"users\": {\"ada\": {\"enabled\": true}}}";

        assertThat(plan(without, sent, Map.of(ADA, owned(true), MAIL, owned(false))).change(MAIL))
                .containsInstanceOf(Change.Forget.class);
    }

    private List<Problem> findings(String document) {
        return new InvitationType().review(plan(document, Scope.Past.NOTHING, Map.of()), new Reader(server));
    }

    @Test
    void whatAMailLacksIsSaidInThePlanWithItsLine() {
        assertThat(findings("""
                {"realm": "r", "users": {"ada": {"$invite": "email"}, "bo": {"$invite": "email"}}}"""))
                .allMatch(problem -> problem.where().equals("people.yaml:3:1"))
                .extracting(Problem::what)
                .containsExactly("ada is to be invited by e-mail and has no e-mail address",
                        "ada is to be invited by e-mail and is not enabled",
                        "users are to be invited by e-mail, and the realm r has no mail server",
                        "bo is to be invited by e-mail and has no e-mail address",
                        "bo is to be invited by e-mail and is not enabled");
        assertThat(findings(INVITED.replace(", \"$remove\": [\"bo\"]", "").replace("[\"bo\"]", "[]"))).isEmpty();
    }

    @Test
    void aMailServerOfTheLiveRealmIsEnough() {
        server.answers("GET /r", 200, "{\"realm\": \"r\", \"id\": \"r\", \"smtpServer\": {\"host\": \"mail\"}}");

        assertThat(findings("""
                {"realm": "r", "users": {"ada": {"enabled": true, "email": "a@b.de", "$invite": "email"}}}"""))
                .isEmpty();
    }

    @Test
    void aMailThatFailsSaysThatTheUserIsThereAndWhatToDo() {
        String path = "/r/users/1/execute-actions-email";
        server.answers("GET /r/users?briefRepresentation=false&exact=true&username=ada", 200,
                "[{\"id\": \"1\", \"username\": \"ada\"}]")
                .answers("PUT " + path, 500, "{\"errorMessage\": \"Failed to send\"}");
        Resource mail = declared(ALONE, MAIL);

        Outcome outcome = new KeycloakProvider(server).write(List.of(new Change.Create(mail, mail))).getFirst();

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.id()).isEmpty();
            assertThat(failed.problem().what()).contains("Failed to send");
            assertThat(failed.problem().remedy()).contains("The user is there", "the next plan offers the mail again",
                    "smtpServer");
        });
        assertThat(server.written()).hasSize(1);
    }
}
