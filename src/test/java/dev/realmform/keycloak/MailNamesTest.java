package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realmform.json.Json;
import dev.realmform.model.Address;
import dev.realmform.model.Origin;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Resource;
import dev.realmform.model.ServerIdentity;
import dev.realmform.model.Value;
import dev.realmform.provider.Expansion;
import dev.realmform.provider.LiveState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MailNamesTest {

    private static final String USERS = "[{\"username\": \"ada\", \"email\": \"Ada@example.com\"},"
            + " {\"username\": \"lin@example.com\", \"email\": \"Lin@Example.com\"}, {\"username\": \"bo\"}]";

    private static void check(String realm, boolean liveByMail) {
        Expansion expansion = new RealmDocument().expand(
                (Value.MapOf) Json.parse("{\"realm\": \"r\", " + realm + "\"users\": " + USERS + "}"), Origin.NONE);
        assertThat(expansion.problems()).isEmpty();
        SortedMap<Address, Resource> declared = new TreeMap<>();
        expansion.resources().forEach(resource -> declared.put(resource.address(), resource));
        Address address = RealmType.address("r");
        Value.MapOf settings = Value.EMPTY_MAP.with("registrationEmailAsUsername", Value.bool(liveByMail));
        MailNames.check(declared, new LiveState(new TreeMap<>(Map.of(address, new LiveState.LiveObject(
                Resource.live(address, settings), Optional.empty(), false, Optional.empty()))),
                new ServerIdentity("", new TreeMap<>()), List.of()));
    }

    @Test
    void whoIsDeclaredByAnotherNameThanTheMailIsNamed() {
        assertThatThrownBy(() -> check("\"registrationEmailAsUsername\": true, ", false))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problems()).hasSize(1);
                    assertThat(e.problems().getFirst().what())
                            .isEqualTo("user/r/ada will go by ada@example.com: the realm names"
                                    + " users by their e-mail (registrationEmailAsUsername)");
                });
        assertThatThrownBy(() -> check("", true)).isInstanceOf(ProblemException.class);
    }

    @Test
    void elsewhereNamesAreFree() {
        assertThatCode(() -> check("", false)).doesNotThrowAnyException();
        assertThatCode(() -> check("\"registrationEmailAsUsername\": false, ", true)).doesNotThrowAnyException();
    }
}
