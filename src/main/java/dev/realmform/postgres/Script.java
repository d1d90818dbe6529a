package dev.realmform.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One of the scripts that the Job runs with psql, statement by statement: those that end in a semicolon, and queries whose
 * answers are statements themselves ({@code \\gexec}).
 */
record Script(List<Step> steps) {

    private static final String FOLDER = "/dev/realmform/kubernetes/section/database/";
    private static final String ANSWERS = "\\gexec";
    private static final String BLOCK = "$$";

    /** @param answers whether what comes of it is to be carried out */
    record Step(String sql, boolean answers) {}

    /** The script of that name. */
    static Script of(String name) {
        try (InputStream stream = Objects.requireNonNull(Script.class.getResourceAsStream(FOLDER + name), name)) {
            return parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the scripts in the jar cannot be read", e);
        }
    }

    static Script parse(String text) {
        List<Step> steps = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        boolean inBlock = false;
        for (String line : text.lines().toList()) {
            if (statement.isEmpty() && (line.isBlank() || line.startsWith("--"))) {
                continue;
            }
            statement.append(line).append('\n');
            // A block begins and ends on lines of its own.
            inBlock ^= line.contains(BLOCK);
            String end = line.stripTrailing();
            if (!inBlock && (end.endsWith(";") || end.endsWith(ANSWERS))) {
                String sql = statement.toString().strip();
                boolean answers = sql.endsWith(ANSWERS);
                steps.add(new Step(sql.substring(0, sql.length() - (answers ? ANSWERS.length() : 1)).strip(), answers));
                statement.setLength(0);
            }
        }
        return new Script(steps);
    }

    void run(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // Names hold whatever they hold: nothing in them is an escape of JDBC's.
            statement.setEscapeProcessing(false);
            for (Step step : steps) {
                for (String sql : step.answers() ? answers(statement, step.sql()) : List.of(step.sql())) {
                    statement.execute(sql);
                }
            }
        }
    }

    private static List<String> answers(Statement statement, String query) throws SQLException {
        List<String> answers = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                answers.add(rows.getString(1));
            }
        }
        return answers;
    }
}
