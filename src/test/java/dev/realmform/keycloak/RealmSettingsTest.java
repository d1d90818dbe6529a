package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.json.Json;
import dev.realmform.model.Change;
import dev.realmform.model.Edit;
import dev.realmform.model.Path;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RealmSettingsTest {

    private static final String LOST = "smtpServer has %s and no auth: true, and the server drops the login then";

    @Test
    void aNewRealmWithAMailPasswordThatIsNotUsedIsRefused() {
        assertThat(ofNew("{\"host\": \"h\", \"password\": \"p\"}")).containsExactly(LOST.formatted("password"));
        assertThat(ofNew("{\"host\": \"h\", \"password\": \"p\", \"auth\": \"true\"}")).isEmpty();
        assertThat(ofNew("{\"host\": \"h\"}")).isEmpty();
        assertThat(ofNew("{\"host\": \"h\", \"user\": \"\", \"password\": \"\", \"auth\": \"\"}")).isEmpty();
    }

    @Test
    void aChangeThatWouldDropTheLoginIsRefused() {
        String login = "{\"host\": \"h\", \"user\": \"u\"%s}";

        assertThat(changed(login.formatted(""), Path.of("smtpServer", "host"))).containsExactly(LOST.formatted("user"));
        assertThat(changed(login.formatted(", \"auth\": \"true\""), Path.of("smtpServer", "host"))).isEmpty();
        assertThat(changed(login.formatted(""), Path.of("displayName"))).isEmpty();
    }

    private static Resource realm(String mail) {
        return Resource.live(RealmType.address("r"), Value.EMPTY_MAP.with("smtpServer", Json.parse(mail)));
    }

    private static List<String> ofNew(String mail) {
        return review(new Change.Create(realm(mail), realm(mail)));
    }

    /** A change of one field of a realm that has the rest already. */
    private static List<String> changed(String mail, Path field) {
        return review(new Change.Update(realm(mail), realm(mail), realm(mail),
                List.of(new Edit.Set(field, Value.text("old"), Value.text("new"))), Optional.empty()));
    }

    private static List<String> review(Change change) {
        return RealmSettings.review(change, change.declared().orElseThrow(), new Reader(new FakeAdmin()))
                .stream()
                .map(Problem::what)
                .toList();
    }
}
