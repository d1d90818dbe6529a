package dev.realmform.kubernetes;

import dev.realmform.model.Problem;
import dev.realmform.model.Value;
import java.util.List;

/** What came of a request to the API server. */
public sealed interface ClusterAnswer {

    /** It was done; the object as the server has it now. */
    record Done(Value.MapOf object) implements ClusterAnswer {}

    /**
     * The server said no.
     *
     * @param status  the code of HTTP
     * @param message the server's own words
     * @param causes  its details
     */
    record Refused(int status, String message, List<Cause> causes) implements ClusterAnswer {
        public Refused {
            causes = List.copyOf(causes);
        }
    }

    /** There was no answer, or none that says anything: the server is away, overloaded, or does not take the login. */
    record Trouble(Problem problem) implements ClusterAnswer {}

    /** One detail of a refusal: {@code FieldManagerConflict}, {@code FieldValueInvalid}. */
    record Cause(String reason, String message, String field) {}
}
