package dev.realmform.cli;

import dev.realmform.keycloak.NewClientSecret;
import dev.realmform.keycloak.SecretGrace;
import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.plan.Renewal;
import dev.realmform.provider.Provider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * A new secret for a client, which Keycloak makes.
 *
 * @param declared the client as the files have it
 * @param server   where it is made
 * @param provider Keycloak by that way, and the cluster
 */
record ClientRotation(Resource declared, NewClientSecret server, Provider provider, SortedSet<Address> holders)
        implements
            Rotation {

    private static final String UNTIL = "until whoever uses it has the new one and is started anew";

    @Override
    public Address source() {
        return declared.address();
    }

    @Override
    public Change.Update change(Survey.Found found) {
        Resource live = server.live()
                .orElseThrow(() -> Problem.refused(source() + " is not there", "",
                        "Apply: that makes it, with a secret.").asException());
        NewClientSecret.needsNone(live).ifPresent(none -> {
            throw none.asException();
        });
        Value becomes = new Value.Unknown(source(), NewClientSecret.FIELD);
        return Renewal.of(new Change.Update(live, declared, live, List.of(), Optional.empty()),
                new TreeMap<>(Map.of(Path.of(NewClientSecret.FIELD), becomes)));
    }

    @Override
    public List<Plan.Notice> notices() {
        Plan.Notice how = new Plan.Notice.About(source(), "Keycloak makes the new one");
        return switch (server.grace()) {
            case SecretGrace.None ignored -> List.of(how, warning("the old secret is void at once: logins with it fail "
                    + UNTIL));
            case SecretGrace.Lasting(Duration time) -> List.of(how, new Plan.Notice.General(
                    "Keycloak takes the old secret for another " + text(time) + " beside the new one, by a client"
                            + " policy: no login fails meanwhile."));
            case SecretGrace.Possible(Duration time) ->
                List.of(how, warning("a client policy lets old secrets live for "
                        + text(time) + "; it has not been at this client yet. If it does not apply, logins with the old"
                        + " secret fail " + UNTIL));
            case SecretGrace.NotKnown ignored -> List.of(how, warning("logins with the old secret fail " + UNTIL
                    + ", unless a client policy lets old ones live; this login may not look at those"));
        };
    }

    private Plan.Notice warning(String text) {
        return new Plan.Notice.Warning(Optional.of(source()), text);
    }

    private static String text(Duration time) {
        if (time.toDays() > 0) {
            return count(time.toDays(), "day");
        }
        if (time.toHours() > 0) {
            return count(time.toHours(), "hour");
        }
        return time.toMinutes() > 0 ? count(time.toMinutes(), "minute") : count(time.toSeconds(), "second");
    }

    private static String count(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }
}
