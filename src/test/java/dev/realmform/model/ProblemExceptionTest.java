package dev.realmform.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProblemExceptionTest {

    @Test
    void whatFollowsWhenThingsAreLetGoOfIsToldOnce() {
        ProblemException refused = Problem.refused("refused", "", "").asException();
        refused.addSuppressed(Problem.failed("the lock was not freed", "", "Free it.").asException());
        refused.addSuppressed(Problem.refused("refused", "", "").asException());

        assertThat(refused.withWhatFollowed().problems()).extracting(Problem::what)
                .containsExactly("refused", "the lock was not freed");
        assertThat(refused.withWhatFollowed().withWhatFollowed().problems()).hasSize(2);
    }
}
