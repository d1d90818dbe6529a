package dev.realmform.osmo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.realmform.config.DesiredState;
import dev.realmform.model.Address;
import dev.realmform.model.Expectation;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Product;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What files expect of access, and the pools that the section osmo knows. */
class OsmoExpectationsTest {

    private static final String OSMO = """
            osmo:
              domain: osmo.example.com
              teams:
                group1: {pools: [gpu, shared]}
                ml: {pools: [shared], roles: [osmo-user, osmo-special]}
                idle: {pools: []}
            """;

    @TempDir
    Path folder;

    private DesiredState load(String text) {
        return new Drawn(folder).with("a.yaml", OSMO + text).load();
    }

    @Test
    void aPoolIsOpenToTheRolesOfItsTeamsAndToAdministrators() {
        Product osmo = Objects.requireNonNull(load("").products().get("osmo"));

        assertThat(osmo.things()).extracting(Product.Thing::name).containsExactly("gpu", "shared");
        assertThat(osmo.thing("shared").orElseThrow().ways()).extracting(way -> way.because() + " "
                + way.roles().first().name())
                .containsExactly("team group1 osmo-group1", "team ml osmo-special",
                        "administrators osmo-admin");
        assertThat(osmo.roles("osmo-group1")).containsExactly(
                Address.of("client-role", "osmo", "osmo-browser-flow", "osmo-group1"),
                Address.of("client-role", "osmo", "osmo-device", "osmo-group1"));
    }

    @Test
    void sentencesKnowWhereTheyStandAndAreNoPartOfTheRealm() {
        DesiredState state = load("""
                expect:
                  - ada can gpu
                  - nobody outside /Admin has osmo-admin
                """);

        assertThat(state.expected()).extracting(Expectation::text)
                .containsExactly("ada can gpu",
                        "nobody outside /Admin has osmo-admin");
        assertThat(state.expected().getLast().realm()).isEqualTo("osmo");
        assertThat(state.expected().getLast().source().toString()).endsWith("a.yaml:9");
        assertThat(state.resources().values()).noneMatch(resource -> resource.value().has("expect"));
    }

    @Test
    void aLaterFileAddsAndTakesBack() {
        DesiredState state = new Drawn(folder).with("a.yaml", OSMO + "expect: [ada can gpu, lin cannot gpu]\n")
                .with("b.yaml", "expect: {$add: [only ada has osmo-admin], $remove: [lin cannot gpu]}\n")
                .load();

        assertThat(state.expected()).extracting(Expectation::text)
                .containsExactly("ada can gpu",
                        "only ada has osmo-admin");
        assertThat(state.expected().getLast().source().file()).endsWith("b.yaml");
        assertThat(load("expect: {$add: [ada can gpu]}\n").expected()).hasSize(1);
    }

    @Test
    void aSentenceThatIsNoneIsAnErrorWithPlaceAndGrammar() {
        List<Problem> problems = catchThrowableOfType(ProblemException.class, () -> load("""
                expect:
                  - ada may use gpu
                  - nobody outside Admin has osmo-admin
                """)).problems();

        assertThat(problems).hasSize(2);
        assertThat(problems.getFirst().what()).isEqualTo("a member of expect cannot be the text \"ada may use gpu\"");
        assertThat(problems.getFirst().where()).contains("a.yaml:8:");
        assertThat(problems.getFirst().remedy()).contains("USER can THING", "nobody outside /GROUP",
                "everybody in /GROUP");
    }
}
