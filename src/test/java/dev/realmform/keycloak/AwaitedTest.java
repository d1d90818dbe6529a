package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.json.Json;
import dev.realmform.model.Address;
import dev.realmform.model.Origin;
import dev.realmform.model.Plan;
import dev.realmform.model.Resource;
import dev.realmform.model.ServerIdentity;
import dev.realmform.model.Value;
import dev.realmform.provider.Expansion;
import dev.realmform.provider.LiveState;
import dev.realmform.provider.Provider;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AwaitedTest {

    private static final Address MEMBERS = Address.parse("group-members/r/A");

    private static Provider.Accepted accepted(String group) {
        Expansion expansion = new RealmDocument().expand((Value.MapOf) Json.parse("""
                {"realm": "r", "users": {"ada": {}}, "groups": {"A": %s}}""".formatted(group)), Origin.NONE);
        assertThat(expansion.problems()).isEmpty();
        SortedMap<Address, Resource> declared = new TreeMap<>();
        expansion.resources().forEach(resource -> declared.put(resource.address(), resource));
        Address lin = UserType.address("r", "lin");
        LiveState live = new LiveState(new TreeMap<>(Map.of(lin, new LiveState.LiveObject(
                Resource.live(lin, Value.EMPTY_MAP), Optional.empty(), false, Optional.empty()))),
                new ServerIdentity("", new TreeMap<>()), List.of());
        return Awaited.accepted(declared, live);
    }

    private static Value.MapOf members(Provider.Accepted accepted) {
        return Objects.requireNonNull(accepted.declared().get(MEMBERS)).value();
    }

    @Test
    void whoIsNeitherDeclaredNorLiveIsWaitedFor() {
        Provider.Accepted accepted = accepted(
                "{\"$members\": [\"ada\", \"Lin\", \"zoe\", \"bo\"], \"$membersMayWait\": true}");

        assertThat(members(accepted)).isEqualTo(Value.EMPTY_MAP.with("members", Value.texts(List.of("ada", "lin"))));
        assertThat(accepted.notices()).extracting(Plan.Notice::text)
                .containsExactly("declared, waits for the first login: bo, zoe");
    }

    @Test
    void soItIsWithMembersInPartAndWhoIsTakenOutNeedNotBeThere() {
        Provider.Accepted accepted = accepted(
                "{\"$members\": {\"$add\": [\"ada\", \"zoe\"], \"$remove\": [\"bo\"]}, \"$membersMayWait\": true}");

        assertThat(members(accepted).map("members").texts("$add")).containsExactly("ada");
        assertThat(members(accepted).map("members").texts("$remove")).containsExactly("bo");
        assertThat(accepted.notices()).hasSize(1);
    }

    @Test
    void aNameThatLooksMistypedIsNamedWithTheOneThatMayBeMeant() {
        assertThat(accepted("{\"$members\": [\"adda\"], \"$membersMayWait\": true}").notices())
                .extracting(Plan.Notice::text)
                .containsExactly("declared, waits for the first login: adda (or is that ada?)");
    }

    @Test
    void withoutTheWordNobodyIsWaitedFor() {
        Provider.Accepted accepted = accepted("{\"$members\": [\"ada\", \"zoe\"]}");

        assertThat(members(accepted).texts("members")).containsExactly("ada", "zoe");
        assertThat(accepted.notices()).isEmpty();
    }
}
