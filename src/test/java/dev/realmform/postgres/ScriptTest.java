package dev.realmform.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Job's scripts, taken apart as psql takes them. */
class ScriptTest {

    @Test
    void statementsEndInASemicolonOutsideOfBlocksOrAreQueriesForStatements() {
        Script script = Script.parse("""
                -- first
                SELECT 1;

                DO $$
                -- within
                BEGIN
                  PERFORM 2;
                END
                $$;
                SELECT 'CREATE X'
                WHERE true \\gexec
                """);

        assertThat(script.steps()).containsExactly(new Script.Step("SELECT 1", false),
                new Script.Step("DO $$\n-- within\nBEGIN\n  PERFORM 2;\nEND\n$$", false),
                new Script.Step("SELECT 'CREATE X'\nWHERE true", true));
    }

    @ParameterizedTest
    @CsvSource({"server.sql, 5, 2", "database.sql, 1, 0", "check.sql, 1, 0"})
    void eachScriptOfTheJobIsUnderstoodWhole(String name, int steps, int answers) {
        Script script = Script.of(name);

        assertThat(script.steps()).hasSize(steps);
        assertThat(script.steps().stream().filter(Script.Step::answers)).hasSize(answers);
        assertThat(script.steps()).allSatisfy(step -> assertThat(step.sql()).doesNotContain("\\g", ":'")
                .matches("(?s)(DO|SELECT) .*"));
    }
}
