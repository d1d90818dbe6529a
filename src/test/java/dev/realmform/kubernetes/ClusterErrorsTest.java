package dev.realmform.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Problem;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterErrorsTest {

    /** The server takes a request without a login for one of anybody's, and refuses it with 403. */
    @ParameterizedTest
    @CsvSource({"403, system:anonymous, LOGIN", "401, ci, LOGIN", "403, ci, FORBIDDEN", "503, ci, UNREACHABLE"})
    void aLoginThatWasNotSentIsNoMissingRight(int code, String user, Problem.Kind kind) {
        String message = "forbidden: User \"" + user + "\" cannot get path \"/api/v1\"";
        KubernetesClientException refused = new KubernetesClientException(message, code,
                new StatusBuilder().withCode(code).withMessage(message).build());

        assertThat(ClusterErrors.of(refused, "cannot look", "Namespace/shop").problems()).singleElement()
                .extracting(Problem::kind)
                .isEqualTo(kind);
    }
}
