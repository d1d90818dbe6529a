package dev.realmform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Problem;
import dev.realmform.model.Problem.Kind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitCodeTest {

    @ParameterizedTest
    @CsvSource({"USAGE, 64", "INVALID, 1", "REFUSED, 1", "STALE, 1", "UNREACHABLE, 3", "LOGIN, 3", "FORBIDDEN, 1",
        "FAILED, 1", "INTERRUPTED, 130"})
    void eachKindOfProblemHasItsCode(Kind kind, int code) {
        assertThat(ExitCode.of(problems(kind)).number()).isEqualTo(code);
    }

    @Test
    void anOutageIsOneOnlyIfNothingElseWentWrong() {
        assertThat(ExitCode.of(problems(Kind.UNREACHABLE, Kind.LOGIN))).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(ExitCode.of(problems(Kind.UNREACHABLE, Kind.INVALID))).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void anInterruptOutweighsWhatItLeadTo() {
        assertThat(ExitCode.of(problems(Kind.FAILED, Kind.INTERRUPTED))).isEqualTo(ExitCode.INTERRUPTED);
    }

    @Test
    void noProblemIsDone() {
        assertThat(ExitCode.of(List.of()).number()).isZero();
    }

    private static List<Problem> problems(Kind... kinds) {
        return Stream.of(kinds).map(kind -> new Problem(kind, "what", "", "", Optional.empty())).toList();
    }
}
