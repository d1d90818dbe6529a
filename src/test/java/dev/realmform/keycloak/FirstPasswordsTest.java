package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.json.Json;
import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Origin;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import dev.realmform.provider.Outcome;
import dev.realmform.provider.Overlay;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FirstPasswordsTest {

    private static final String POST = "POST /r/users";

    private final FakeAdmin server = new FakeAdmin();
    private final Map<Address, Secret> noted = new TreeMap<>();
    /** What had been sent by the time that each password was noted. */
    private final List<List<String>> writtenBefore = new ArrayList<>();

    private final FirstPasswords.Sheet sheet = new FirstPasswords.Sheet() {
        @Override
        public void note(Address user, Secret password) {
            writtenBefore.add(server.written());
            noted.put(user, password);
        }

        @Override
        public void strike(Address user) {
            noted.remove(user);
        }
    };

    private static Address user(String name) {
        return UserType.address("r", name);
    }

    private static Change create(KeycloakType type, Address address, String json) {
        Resource desired = Resource.desired(address, type.canonical((Value.MapOf) Json.parse(json)), Origin.NONE);
        return new Change.Create(desired, desired.withValue(Overlay.alone(type.schema(), desired.value())));
    }

    private static Plan plan(Change... changes) {
        return new Plan(List.of(changes), new TreeMap<>(), 0, List.of());
    }

    private List<Outcome> write(FirstPasswords.Sheet on, Change... changes) {
        return new FirstPasswords(new KeycloakProvider(server), FirstPasswords.lackedBy(plan(changes)), new Random(7),
                on).write(List.of(changes));
    }

    @Test
    void whoHasNoOtherWayToLogInLacksAPassword() {
        UserType users = new UserType();
        Plan plan = plan(create(users, user("ada"), "{}"),
                create(users, user("bo"), "{\"credentials\": [{\"value\": \"x\"}]}"),
                create(users, user("cyd"), "{\"credentials\": []}"),
                create(users, user("dan"), "{\"federatedIdentities\": [{\"identityProvider\": \"corp\"}]}"),
                create(users, user("eve"), "{}"),
                create(new InvitationType(), InvitationType.of(user("eve")), "{\"by\": \"email\"}"));

        assertThat(FirstPasswords.lackedBy(plan)).containsExactly(user("ada"));
    }

    @Test
    void aPasswordIsNotedBeforeItIsSentAndHasToBeChanged() {
        server.creates(POST, "1").answers("GET /r", 200, "{\"passwordPolicy\": \"length(30)\"}");

        assertThat(write(sheet, create(new UserType(), user("ada"), "{\"enabled\": true}")))
                .hasOnlyElementsOfType(Outcome.Done.class);

        assertThat(writtenBefore).containsExactly(List.of());
        assertThat(noted).hasEntrySatisfying(user("ada"), password -> assertThat(password.reveal()).hasSize(30));
        assertThat(server.written()).containsExactly(POST
                + " {\"credentials\":[{\"temporary\":true,\"type\":\"password\",\"value\":\"(secret)\"}],"
                + "\"enabled\":true,\"username\":\"ada\"}");
    }

    @Test
    void whatTheServerRefusesIsTakenBackAndTheOthersStay() {
        server.answers("GET /r", 200, "{}")
                .creates(POST, "1")
                .answers(POST, 400, "{\"errorMessage\": \"no\"}")
                .creates(POST, "3");
        UserType users = new UserType();

        assertThat(write(sheet, create(users, user("ada"), "{}"), create(users, user("bo"), "{}"),
                create(users, user("cyd"), "{}"))).extracting(Outcome::getClass)
                .containsExactly(Outcome.Done.class, Outcome.Failed.class, Outcome.Done.class);
        assertThat(noted).containsOnlyKeys(user("ada"), user("cyd"));
    }

    @Test
    void whatMayHaveArrivedStaysNoted() {
        server.answers("GET /r", 200, "{}").answers(POST, 500, "{}");

        assertThat(write(sheet, create(new UserType(), user("ada"), "{}"))).first()
                .isInstanceOfSatisfying(Outcome.Failed.class, failed -> assertThat(failed.partly()).isTrue());
        assertThat(noted).containsOnlyKeys(user("ada"));
    }

    @Test
    void whatCannotBeNotedIsNotSent() {
        server.answers("GET /r", 200, "{}").creates(POST, "1");
        FirstPasswords.Sheet full = new FirstPasswords.Sheet() {
            @Override
            public void note(Address user, Secret password) {
                throw Problem.failed("the disk is full", "", "").asException();
            }

            @Override
            public void strike(Address user) {
                throw new AssertionError("nothing was noted");
            }
        };

        assertThat(write(full, create(new UserType(), user("ada"), "{}"))).first()
                .isInstanceOfSatisfying(Outcome.Failed.class,
                        failed -> assertThat(failed.problem().what()).isEqualTo("the disk is full"));
        assertThat(server.written()).isEmpty();
    }

    @Test
    void aPolicyThatNoPasswordMeetsFailsTheUserAndNothingIsSent() {
        server.answers("GET /r", 200, "{\"passwordPolicy\": \"regexPattern(^never$)\"}").creates(POST, "1");

        assertThat(write(sheet, create(new UserType(), user("ada"), "{}"))).first()
                .isInstanceOfSatisfying(Outcome.Failed.class,
                        failed -> assertThat(failed.problem().where()).isEqualTo("user/r/ada"));
        assertThat(Stream.concat(server.written().stream(), noted.keySet().stream())).isEmpty();
    }
}
