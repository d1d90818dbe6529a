package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.json.Json;
import dev.realmform.model.Address;
import dev.realmform.model.Origin;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Resource;
import dev.realmform.model.ServerIdentity;
import dev.realmform.model.Value;
import dev.realmform.provider.Expansion;
import dev.realmform.provider.LiveState;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SharedMailsTest {

    private static final String WHAT = "user/r/bo has the e-mail a@x.org of user/r/ada, and the realm lets only one user"
            + " have it";

    private static Expansion expand(String realm) {
        return new RealmDocument().expand((Value.MapOf) Json.parse("{\"realm\": \"r\", " + realm + "\"users\": ["
                + "{\"username\": \"ada\", \"email\": \"a@x.org\"}, {\"username\": \"bo\", \"email\": \"A@X.org\"},"
                + " {\"username\": \"gone\", \"email\": \"a@x.org\", \"$delete\": true},"
                + " {\"username\": \"lin\", \"email\": \"\"}, {\"username\": \"max\", \"email\": \"\"}]}"),
                Origin.NONE);
    }

    /** What a plan refuses. */
    private static List<Problem> refused(String realm, Resource... live) {
        SortedMap<Address, Resource> declared = new TreeMap<>();
        expand(realm).resources().forEach(resource -> declared.put(resource.address(), resource));
        SortedMap<Address, LiveState.LiveObject> objects = new TreeMap<>();
        for (Resource resource : live) {
            objects.put(resource.address(),
                    new LiveState.LiveObject(resource, Optional.empty(), false, Optional.empty()));
        }
        try {
            SharedMails.check(declared, new LiveState(objects, new ServerIdentity("", new TreeMap<>()), List.of()));
            return List.of();
        } catch (ProblemException e) {
            return e.problems();
        }
    }

    private static Resource liveRealm(boolean allows) {
        return Resource.live(RealmType.address("r"),
                Value.EMPTY_MAP.with("duplicateEmailsAllowed", Value.bool(allows)));
    }

    private static Resource liveUser(String name, String mail) {
        return Resource.live(UserType.address("r", name), Value.EMPTY_MAP.with("email", Value.text(mail)));
    }

    @Test
    void theFilesAloneRefuseOneMailOfTwoWhereTheyForbidIt() {
        assertThat(expand("\"duplicateEmailsAllowed\": false, ").problems()).extracting(Problem::what)
                .containsExactly(WHAT);
        assertThat(expand("").problems()).isEmpty();
        assertThat(expand("\"duplicateEmailsAllowed\": true, ").problems()).isEmpty();
    }

    @Test
    void whereTheyDoNotSayTheLiveRealmDecides() {
        assertThat(refused("")).extracting(Problem::what).containsExactly(WHAT);
        assertThat(refused("", liveRealm(false))).extracting(Problem::what).containsExactly(WHAT);
        assertThat(refused("", liveRealm(true))).isEmpty();
        assertThat(refused("\"duplicateEmailsAllowed\": true, ", liveRealm(false))).isEmpty();
    }

    /** As they stay when a realm ceases to allow it. */
    @Test
    void whoHasTheMailOfAnotherAlreadyKeepsIt() {
        assertThat(refused("", liveRealm(false), liveUser("ada", "a@x.org"), liveUser("bo", "a@x.org"))).isEmpty();
        assertThat(refused("", liveRealm(false), liveUser("ada", "a@x.org"), liveUser("bo", "b@x.org"))).hasSize(1);
    }
}
