package dev.realmform.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Path;
import dev.realmform.model.Resource;
import dev.realmform.model.Secret;
import dev.realmform.model.Source;
import dev.realmform.model.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExamplesTest {

    private static DesiredState load(Map<String, String> vars, String... files) {
        Options options = new Options(vars, Map.of(), false, false, java.util.Set.of(), java.util.Set.of());
        Loader.Loaded loaded = Loader.load(LoadRequest.of(List.of(files), Map.of(), options), Folder.WHOLE);
        assertThat(loaded.problems()).isEmpty();
        return loaded.state();
    }

    private static Resource realm(DesiredState state) {
        assertThat(state.resources()).hasSize(1);
        return state.resources().firstEntry().getValue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"examples/quickstart.yaml", "examples/teams.yaml", "examples/osmo-minimal.yaml",
        "examples/layers/base.yaml"})
    void everyExampleLoads(String file) {
        assertThat(load(Map.of(), file).resources()).isNotEmpty();
    }

    @Test
    void layersOfTheExampleMerge() {
        Resource realm = realm(load(Map.of("domain", "example.com"), "examples/layers/base.yaml",
                "examples/layers/prod.yaml", "examples/layers/team-a.yaml"));

        assertThat(realm.value().text("displayName")).contains("Retail");
        assertThat(realm.value().has("ssoSessionIdleTimeout")).isFalse();
        assertThat(realm.value().get("accessTokenLifespan")).contains(Value.num(300));
        assertThat(realm.value().map("clients").map("portal").texts("redirectUris")).containsExactly(
                "https://portal.example.com/callback", "https://team-a.example.com/callback");
        assertThat(realm.origin().at(Path.of("displayName"))).extracting(Source::file)
                .isEqualTo("examples/layers/prod.yaml");
        assertThat(realm.origin().at(Path.of("clients", "portal"))).extracting(Source::file)
                .isEqualTo("examples/layers/base.yaml");
        assertThat(realm.origin().at(Path.of("clients", "portal", "redirectUris", "1")))
                .extracting(Source::file)
                .isEqualTo("examples/layers/team-a.yaml");
    }

    @Test
    void groupsByPathBecomeATree() {
        Value.MapOf groups = realm(load(Map.of(), "examples/teams.yaml")).value().map("groups");

        assertThat(groups.fields().keySet()).containsExactly("Contractors", "Finance");
        Value.MapOf release = groups.map("Finance").map("subGroups").map("Payroll").map("subGroups").map("Release");
        assertThat(release.map("subGroups").map("Second Pair of Eyes").texts("$members")).containsExactly("grace");
        assertThat(release.map("clientRoles").texts("payroll")).containsExactly("release");
    }

    @Test
    void aSecretThatIsNotThereIsAHole() {
        Resource realm = realm(load(Map.of(), "examples/quickstart.yaml"));

        Value credential = realm.value().map("users").map("ada").list("credentials").getFirst();
        assertThat(((Value.MapOf) credential).get("value")).contains(Secret.notGiven("$(secret:ada-password)"));
    }
}
